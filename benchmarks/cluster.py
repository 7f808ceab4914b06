"""What a cluster takes and gives: ratios of one and two, and what each part of it costs.

    python -m benchmarks.cluster answers HOME
    python -m benchmarks.cluster visibility HOME
    python -m benchmarks.cluster ray DOCUMENTS

`answers` copies the library of a data directory to PostgreSQL and Chroma, puts two API processes
before it, and has eight callers ask the one and then both, each question ten words of a passage.
`visibility` has callers ask both of them for what a document says that changes all the while.
`ray` takes a folder in on Ray clusters of one and of two nodes with one core each. Everything
shares the cores of one machine: beside each rate stands how many of them were busy, and by whom.
"""

import argparse
import json
import random
import resource
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import psycopg

from benchmarks import visibility
from benchmarks.ending import all_of_it
from benchmarks.processors import Spent, megabytes_of, pin
from tests.chroma_process import ChromaProcess, running_chroma
from tests.cluster.together import Process, listed, post, running_processes, text_at
from tests.integration.commands import ATTACHE, Json, environment
from tests.postgres_server import PostgresServer, running_postgres
from tests.ray_cluster import running_ray

CALLERS = 8
DOCUMENTS = 60
"""Questions are made of the words of so many."""
WORDS = 10
_QUIET_S = 20.0
"""A table of passages of which nothing was written for so long is complete."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A library on servers, and those who answer from it."""

    database: str
    postgres: PostgresServer
    chroma: ChromaProcess
    processes: Sequence[Process]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("answers", "visibility", "ray"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=15.0, help="for each way of `answers`")
    parser.add_argument("--editions", type=int, default=20, help="that `visibility` publishes")
    chosen = parser.parse_args(arguments)
    all_of_it(lambda: measure(chosen.what, chosen.folder, chosen.seconds, chosen.editions))


def measure(what: str, folder: Path, seconds: float, editions: int) -> None:
    """Prints what was asked for."""
    with tempfile.TemporaryDirectory(prefix="attache-cluster-") as room:
        if what == "ray":
            measure_ray(folder, Path(room))
            return
        with moved(folder, Path(room)) as library:
            if what == "answers":
                measure_answers(library, Path(room), seconds)
            else:
                measure_visibility(library, Path(room), editions)


@contextmanager
def moved(home: Path, room: Path) -> Iterator[Moved]:
    """A library copied to servers and served by two processes."""
    with running_postgres() as postgres, running_chroma(room / "chroma") as chroma:
        database, files = postgres.new_database(), str(room / "originals")
        began, spent = monotonic(), Spent(_programs((), postgres, chroma))
        to = ("--to", database, "--chroma", chroma.url, "--originals", files)
        report = command(home, {}, "migrate", *to)
        chunks = report["chunks"]
        assert isinstance(chunks, int)
        took = {"chunks": chunks, "seconds": round(monotonic() - began, 1)}
        _report("migrated", {**took, **spent.told(chunks)})
        settings = {
            "ATTACHE_DATABASE_URL": database,
            "ATTACHE_CHROMA_URL": chroma.url,
            "ATTACHE_FILES": files,
            "ATTACHE_STARTER": "false",
        }
        with running_processes(room, settings) as (_, processes):
            yield Moved(database, postgres, chroma, processes)


def command(home: Path, settings: Mapping[str, str], *arguments: str | Path) -> dict[str, Json]:
    """What a command tells as JSON."""
    ended = subprocess.run(
        [ATTACHE, *arguments, "--json"],
        env=environment(home, **settings),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode in (0, 1), ended.stderr
    report: dict[str, Json] = json.loads(ended.stdout)
    return report


def sizes(library: Moved, room: Path) -> dict[str, object]:
    """Megabytes on each disk."""
    with psycopg.connect(library.database) as connection:
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert row is not None
    return {
        "database, MB": round(row[0] / 2**20, 1),
        "vectors, MB": megabytes(room / "chroma"),
        "original files, MB": megabytes(room / "originals"),
        "a process, MB": megabytes(room / "home-0"),
    }


def _settle(room: Path) -> None:
    """Waits until the processes have made their tables of passages."""
    before = -1.0
    while before != (now := sum(map(megabytes, room.glob("home-*")))):
        before = now
        sleep(_QUIET_S)


def megabytes(folder: Path) -> float:
    return round(sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 2**20, 1)


def measure_answers(library: Moved, room: Path, seconds: float) -> None:
    """Prints what all of it keeps, how many answers one and two processes give, and for what."""
    both = library.processes
    questions = drawn(both[0].url)
    # The first question begins the table of passages, and what is read once is read.
    asked(library, both, questions, 10.0)
    _settle(room)
    _report("on servers", sizes(library, room))
    for way in ("all cores for each", "one core for each"):
        for number, process in enumerate(both):
            pin(process.pid, number if way == "one core for each" else None)
        for used in (both[:1], both, both[:1], both):
            told = asked(library, used, questions, seconds)
            _report(f"{way}, {len(used)} answering", told)
    programs = _programs(both[:1], library.postgres, library.chroma)
    _report("memory, MB", {n: round(sum(map(megabytes_of, p))) for n, p in programs.items()})


def measure_visibility(library: Moved, room: Path, editions: int) -> None:
    """Prints how soon both processes tell of an edition, to few callers and to eight."""
    for process in library.processes:
        post(f"{process.url}/v1/ask", {"question": "What is a defence attaché?"})
    _settle(room)
    for callers in (1, CALLERS // 2):
        told = visibility.measured(library.processes, editions, callers)
        _report(f"{callers} asking each process", told)


def drawn(url: str) -> list[str]:
    """Questions of ten words that follow each other in some document."""
    draw = random.Random(1)
    items = listed(url)
    found = []
    for one in draw.sample(items, min(DOCUMENTS, len(items))):
        path = f"documents/{one['document_id']}/versions/{one['version_id']}/text"
        words = text_at(f"{url}/v1/{path}").split()
        starts = [draw.randrange(max(1, len(words) - WORDS)) for _ in range(20)]
        found += [" ".join(words[start : start + WORDS]) for start in starts]
    draw.shuffle(found)
    return found


def asked(
    library: Moved, used: Sequence[Process], questions: Sequence[str], seconds: float
) -> dict[str, object]:
    """Answers a second to callers who ask one question after the other, and what they took."""
    spent = Spent(_programs(used, library.postgres, library.chroma))
    began = monotonic()
    took: list[float] = []

    def call(caller: int) -> None:
        number = caller
        while (at := monotonic()) < began + seconds:
            question = questions[number % len(questions)]
            post(f"{used[number % len(used)].url}/v1/ask", {"question": question})
            took.append(monotonic() - at)
            number += CALLERS + 1

    with ThreadPoolExecutor(CALLERS) as callers:
        list(callers.map(call, range(CALLERS)))
    rate = round(len(took) / (monotonic() - began), 1)
    times = {f"p{p}, ms": round(1000 * sorted(took)[len(took) * p // 100]) for p in (50, 95)}
    return {"answers a second": rate, **times, **spent.told(len(took))}


def _programs(
    used: Sequence[Process], postgres: PostgresServer, chroma: ChromaProcess
) -> dict[str, tuple[int, ...]]:
    answering = tuple(process.pid for process in used)
    return {"answering": answering, "PostgreSQL": (postgres.pid,), "Chroma": (chroma.pid,)}


def measure_ray(documents: Path, room: Path) -> None:
    """Prints what one and two nodes of Ray do of the same, into a library on servers."""
    with running_postgres() as postgres, running_chroma(room / "chroma") as chroma:
        for number, workers in enumerate((1, 2)):
            settings = {
                "ATTACHE_DATABASE_URL": postgres.new_database(),
                "ATTACHE_CHROMA_URL": chroma.url,
                "ATTACHE_FILES": str(room / f"originals-{number}"),
            }
            with running_ray(workers=workers, cores=1) as ray:
                nodes = tuple(node.pid for node in ray.workers)
                programs = {**_programs((), postgres, chroma), "nodes": nodes}
                began, spent, publishing = monotonic(), Spent(programs), _of_children()
                to = ("ingest", documents, "--ray", ray.address)
                report = command(room / f"home-{number}", settings, *to)
                chunks, seconds = report["chunks"], monotonic() - began
                assert isinstance(chunks, int)
                rate = {
                    "chunks": chunks,
                    "seconds": round(seconds, 1),
                    "run": report["elapsed_s"],
                    "chunks a second": round(chunks / seconds, 1),
                    "publishing, ms": round(1000 * (_of_children() - publishing) / chunks, 2),
                }
                _report(f"{workers} Ray nodes with one core", {**rate, **spent.told(chunks)})


def _of_children() -> float:
    """Processor seconds of the commands that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _report(what: str, told: Mapping[str, object]) -> None:
    print(f"{what}: {json.dumps(told)}", flush=True)


if __name__ == "__main__":
    main()
