"""The server as a process: started, asked, and told to stop."""

import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.integration.commands import attache
from tests.integration.served import get, served
from tests.ports import kept_port

BRIEF = "# Finland\n\nFinland became the 31st member of NATO on 4 April 2023.\n"


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_server_answers_holds_its_directory_and_stops_when_told(
    tmp_path: Path, stop: signal.Signals
) -> None:
    source = tmp_path / "finland.md"
    source.write_text(BRIEF)
    home = tmp_path / "home"
    assert attache(home, "ingest", source).code == 0
    with served(home) as (server, url):
        assert get(f"{url}/readyz")["documents"] == 1
        with kept_port() as port:
            refused = attache(home, "serve", "--port", str(port))
        assert refused.code == 2
        assert f"attache serve at {url}" in refused.err
        server.send_signal(stop)
        output = server.communicate(timeout=90)[1]
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


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The data directory and the address of a server of one document, whose indexes were rebuilt.

    They have other folders since; the server that does not find them would not become ready.
    """
    home, source = (tmp_path_factory.mktemp(name) for name in ("home", "source"))
    (source / "a.md").write_text("An attaché advises the ambassador.", encoding="utf-8")
    assert attache(home, "ingest", source / "a.md").code == 0
    assert attache(home, "reindex").code == 0
    with served(home) as (_, url):
        yield home, url


@pytest.mark.parametrize(
    ("part", "advice"),
    [
        ("vectors-*", "start it again: that makes the index anew"),
        ("postings-*", "start it again: that makes the index anew"),
        ("ledger.db", "restore a backup"),
    ],
)
def test_a_server_is_not_ready_without_its_files_and_is_again_with_them(
    running: tuple[Path, str], part: str, advice: str
) -> None:
    home, url = running
    (place,) = home.glob(part)
    place.rename(home / "away")
    said = _until(f"{url}/readyz", 503)
    assert place.name in said
    assert advice in said
    (home / "away").rename(place)
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
    for _ in range(300):
        reply = httpx2.get(url)
        if reply.status_code == status:
            return reply.text.lower()
        said = reply.text
        time.sleep(0.2)
    pytest.fail(f"never {status}: {said}")
