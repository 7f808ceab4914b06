"""A server in a process of its own, and commands that are told to stop."""

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.integration.commands import Json, environment
from tests.ports import kept_port
from tests.preloaded import Preloaded, begin


@contextmanager
def served(home: Path, **settings: str) -> Iterator[tuple[Preloaded, str]]:
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


def begun(home: Path, *arguments: str | Path, **settings: str) -> Preloaded:
    """A command that has begun; it hears Ctrl-C, as one at a terminal does."""
    out, out_end = os.pipe()
    err, err_end = os.pipe()
    with Path(os.devnull).open() as nothing:
        streams = (nothing.fileno(), out_end, err_end)
        command = begin([*map(str, arguments)], environment(home, **settings), streams)
    os.close(out_end)
    os.close(err_end)
    command.stdout, command.stderr = (
        os.fdopen(out, encoding="utf-8"),
        os.fdopen(err, encoding="utf-8"),
    )
    return command


def get(url: str) -> dict[str, Json]:
    """The object at an address."""
    with urllib.request.urlopen(url, timeout=30) as reply:
        body: dict[str, Json] = json.loads(reply.read())
    return body


def _wait_for(url: str, server: Preloaded) -> None:
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
