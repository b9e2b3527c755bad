"""Kernels as the driver speaks to them: ipykernel's over ZeroMQ, or a plain interpreter over a socket."""

import json
import os
import socket
import time

READY_WITHIN = 60


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
