"""One thing fails at a time, during an ingest and under questions: nothing wrong, nothing lost.

Recovery is measured from the moment the thing is back, and printed: `pytest -s` shows it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from urllib.error import HTTPError

import pytest

from tests.chroma_process import running_chroma
from tests.cluster.network import Network, running_network
from tests.cluster.test_together import QUESTION, edition, figures, require_true_quotes, taken_in
from tests.cluster.together import (
    Together,
    get,
    post,
    running_together,
    titles,
    upload,
    wait_for_run,
    wait_until_ready,
)
from tests.disks import disk, empty, fill
from tests.integration.commands import Json
from tests.integration.served import begun
from tests.postgres_server import PostgresServer, running_postgres
from tests.ray_cluster import running_ray

pytestmark = pytest.mark.cluster

DOCUMENTS = 20
AWAY_S = 5.0


@dataclass
class Struck:
    """All that runs, and the networks to its servers."""

    together: Together
    postgres: PostgresServer
    to_postgres: Network
    to_chroma: Network
    folder: Path
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
        folder: Path = tmp_path_factory.mktemp("struck")
        first, second = (running.enter_context(running_network(number)) for number in (8, 9))
        postgres = running.enter_context(
            running_postgres(listen=first.server, within=first.within, room="400m")
        )
        for name in ("chroma", "originals", "home-0", "home-1"):
            running.enter_context(disk(folder / name, "200m"))
        chroma = running.enter_context(
            running_chroma(folder / "chroma", second.server, second.within)
        )
        together = running.enter_context(running_together(folder, given=postgres, vectors=chroma))
        taken_in(together.url, {"falcon.md": edition(4200)})
        yield Struck(together, postgres, first, second, folder)


def sent(struck: Struck, files: dict[str, str]) -> str:
    """An ingest by upload, with a new edition of what is asked for; the name of its run."""
    struck.figure += 1
    files = {**files, "falcon.md": edition(struck.figure)}
    return upload(struck.together.processes[0].url, files)


def survive(
    struck: Struck,
    name: str,
    strike: Callable[[], None],
    mend: Callable[[], None],
    begin: Callable[[Struck, dict[str, str]], str] = sent,
    documents: int = DOCUMENTS,
    done: int = 1,
) -> None:
    """Strikes in the middle of an ingest, mends, and requires that all is as if nothing was."""
    together, second = struck.together, struck.together.processes[1]
    asking = Asking(together.url)
    files = {f"{name}-{n}.md": _report(name, n) for n in range(documents)}
    thread = Thread(target=asking.run, daemon=True)
    thread.start()
    try:
        run_id = begin(struck, files)
        _wait_until_under_way(second.url, run_id, done)
        under_way = get(f"{second.url}/v1/ingest-runs/{run_id}")
        assert under_way["state"] == "running", "it ended before anything was struck"
        struck_at = time.monotonic()
        strike()
        time.sleep(AWAY_S)
        mend()
        back = time.monotonic()
        run = wait_for_run(second.url, run_id)
        ended = time.monotonic() - back
        while not [at for at in asking.answered if at > back]:
            assert time.monotonic() - back < 120, "no whole answer comes any more"
            time.sleep(0.1)
    finally:
        asking.stop.set()
        thread.join(60)
    assert run["state"] == "done", (run["error"], run["report"])
    assert asking.wrong == []
    assert sum(title.startswith(f"{name} ") for title in titles(together.url)) == documents
    assert figures(post(f"{together.url}/v1/ask", QUESTION)) == {str(struck.figure)}
    first = min(at for at in asking.answered if at > back) - back
    print(  # noqa: T201 - the figures that docs/scaling.md records
        f"\n{name}: away {back - struck_at:.1f} s; a whole answer {first:.1f} s after it was back, "
        f"the run done after {ended:.1f} s; {len(asking.answered)} answers, "
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


def _wait_until_under_way(url: str, run_id: str, done: int) -> None:
    until = time.monotonic() + 180
    while not _is_under_way(get(f"{url}/v1/ingest-runs/{run_id}"), done):
        assert time.monotonic() < until, "the run does not begin"
        time.sleep(0.05)


def _is_under_way(run: dict[str, Json], done: int) -> bool:
    progress = run["progress"]
    assert isinstance(progress, dict)
    done_now = progress["done_sources"]
    assert isinstance(done_now, int)
    return run["state"] != "queued" and done_now >= done


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

    def mend() -> None:
        empty(postgres.folder)
        if postgres.has_ended:
            # It stops where it cannot write its log; whoever supervises it starts it again.
            postgres.start()

    survive(struck, "disk", lambda: fill(postgres.folder), mend, done=0)


def test_the_disk_of_chroma_is_full(struck: Struck) -> None:
    place = struck.folder / "chroma"
    survive(struck, "vectors", lambda: fill(place), lambda: empty(place), done=0)


def test_the_disk_of_the_original_files_is_full(struck: Struck) -> None:
    place = struck.folder / "originals"
    survive(struck, "originals", lambda: fill(place), lambda: empty(place), done=0)


def test_the_disks_of_the_processes_are_full(struck: Struck) -> None:
    def on_each(step: Callable[[Path], None]) -> None:
        for name in ("home-0", "home-1"):
            step(struck.folder / name)

    survive(struck, "homes", lambda: on_each(fill), lambda: on_each(empty), done=0)


def test_the_network_to_the_database_is_cut(struck: Struck) -> None:
    survive(struck, "network", struck.to_postgres.cut, struck.to_postgres.mend)


def test_the_network_to_chroma_is_cut(struck: Struck) -> None:
    survive(struck, "cable", struck.to_chroma.cut, struck.to_chroma.mend)


def test_a_ray_node_is_killed(struck: Struck, tmp_path: Path) -> None:
    with running_ray(workers=2, cores=1) as ray, ExitStack() as running:

        def begin(struck: Struck, files: dict[str, str]) -> str:
            """An ingest of a folder by a command beside the servers."""
            folder = tmp_path / "folder"
            folder.mkdir()
            for name, text in files.items():
                (folder / name).write_text(text)
            arguments = ("ingest", folder, "--ray", ray.address)
            ingest = begun(tmp_path / "home", *arguments, **struck.together.settings)
            running.callback(ingest.communicate)
            running.callback(ingest.kill)
            return _newest_run(struck.together.url)

        survive(
            struck, "node", ray.workers[0].kill, lambda: void(ray.workers[0].start()), begin, 80
        )


def _newest_run(url: str) -> str:
    """The run that somebody begins now."""
    before, until = _runs(url), time.monotonic() + 90
    while not (new := _runs(url) - before):
        assert time.monotonic() < until, "the run does not begin"
        time.sleep(0.1)
    return new.pop()


def _runs(url: str) -> set[str]:
    items = get(f"{url}/v1/ingest-runs")["items"]
    assert isinstance(items, list)
    return {str(one["run_id"]) for one in items if isinstance(one, dict)}


def void(_result: object) -> None:
    """Takes what nobody needs."""
