"""How a whole retrieval behaves as the library grows: time, memory, disk, filters and `as_of`.

    python -m benchmarks.scale --sizes 20000 100000 1000000 --keep FOLDER

Vectors and texts are drawn around those of a library of real documents (`--documents`, ingested
below FOLDER once, or the data directory `--real`). The library below FOLDER grows through the
sizes by the product's own publishing, and each size is measured in a process of its own; a growing
that is cut short goes on where it was. Every way of asking is
measured in turn, round by round, beside the bare sum of embedding the question and one query of
ten to Chroma, so that what else the machine does falls on all alike. Printed are tables for
`docs/benchmarks.md`.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psutil

from assistant.backends import Backends, open_backends
from assistant.models.weights import DEFAULT_NAME
from assistant.retrieval.standalone import resolve
from assistant.settings import Settings, read_settings
from assistant.types import DocumentId, Filters
from benchmarks.scale_library import (
    BEGIN,
    CHUNKS,
    DAYS,
    FIRST_DAY,
    NARROW,
    NEEDLE,
    WIDE,
    Plan,
    Real,
    fill,
    read_real,
)

TOP_K = 8
WORDS = 10
"""Words of a question, which are some that stand beside each other in a real chunk."""
CALLERS = 16
BARE, PLAIN = "bare sum", "plain"
Ask = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to ask: what narrows it, and the time it asks about."""

    filters: Filters = field(default_factory=Filters)
    as_of: datetime | None = None


def questions(real: Real, count: int) -> list[str]:
    long = [text for text in real.texts if len(text.split()) > 2 * WORDS]
    chosen = random.Random(11).sample(long, count)
    return [" ".join(text.split()[4 : 4 + WORDS]) for text in chosen]


def ways(backends: Backends) -> dict[str, Way]:
    """Every filter at three widths, and times when a half and nearly all stood."""
    documents = sorted(state.document_id for state in backends.library.ledger.sources().values())
    found = {PLAIN: Way()}
    for name, share in ((WIDE, 2), (NARROW, 100), (NEEDLE, 10_000)):
        some = tuple(DocumentId(d) for d in documents[:: min(share, len(documents))])
        last = FIRST_DAY + timedelta(days=DAYS // share)
        found[f"document, {name}"] = Way(Filters(document_ids=some))
        found[f"issuer, {name}"] = Way(Filters(issuers=(name,)))
        found[f"dates, {name}"] = Way(Filters(published_from=FIRST_DAY, published_to=last))
        found[f"language, {name}"] = Way(Filters(languages=(name,)))
        found[f"marking, {name}"] = Way(Filters(markings=(name,)))
    last_change = backends.library.ledger.states.now()
    assert last_change is not None
    found["as of, recent"] = Way(as_of=last_change - timedelta(minutes=1))
    found["as of, old"] = Way(as_of=BEGIN + (last_change - BEGIN) / 2)
    return found


def asking(backends: Backends, way: Way) -> Ask:
    def ask(question: str) -> object:
        return backends.retriever.retrieve(
            resolve(question, ()),
            as_of=way.as_of or datetime.now(UTC),
            top_k=TOP_K,
            filters=way.filters,
            exactly=way.as_of is not None,
        )

    return ask


def bare(backends: Backends) -> Ask:
    def ask(question: str) -> object:
        return backends.library.vectors.search(backends.encoder.embed_query(question), 10)

    return ask


class Took(NamedTuple):
    """Milliseconds by the clock, and of the processor, in all threads."""

    clock: float
    processor: float


def timed(ask: Ask, question: str) -> Took:
    began, used = time.perf_counter(), time.process_time()
    ask(question)
    return Took(1000 * (time.perf_counter() - began), 1000 * (time.process_time() - used))


def in_turn(asks: dict[str, Ask], asked: Sequence[str]) -> dict[str, list[Took]]:
    """Every way asks in turn, so that all meet the same machine; in the end all have asked all.

    Each way asks another question, and one comes back only after many others: the embedder
    remembers the last it read, and would have nothing to do for most ways.
    """
    took: dict[str, list[Took]] = {name: [] for name in asks}
    apart = max(1, len(asked) // len(asks))
    for number in range(len(asked)):
        for place, (name, ask) in enumerate(asks.items()):
            took[name].append(timed(ask, asked[(number + apart * place) % len(asked)]))
    return took


def at_once(ask: Ask, asked: Sequence[str]) -> tuple[list[Took], float, float]:
    """The times of so many callers at once, how many were answered a second, and of the processor.

    What one question takes of the processor cannot be told then, so it is the mean of all.
    """
    began, used = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(CALLERS) as pool:
        took = list(pool.map(lambda question: timed(ask, question), asked))
    of_each = 1000 * (time.process_time() - used) / len(asked)
    return took, len(asked) / (time.perf_counter() - began), of_each


def row(name: str, took: Sequence[Took], base: Sequence[Took], first: Took | None = None) -> str:
    clock, processor = np.array(took).T
    p50, p95, p99 = np.percentile(clock, (50, 95, 99))
    times, of_work = np.median(np.array(took) / np.array(base), axis=0)
    before = "" if first is None else f"{first.clock:,.1f}"
    return (
        f"| {name} | {before} | {p50:.1f} | {p95:.1f} | {p99:.1f} | {min(clock):.1f} | {times:.2f} "
        f"| {np.median(processor):.1f} | {of_work:.2f} |"
    )


def megabytes() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6


def memory() -> str:
    """What this process holds, what of it the system takes back at need, and the most it held."""
    mapped, most = status_megabytes("RssFile"), status_megabytes("VmHWM")
    return f"{megabytes():,.0f} MB ({mapped:,.0f} pages of files), at most {most:,.0f} MB"


def status_megabytes(name: str) -> float:
    """A size that Linux tells of this process; 0 where it does not."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1e3
    return 0.0


def measure(settings: Settings, real: Real, rounds: int, *, warm: bool) -> None:
    """Opens the library in this process and prints all that is asked of it."""
    began = time.perf_counter()
    with open_backends(settings, "benchmarks.scale") as backends:
        opened = time.perf_counter() - began
        chunks = backends.library.ledger.chunk_count()
        documents, standing = backends.library.ledger.count()
        print(f"\n## {chunks:,} chunks, {standing:,} standing in {documents:,} documents\n")
        print(f"Opened in {opened:.1f} s; memory {megabytes():,.0f} MB.")
        asks = {BARE: bare(backends)}
        found = ways(backends)
        asks |= {name: asking(backends, way) for name, way in found.items()}
        asked = questions(real, 200 + rounds)
        backends.snapshots.begin()
        own = {name: ask for name, ask in asks.items() if name != BARE}
        firsts = {name: timed(ask, asked[0]) for name, ask in own.items()}
        settle(asks[PLAIN], asked[1:60])
        if warm:
            in_turn(own, asked[-rounds:])
        print(f"Memory {memory()}, before the bare sum has Chroma read its graph.")
        firsts[BARE] = timed(asks[BARE], asked[0])
        if warm:
            in_turn({BARE: asks[BARE]}, asked[-rounds:])
        ask_alone(asks, asked[-rounds:], firsts)
        print(f"\n{CALLERS} callers at once:\n")
        for name in (BARE, PLAIN):
            took, rate, work = at_once(asks[name], asked[:200])
            p50, p95, p99 = np.percentile([one.clock for one in took], (50, 95, 99))
            print(
                f"- {name}: {rate:.0f} a second, p50 {p50:.0f} ms, p95 {p95:.0f}, p99 {p99:.0f}; "
                f"{work:.1f} ms of the processor each"
            )
        print(f"\nMemory {memory()}.\n")
    for part in sorted(settings.home.iterdir()):
        print(f"- {part.name}: {size(part) / 1e6:,.0f} MB")


def settle(ask: Ask, asked: Sequence[str]) -> None:
    """Asks until what is prepared after a change is ready."""
    for question in asked:
        ask(question)
        time.sleep(0.2)


def ask_alone(asks: dict[str, Ask], asked: Sequence[str], firsts: dict[str, Took]) -> None:
    both = in_turn({name: asks[name] for name in (BARE, PLAIN)}, [*asked, *asked])
    print_table("the bare sum", both, both[BARE], firsts)
    narrowed = in_turn({name: ask for name, ask in asks.items() if name != BARE}, asked)
    print_table(PLAIN, narrowed, narrowed[PLAIN], firsts)


def print_table(
    than: str, took: dict[str, list[Took]], base: list[Took], firsts: dict[str, Took]
) -> None:
    print(
        f"\n| asked | first ms | p50 ms | p95 ms | p99 ms | least ms | times {than} "
        f"| processor ms, p50 | times {than} |\n|{'---|' * 9}"
    )
    for name, each in took.items():
        print(row(name, each, base, firsts[name]), flush=True)


def size(path: Path) -> int:
    if path.is_symlink():
        return 0
    return sum(map(size, path.iterdir())) if path.is_dir() else path.stat().st_size


def grow(home: Path, real: Real, chunks: int) -> None:
    """Fills the library up to a size; prints how fast, for every ten thousand chunks or so."""
    began, before = 0.0, None
    for total, seconds in fill(home, DEFAULT_NAME, Plan(real, chunks // CHUNKS * 3), chunks):
        began, before = began + seconds, before or total
        if total - before >= max(10_000, chunks // 20):
            print(f"{total:,} chunks: {(total - before) / began:.0f} a second", flush=True)
            began, before = 0.0, total


def ingested(documents: Path, home: Path) -> Path:
    """The data directory of a library of the documents, which are taken in once."""
    if not home.exists():
        attache = str(Path(sys.executable).with_name("attache"))
        command = [attache, "ingest", str(documents), "--json"]
        environment = {**os.environ, "ATTACHE_HOME": str(home)}  # noqa: TID251
        # Documents that cannot be read are reported by exit code 1.
        subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
    return home


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures retrieval as the library grows.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--keep", type=Path, required=True, help="where the library is kept")
    parser.add_argument("--real", type=Path, help="data directory of a library of real documents")
    parser.add_argument("--documents", type=Path, default=Path("../shared/data/documents"))
    parser.add_argument("--rounds", type=int, default=100, help="questions of every way")
    parser.add_argument("--warm", action="store_true", help="ask all once before it is measured")
    parser.add_argument("--measure", type=Path, help="only measure the library there")
    options = parser.parse_args()
    source = options.real or ingested(options.documents, options.keep / "real")
    real = read_real(source, DEFAULT_NAME)
    if options.measure:
        settings = read_settings().model_copy(update={"home": options.measure})
        measure(settings, real, options.rounds, warm=options.warm)
        return
    home: Path = options.keep / "library"
    if not home.exists():
        shutil.copytree(source / "models", home / "models", symlinks=True)
    for chunks in sorted(options.sizes):
        grow(home, real, chunks)
        command = [sys.executable, "-m", "benchmarks.scale", *sys.argv[1:], "--measure", str(home)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
