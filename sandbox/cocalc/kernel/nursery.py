"""Forks kernels from a process that has everything imported already, so that one is up in a moment."""

import importlib.util
import json
import os
import signal
import socket
import sys

from plain import Interpreter

HAS_IPYKERNEL = importlib.util.find_spec("ipykernel") is not None


def nursery(line):
    """Forks a kernel for every line; each becomes the leader of a process group of its own."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Read as ipykernel is imported: its kernels then look after themselves, and end when they have lost their parent.
    os.environ["JPY_PARENT_PID"] = str(os.getpid())
    if HAS_IPYKERNEL:
        import ipykernel.ipkernel  # noqa: F401
        import ipykernel.kernelapp  # noqa: F401
    # A cell finds modules where it runs, not where this file is.
    sys.path[0] = ""
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
    server = socket.socket(socket.AF_UNIX)
    server.bind(wish["socket"])
    server.listen(1)
    server.settimeout(60)
    connection, _ = server.accept()
    connection.settimeout(None)
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
