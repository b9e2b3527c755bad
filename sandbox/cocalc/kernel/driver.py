"""Starts kernels for the sandbox's projects and runs cells in them.

Reads one JSON object a line on stdin and answers each, by its id, on stdout. Where this Python has ipykernel the kernels are
ipykernel's; else a plain interpreter is used. All of them end when stdin does.
"""

import contextlib
import json
import os
import queue
import signal
import socket
import sys
import threading

from kernels import Closed, PlainKernel, ZmqKernel
from nursery import HAS_IPYKERNEL, nursery


class Driver:
    def __init__(self, line):
        self.nursery = line.makefile("rw")
        self.forking = threading.Lock()
        self.answering = threading.Lock()
        self.work = {}
        self.forked = set()

    def answer(self, **fields):
        with self.answering:
            sys.stdout.write(json.dumps(fields) + "\n")
            sys.stdout.flush()

    def fork(self, wish):
        with self.forking:
            self.nursery.write(json.dumps(wish) + "\n")
            self.nursery.flush()
            pid = json.loads(self.nursery.readline())["pid"]
            self.forked.add(pid)
            return pid

    def live(self, asked):
        """One kernel's life, in a thread of its own."""
        kernel = None
        try:
            kernel = ZmqKernel(asked) if HAS_IPYKERNEL else PlainKernel(asked)
            pid = self.fork(asked)
            work = self.work[pid] = queue.Queue()
            self.answer(id=asked["id"], pid=pid, started=True)
            kernel.connect(pid)
            self.answer(id=asked["id"], pid=pid)
        except Exception as error:
            self.answer(id=asked["id"], error="closed" if isinstance(error, Closed) else str(error) or repr(error))
            return
        while True:
            task = work.get()
            if task is None:
                break
            try:
                self.answer(id=task["id"], outputs=kernel.execute(task["code"], task["limit"]))
            except Closed:
                self.answer(id=task["id"], error="closed")
        kernel.close()

    def run(self):
        self.answer(ipykernel=HAS_IPYKERNEL, version=".".join(map(str, sys.version_info[:3])))
        for text in sys.stdin:
            asked = json.loads(text)
            if asked["op"] == "start":
                threading.Thread(target=self.live, args=(asked,), daemon=True).start()
            elif asked["op"] == "forget":
                # From here on it is unknown: later requests get an error at once.
                self.forked.discard(asked["pid"])
                work = self.work.pop(asked["pid"], None)
                if work:
                    work.put(None)
            elif asked["pid"] in self.work:
                self.work[asked["pid"]].put(asked)
            else:
                self.answer(id=asked["id"], error="closed")
        self.end()

    def end(self):
        """Ends all kernels: one that was forked just now is not listed elsewhere yet. The lock is kept, so that no other follows."""
        self.forking.acquire()
        for pid in self.forked:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


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
