"""A real Chroma server for the tests, on loopback."""

import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Self

_CHROMA = Path(sys.executable).with_name("chroma")
_PATIENCE_S = 90.0


class ChromaProcess:
    """One server, which can be killed and brought back at its address."""

    def __init__(self, folder: Path, listen: str, within: Sequence[str]) -> None:
        self._folder = folder
        self._listen = listen
        self._within = within
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.url = f"http://{listen}:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Starts it and waits until it listens."""
        where = ["--path", str(self._folder), "--host", self._listen, "--port", str(self._port)]
        self._process = subprocess.Popen(
            [*self._within, _CHROMA, "run", *where],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = monotonic() + _PATIENCE_S
        while not self._listens():
            assert monotonic() < until, "Chroma does not start"
            assert self._process.poll() is None, "Chroma ended at once"
            sleep(0.1)
        return self

    def kill(self) -> None:
        """Ends it as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @property
    def pid(self) -> int:
        """The number of the running process."""
        assert self._process is not None
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Whether it gave up by itself."""
        return self._process is None or self._process.poll() is not None

    def _listens(self) -> bool:
        try:
            socket.create_connection((self._listen, self._port), 1).close()
        except OSError:
            return False
        return True


@contextmanager
def running_chroma(
    folder: Path, listen: str = "127.0.0.1", within: Sequence[str] = ()
) -> Iterator[ChromaProcess]:
    """A server that runs while inside; it may listen inside another network."""
    server = ChromaProcess(folder, listen, within)
    try:
        yield server.start()
    finally:
        server.kill()
