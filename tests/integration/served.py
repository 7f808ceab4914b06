"""A server in a process of its own, and commands that are told to stop."""

import json
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.integration.commands import ATTACHE, Json, environment
from tests.ports import kept_port


@contextmanager
def served(home: Path, **settings: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A server on the data directory and its address; killed at the end if it still runs."""
    with kept_port() as port:
        url = f"http://127.0.0.1:{port}"
        told = {"ATTACHE_STARTER": "false", **settings}
        server = begun(home, "serve", "--port", str(port), **told)
        try:
            _wait_for(f"{url}/readyz", server)
            yield server, url
        finally:
            server.kill()
            server.communicate()


def begun(home: Path, *arguments: str | Path, **settings: str) -> "subprocess.Popen[str]":
    """A command that has begun; it hears Ctrl-C, as one at a terminal does."""
    return subprocess.Popen(
        [ATTACHE, *arguments],
        env=environment(home, **settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        # Whoever runs the tests may have Ctrl-C switched off for what runs in the background.
        preexec_fn=_hear_ctrl_c,  # noqa: PLW1509  # it calls nothing that takes a lock
    )


def _hear_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def get(url: str) -> dict[str, Json]:
    """The object at an address."""
    with urllib.request.urlopen(url, timeout=30) as reply:
        body: dict[str, Json] = json.loads(reply.read())
    return body


def _wait_for(url: str, server: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and server.poll() is None:
        try:
            get(url)
        except urllib.error.URLError:
            time.sleep(0.2)
        else:
            return
    server.kill()
    pytest.fail(f"the server did not come up: {server.communicate()[1]}")
