"""The `attache` command in a process of its own that need not import it first.

Importing takes from half a second of the processor to three, which is more than most runs take.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from typing import IO

_CHECKOUT = Path(__file__).parents[1]
_LOADS_S = 120
_ANSWER_BYTES = 64


class Preloaded:
    """A command that was begun; it is used like a `subprocess.Popen` with text."""

    def __init__(self, telling: socket.socket) -> None:
        self._telling = telling
        self.stdout: IO[str] | None = None
        self.stderr: IO[str] | None = None
        self.returncode: int | None = None
        self.pid = int(telling.recv(_ANSWER_BYTES))

    def poll(self) -> int | None:
        """How it ended, or None while it runs."""
        return self._heard(0)

    def wait(self, timeout: float | None = None) -> int:
        """How it ended, once it has.

        Raises:
            subprocess.TimeoutExpired: it runs on after so many seconds.
        """
        code = self._heard(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("attache", timeout or 0)
        return code

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """What it still writes to its standard output and error, once it has ended.

        Raises:
            subprocess.TimeoutExpired: it runs on after so many seconds.
        """
        with ThreadPoolExecutor(2) as readers:
            said = [readers.submit(_rest, stream) for stream in (self.stdout, self.stderr)]
            try:
                self.wait(timeout)
            except subprocess.TimeoutExpired:
                self.kill()  # or the readers would wait for it
                raise
        return said[0].result(), said[1].result()

    def send_signal(self, number: int) -> None:
        """Sends a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Tells it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it."""
        self.send_signal(signal.SIGKILL)

    def _heard(self, seconds: float | None) -> int | None:
        if self.returncode is None and select([self._telling], (), (), seconds)[0]:
            with self._telling:
                self.returncode = int(self._telling.recv(_ANSWER_BYTES))
        return self.returncode


def _rest(stream: IO[str] | None) -> str:
    if stream is None or stream.closed:
        return ""
    with stream:
        return stream.read()


def begin(
    arguments: list[str], environment: Mapping[str, str], streams: tuple[int, int, int]
) -> Preloaded:
    """Runs `attache` with these arguments and surroundings, on these standard streams."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    run = {"arguments": arguments, "environment": dict(environment), "folder": str(Path.cwd())}
    with theirs:
        handles = [*streams, theirs.fileno()]
        socket.send_fds(_preloader(), [json.dumps(run).encode()], handles)
        return Preloaded(ours)


@cache
def _preloader() -> socket.socket:
    """The line to a process that has the command imported; it ends with this one."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    home = TemporaryDirectory(prefix="attache-preloaded-")
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.preloader", str(theirs.fileno())],
            # The two last have libraries start no thread when they are imported.
            env={
                "HOME": home.name,
                "PATH": "/usr/bin:/bin",
                "LC_ALL": "C.UTF-8",
                "OPENBLAS_NUM_THREADS": "1",
                "JE_ARROW_MALLOC_CONF": "background_thread:false",
            },
            cwd=_CHECKOUT,
            pass_fds=[theirs.fileno()],
        )
    atexit.register(_end, process, ours, home)
    ours.settimeout(_LOADS_S)
    assert ours.recv(_ANSWER_BYTES) == b"ready"
    ours.settimeout(None)
    return ours


def _end(
    process: "subprocess.Popen[bytes]", line: socket.socket, home: "TemporaryDirectory[str]"
) -> None:
    line.close()
    process.wait()
    home.cleanup()
