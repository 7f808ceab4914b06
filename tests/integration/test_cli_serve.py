"""The server as a process: started, asked, and told to stop."""

import json
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.integration.commands import ATTACHE, attache, environment
from tests.integration.served import served

BRIEF = "# Finland\n\nFinland became the 31st member of NATO on 4 April 2023.\n"


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_server_answers_holds_its_directory_and_stops_when_told(
    tmp_path: Path, stop: signal.Signals
) -> None:
    source = tmp_path / "finland.md"
    source.write_text(BRIEF)
    home = tmp_path / "home"
    assert attache(home, "ingest", source).code == 0
    with _served(home) as (server, url):
        assert _get(f"{url}/readyz")["documents"] == 1
        refused = attache(home, "ask", "When did Finland become a member?")
        assert refused.code == 2
        assert f"attache serve at {url}" in refused.err
        server.send_signal(stop)
        output = server.communicate(timeout=30)[1]
    assert server.returncode == 0
    assert f"window   {url}/" in output
    assert "Traceback" not in output
    assert not (home / "lock.json").exists()


def test_a_taken_port_is_refused_before_anything_is_opened(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = attache(tmp_path / "home", "serve", "--port", str(port))
    assert ended.code == 2
    assert f"Port {port} of 127.0.0.1 is taken" in ended.err
    assert not (tmp_path / "home" / "ledger.db").exists()


@contextmanager
def _served(home: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [ATTACHE, "serve", "--port", str(port)],
        env=environment(home, ATTACHE_STARTER="false"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        _wait_for(f"{url}/readyz", server)
        yield server, url
    finally:
        server.kill()
        server.communicate()


def _wait_for(url: str, server: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            _get(url)
        except urllib.error.URLError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server did not come up")


def _get(url: str) -> dict[str, str | int]:
    with urllib.request.urlopen(url, timeout=10) as reply:
        body: dict[str, str | int] = json.loads(reply.read())
    return body


@pytest.mark.parametrize("part", ["vectors", "postings", "ledger.db"])
def test_a_server_is_not_ready_without_its_files_and_is_again_with_them(
    tmp_path: Path, part: str
) -> None:
    home = tmp_path / "home"
    (tmp_path / "a.md").write_text("An attaché advises the ambassador.", encoding="utf-8")
    assert attache(home, "ingest", tmp_path / "a.md").code == 0
    with served(home) as (_, url):
        (home / part).rename(home / "away")
        assert part in _until(f"{url}/readyz", 503)
        (home / "away").rename(home / part)
        _until(f"{url}/readyz", 200)


def test_a_server_whose_ledger_was_written_over_is_not_ready(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "a.md").write_text("An attaché advises the ambassador.", encoding="utf-8")
    assert attache(home, "ingest", tmp_path / "a.md").code == 0
    with served(home) as (_, url):
        with (home / "ledger.db").open("r+b") as file:
            file.write(b"x" * 50_000)
        assert "ledger" in _until(f"{url}/readyz", 503)


def test_what_a_server_writes_is_seen_by_other_commands_after_its_readiness_was_tried(
    tmp_path: Path,
) -> None:
    """The locks on the ledger must outlast a look at it, or another process ends its log."""
    home = tmp_path / "home"
    (tmp_path / "a.md").write_text("An attaché advises the ambassador.", encoding="utf-8")
    assert attache(home, "ingest", tmp_path / "a.md").code == 0
    with served(home) as (_, url):
        _until(f"{url}/readyz", 200)
        assert attache(home, "keys", "list").code == 0
        httpx2.post(f"{url}/v1/ask", json={"question": "Whom does it advise?"}).raise_for_status()
        exported = attache(home, "audit", "export")
    assert "Whom does it advise?" in exported.out


def _until(url: str, status: int) -> str:
    """What is said with this status; readiness is looked at every few seconds."""
    said = ""
    for _ in range(100):
        reply = httpx2.get(url)
        if reply.status_code == status:
            return reply.text.lower()
        said = reply.text
        time.sleep(0.2)
    pytest.fail(f"never {status}: {said}")
