"""Starts kernels for the sandbox's projects and runs cells in them.

Reads one JSON object a line on stdin and answers each, by its id, on stdout. Where this Python has ipykernel the kernels are
ipykernel's, spoken to over ZeroMQ; else a plain interpreter stands in. Kernels are forked from a process that has everything
imported already, so that one is up in a moment. All of them end when stdin does.
"""

import importlib.util
import json
import os
import queue
import signal
import socket
import sys
import threading
import time

HAS_IPYKERNEL = importlib.util.find_spec("ipykernel") is not None
READY_WITHIN = 60


def nursery(line):
    """Forks a kernel for every line; each becomes the leader of a process group of its own."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if HAS_IPYKERNEL:
        import ipykernel.ipkernel  # noqa: F401
        import ipykernel.kernelapp  # noqa: F401
    stream = line.makefile("rw")
    for text in stream:
        wish = json.loads(text)
        pid = os.fork()
        if pid == 0:
            become(wish, line)
        stream.write(json.dumps({"pid": pid}) + "\n")
        stream.flush()
    os._exit(0)


def become(wish, line):
    code = 1
    try:
        line.close()
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.environ.clear()
        os.environ.update(wish["env"])
        os.chdir(wish["cwd"])
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nothing, number)
        serve_ipykernel(wish) if HAS_IPYKERNEL else serve_plain(wish)
        code = 0
    finally:
        os._exit(code)


def serve_ipykernel(wish):
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.initialize(["-f", wish["file"], "--HistoryManager.enabled=False"])
    app.start()


def serve_plain(wish):
    from plain import Interpreter

    server = socket.socket(socket.AF_UNIX)
    server.bind(wish["socket"])
    server.listen(1)
    connection, _ = server.accept()
    stream = connection.makefile("rw")
    interpreter = Interpreter()
    while True:
        try:
            text = stream.readline()
            if not text:
                return
            stream.write(json.dumps(interpreter.run(json.loads(text)["code"])) + "\n")
            stream.flush()
        except KeyboardInterrupt:
            continue


def is_alive(pid):
    try:
        os.kill(pid, 0)
        return True
    except ProcessLookupError:
        return False


class Closed(Exception):
    pass


class Outputs:
    """What a cell gives, in order: streams merged, the whole cut off at a number of characters."""

    def __init__(self, limit):
        self.items = []
        self.left = limit
        self.limit = limit

    def add(self, item):
        if self.left < 0:
            return
        self.left -= len(json.dumps(item))
        if self.left < 0:
            text = f"Output truncated since it exceeded the cell output limit of {self.limit} characters"
            self.items.append({"name": "stdout", "output_type": "stream", "text": [text]})
            return
        last = self.items[-1] if self.items else None
        if last and "name" in last and last["name"] == item.get("name"):
            last["text"] += item["text"]
        else:
            self.items.append(item)


class ZmqKernel:
    def __init__(self, wish):
        from jupyter_client.session import Session

        self.wish = wish
        self.key = os.urandom(16).hex()
        self.session = Session(key=self.key.encode())
        connection = {name: number for number, name in enumerate(("shell", "iopub", "stdin", "control", "hb"), 1)}
        self.ports = connection
        content = {f"{name}_port": number for name, number in connection.items()}
        content.update(
            transport="ipc", ip=wish["socket"], key=self.key, signature_scheme="hmac-sha256", kernel_name="python3"
        )
        os.makedirs(os.path.dirname(wish["file"]), exist_ok=True)
        with open(os.open(wish["file"], os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
            json.dump(content, file, indent=2)

    def connect(self, pid):
        import zmq

        self.pid = pid
        context = zmq.Context.instance()
        self.shell = context.socket(zmq.DEALER)
        self.iopub = context.socket(zmq.SUB)
        self.iopub.subscribe(b"")
        for name in ("shell", "iopub"):
            channel = getattr(self, name)
            channel.linger = 0
            channel.connect(f"ipc://{self.wish['socket']}-{self.ports[name]}")
        deadline = time.monotonic() + READY_WITHIN
        while True:
            self.session.send(self.shell, "kernel_info_request", {})
            if self.iopub.poll(100):
                break
            self.expect_alive()
            if time.monotonic() > deadline:
                raise TimeoutError("timeout")
        while self.iopub.poll(5):
            self.iopub.recv_multipart()

    def expect_alive(self):
        if not is_alive(self.pid):
            raise Closed

    def receive(self):
        while not self.iopub.poll(200):
            self.expect_alive()
        return self.session.recv(self.iopub, mode=0)[1]

    def execute(self, code, limit):
        request = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
        request.update(allow_stdin=False, stop_on_error=False)
        sent = self.session.send(self.shell, "execute_request", request)["header"]["msg_id"]
        outputs = Outputs(limit)
        while True:
            message = self.receive()
            if message["parent_header"].get("msg_id") != sent:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "status" and content["execution_state"] == "idle":
                return outputs.items
            if kind == "stream":
                outputs.add({"name": content["name"], "text": content["text"]})
            elif kind in ("execute_result", "display_data"):
                outputs.add({"data": content["data"]})
            elif kind == "error":
                outputs.add({name: content[name] for name in ("ename", "evalue", "traceback")})
            elif kind == "clear_output":
                outputs.items.clear()

    def close(self):
        self.shell.close()
        self.iopub.close()


class PlainKernel:
    def __init__(self, wish):
        self.wish = wish
        os.makedirs(os.path.dirname(wish["file"]), exist_ok=True)
        with open(wish["file"], "w") as file:
            json.dump({"transport": "ipc", "ip": wish["socket"], "kernel_name": "python3"}, file)

    def connect(self, pid):
        self.pid = pid
        deadline = time.monotonic() + READY_WITHIN
        while True:
            line = socket.socket(socket.AF_UNIX)
            try:
                line.connect(self.wish["socket"])
                break
            except OSError:
                line.close()
                if not is_alive(pid):
                    raise Closed from None
                if time.monotonic() > deadline:
                    raise TimeoutError("timeout") from None
                time.sleep(0.01)
        self.stream = line.makefile("rw")

    def execute(self, code, limit):
        try:
            self.stream.write(json.dumps({"code": code}) + "\n")
            self.stream.flush()
            text = self.stream.readline()
        except OSError:
            text = ""
        if not text:
            raise Closed
        outputs = Outputs(limit)
        for item in json.loads(text):
            outputs.add(item)
        return outputs.items

    def close(self):
        self.stream.close()


class Driver:
    def __init__(self, line):
        self.nursery = line.makefile("rw")
        self.forking = threading.Lock()
        self.answering = threading.Lock()
        self.work = {}

    def answer(self, **fields):
        with self.answering:
            sys.stdout.write(json.dumps(fields) + "\n")
            sys.stdout.flush()

    def fork(self, wish):
        with self.forking:
            self.nursery.write(json.dumps(wish) + "\n")
            self.nursery.flush()
            return json.loads(self.nursery.readline())["pid"]

    def live(self, asked):
        """One kernel's life, in a thread of its own."""
        kernel = None
        try:
            kernel = ZmqKernel(asked) if HAS_IPYKERNEL else PlainKernel(asked)
            pid = self.fork(asked)
            self.work[pid] = queue.Queue()
            self.answer(id=asked["id"], pid=pid, started=True)
            kernel.connect(pid)
            self.answer(id=asked["id"], pid=pid)
        except Exception as error:
            self.answer(id=asked["id"], error="closed" if isinstance(error, Closed) else str(error) or repr(error))
            return
        while True:
            task = self.work[pid].get()
            if task is None:
                break
            try:
                self.answer(id=task["id"], outputs=kernel.execute(task["code"], task["limit"]))
            except Closed:
                self.answer(id=task["id"], error="closed")
        kernel.close()

    def run(self):
        self.answer(ipykernel=HAS_IPYKERNEL)
        for text in sys.stdin:
            asked = json.loads(text)
            if asked["op"] == "start":
                threading.Thread(target=self.live, args=(asked,), daemon=True).start()
            elif asked["op"] == "forget":
                work = self.work.get(asked["pid"])
                if work:
                    work.put(None)
            elif asked["pid"] in self.work:
                self.work[asked["pid"]].put(asked)
            else:
                self.answer(id=asked["id"], error="closed")


def main():
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        ours.close()
        nursery(theirs)
    theirs.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Driver(ours).run()
    os._exit(0)


main()
