"""A real S3-compatible server for the tests, on loopback: moto's, in a process of its own."""

import json
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Self

_MOTO = Path(sys.executable).with_name("moto_server")
_PATIENCE_S = 60.0
BUCKET = "attache"


class S3Server:
    """One server with one bucket. What it keeps is gone when it ends."""

    def __init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def options(self) -> str:
        """What `ATTACHE_FILES_OPTIONS` says of it."""
        return json.dumps({"endpoint_url": self.url, "key": "testing", "secret": "testing"})

    def start(self) -> Self:
        """Starts it and waits until it has its bucket."""
        self._process = subprocess.Popen(
            [_MOTO, "-H", "127.0.0.1", "-p", str(self._port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = monotonic() + _PATIENCE_S
        while not self._has_bucket():
            assert monotonic() < until, "the S3 server does not start"
            sleep(0.1)
        return self

    def kill(self) -> None:
        """Ends it as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _has_bucket(self) -> bool:
        request = urllib.request.Request(f"{self.url}/{BUCKET}", method="PUT")
        try:
            urllib.request.urlopen(request, timeout=5).close()
        except OSError as error:
            if isinstance(error, urllib.error.HTTPError):
                error.close()
            return False
        return True


@contextmanager
def running_s3() -> Iterator[S3Server]:
    """A server that runs while inside."""
    server = S3Server()
    try:
        yield server.start()
    finally:
        server.kill()
