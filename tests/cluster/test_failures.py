"""One thing fails at a time, during an ingest and under questions: nothing wrong, nothing lost.

Recovery is measured from the moment the thing is back, and printed: `pytest -s` shows it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from urllib.error import HTTPError

import pytest

from tests.cluster.network import SERVER, WITHIN, Network, running_network
from tests.cluster.test_together import QUESTION, edition, figures, require_true_quotes, taken_in
from tests.cluster.together import (
    Together,
    get,
    post,
    running_together,
    upload,
    wait_for_run,
    wait_until_ready,
)
from tests.integration.commands import Json
from tests.postgres_server import PostgresServer, running_postgres

pytestmark = pytest.mark.cluster

DOCUMENTS = 20
AWAY_S = 5.0


@dataclass
class Struck:
    """All that runs, and the network to its database."""

    together: Together
    postgres: PostgresServer
    network: Network
    figure: int = 4200


@dataclass
class Asking:
    """Questions one after the other, from all sides; what is wrong with an answer stays here."""

    url: str
    stop: Event = field(default_factory=Event)
    answered: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Asks until it is told to stop."""
        while not self.stop.is_set():
            try:
                answer = post(f"{self.url}/v1/ask", QUESTION)
            except OSError as error:
                if isinstance(error, HTTPError):
                    if error.code not in (500, 502, 503, 504):
                        self.wrong.append(f"status {error.code}")
                    if error.code == 500:
                        self.wrong.append(error.read().decode())
                    error.close()
                self.refused.append(time.monotonic())
                time.sleep(0.1)
                continue
            self._look(answer)

    def _look(self, answer: dict[str, Json]) -> None:
        if len(found := figures(answer)) != 1:
            self.wrong.append(f"{found}: {answer['answer']}")
        with suppress(OSError):
            require_true_quotes(self.url, answer)
        if answer["note"] is None:
            self.answered.append(time.monotonic())


@pytest.fixture(scope="module")
def struck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Struck]:
    with ExitStack() as running:
        network = running.enter_context(running_network())
        postgres = running.enter_context(
            running_postgres(listen=SERVER, within=WITHIN, room="400m")
        )
        folder = tmp_path_factory.mktemp("struck")
        together = running.enter_context(running_together(folder, given=postgres))
        taken_in(together.url, {"falcon.md": edition(4200)})
        yield Struck(together, postgres, network)


def survive(
    struck: Struck, name: str, strike: Callable[[], None], mend: Callable[[], None]
) -> None:
    """Strikes in the middle of an ingest, mends, and requires that all is as if nothing was."""
    together, second = struck.together, struck.together.processes[1]
    asking = Asking(together.url)
    struck.figure += 1
    files = {f"{name}-{n}.md": _report(name, n) for n in range(DOCUMENTS)}
    files["falcon.md"] = edition(struck.figure)
    thread = Thread(target=asking.run, daemon=True)
    thread.start()
    try:
        run_id = upload(together.processes[0].url, files)
        _wait_until_under_way(second.url, run_id)
        under_way = get(f"{second.url}/v1/ingest-runs/{run_id}")
        assert under_way["state"] == "running", "it ended before anything was struck"
        struck_at = time.monotonic()
        strike()
        time.sleep(AWAY_S)
        mend()
        back = time.monotonic()
        run = wait_for_run(second.url, run_id)
        done = time.monotonic() - back
        while not [at for at in asking.answered if at > back]:
            assert time.monotonic() - back < 120, "no whole answer comes any more"
            time.sleep(0.1)
    finally:
        asking.stop.set()
        thread.join(60)
    assert run["state"] == "done", run
    assert asking.wrong == []
    assert sum(title.startswith(f"{name} ") for title in _titles(together.url)) == DOCUMENTS
    assert figures(post(f"{together.url}/v1/ask", QUESTION)) == {str(struck.figure)}
    first = min(at for at in asking.answered if at > back) - back
    print(  # noqa: T201 - the figures that docs/scaling.md records
        f"\n{name}: away {back - struck_at:.1f} s; a whole answer {first:.1f} s after it was back, "
        f"the run done after {done:.1f} s; {len(asking.answered)} answers, "
        f"{len(asking.refused)} refused meanwhile"
    )


def _report(name: str, number: int) -> str:
    parts = [
        f"## Part {part}\n\n"
        + " ".join(
            f"Unit {number}-{part} of {name} trained {day * 7 + part} people on day {day}."
            for day in range(14)
        )
        for part in range(12)
    ]
    return "\n\n".join([f"# {name} {number}", *parts])


def _wait_until_under_way(url: str, run_id: str) -> None:
    until = time.monotonic() + 90
    while get(f"{url}/v1/ingest-runs/{run_id}")["state"] == "queued":
        assert time.monotonic() < until, "the run does not begin"
        time.sleep(0.05)
    time.sleep(1.0)


def _titles(url: str) -> list[str]:
    found: list[str] = []
    cursor = ""
    while True:
        page = get(f"{url}/v1/documents?limit=100{cursor}")
        items = page["items"]
        assert isinstance(items, list)
        found += [str(one["title"]) for one in items if isinstance(one, dict)]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


def test_an_api_process_is_killed(struck: Struck) -> None:
    first = struck.together.processes[0]
    survive(struck, "process", first.kill, first.start)
    wait_until_ready(first.url)


def test_chroma_is_killed(struck: Struck) -> None:
    chroma = struck.together.chroma
    survive(struck, "chroma", chroma.kill, lambda: void(chroma.start()))


def test_the_database_is_killed(struck: Struck) -> None:
    postgres = struck.postgres
    survive(struck, "database", lambda: postgres.stop(kill=True), lambda: void(postgres.start()))


def test_the_disk_of_the_database_is_full(struck: Struck) -> None:
    postgres = struck.postgres
    ballast = postgres.folder / "ballast"

    def fill() -> None:
        with suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(b"0" * 65536)

    def empty() -> None:
        ballast.unlink()
        if postgres.has_ended:
            # It stops where it cannot write its log; whoever supervises it starts it again.
            postgres.start()

    survive(struck, "disk", fill, empty)


def test_the_network_to_the_database_is_cut(struck: Struck) -> None:
    survive(struck, "network", struck.network.cut, struck.network.mend)


def void(_result: object) -> None:
    """Takes what nobody needs."""
