"""A server that ends while files sent to it are being taken in: the next one takes in the rest."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import httpx2
import pytest

import cli
from assistant.models.encoder import LocalEncoder
from tests.editions import Paper, text_of
from tests.integration.commands import environment
from tests.killing import outliving
from tests.ports import kept_port
from tests.wholeness import Stood, faults, unlike

_MAIN = "from cli.app import main; main()"
FILES = 150


@contextmanager
def served(home: Path) -> Iterator[tuple["subprocess.Popen[bytes]", httpx2.Client]]:
    with kept_port() as port, (home.parent / "server.log").open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", _MAIN, "serve", "--port", str(port)],
            env=environment(home, ATTACHE_STARTER="false"),
            cwd=Path(cli.__file__).parent.parent,
            stdout=log,
            stderr=log,
        )
        try:
            with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
                _wait_for(client)
                yield server, client
        finally:
            server.kill()
            server.wait(30)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_what_was_sent_to_a_server_that_ends_is_taken_in_by_the_next(
    tmp_path: Path, encoder: LocalEncoder, end: signal.Signals
) -> None:
    home = tmp_path / "home"
    papers = {f"paper {n}.txt": Paper(n, 1, 5) for n in range(FILES)}
    new = {(f"upload:{name.replace(' ', '%20')}", one.marks()) for name, one in papers.items()}
    nothing = Stood(datetime.now(UTC), frozenset(), frozenset())
    with served(home) as (server, client):
        run_id = _send(client, papers)
        _wait_until_running(client, run_id)
        time.sleep(Random(end).uniform(0, 0.4))
        state = client.get(f"/v1/ingest-runs/{run_id}").json()["state"]
        assert state == "running", "the run ended before the server did"
        orphans = outliving(server.pid)
        server.send_signal(end)
        assert server.wait(60) == (0 if end == signal.SIGTERM else -end)
        assert orphans() == []
    assert faults(home, encoder.name, nothing, new) == []
    with served(home) as (_, client):
        run = _ended(client, run_id)
        assert run["state"] == "done", run
        assert client.get("/readyz").json()["documents"] == FILES
        _wait_until_empty(home / "uploads")
    assert unlike(home, encoder.name, new) == []


def _send(client: httpx2.Client, papers: dict[str, Paper]) -> str:
    files = [("files", (name, text_of(paper, ".txt").encode())) for name, paper in papers.items()]
    answer = client.post("/v1/documents", params={"wait": "false"}, files=files)
    assert answer.status_code == 202, answer.text
    run_id: str = answer.json()["run_id"]
    return run_id


def _wait_until_running(client: httpx2.Client, run_id: str) -> None:
    deadline = time.monotonic() + 60
    while client.get(f"/v1/ingest-runs/{run_id}").json()["state"] == "queued":
        assert time.monotonic() < deadline, "the run does not begin"
        time.sleep(0.01)


def _ended(client: httpx2.Client, run_id: str) -> dict[str, object]:
    deadline = time.monotonic() + 120
    while True:
        run: dict[str, object] = client.get(f"/v1/ingest-runs/{run_id}").json()
        if run["finished_at"] is not None:
            return run
        assert time.monotonic() < deadline, run
        time.sleep(0.2)


def _wait_until_empty(folder: Path) -> None:
    deadline = time.monotonic() + 60
    while list(folder.iterdir()):
        assert time.monotonic() < deadline, "what was sent is kept although it was taken in"
        time.sleep(0.1)


def _wait_for(client: httpx2.Client) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        try:
            client.get("/readyz").raise_for_status()
        except httpx2.HTTPError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server did not come up")
