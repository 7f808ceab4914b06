"""Measures the product's own retriever on a judged set, ingested as users' documents are."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from pydantic import BaseModel, Field
from rich.console import Console
from rich.table import Table

from assistant.backends import Backends, open_backends
from assistant.errors import ConfigurationError
from assistant.retrieval.standalone import resolve
from assistant.runs import RunRequest
from assistant.settings import Settings
from assistant.types import Filters, IngestReport
from cli.console import complain, messages, note, results
from cli.evaluation.inline import InlineParser
from cli.evaluation.judged import SCHEME, JudgedSet, Query, read_judged_set
from cli.evaluation.metrics import mean, ndcg, percentile, recall
from cli.exits import Exits
from cli.progress import IngestProgress
from cli.setup import settings_for_command
from cli.taking import ingest_run
from cli.wire import print_json
from ingest.plan import plan

PURPOSE = "attache eval retrieval"
CUTS = (5, 10)
PASSAGES = 100
"""Passages asked for: enough that ten documents stand among them."""


class Latency(BaseModel):
    """Milliseconds from a query to its passages."""

    p50: float
    p95: float
    p99: float


class RetrievalFigures(BaseModel):
    """What was measured; `metrics` are means over the queries, in [0, 1], higher is better."""

    queries: int
    metrics: dict[str, float] = Field(default_factory=dict)
    latency_ms: Latency


def measure(
    folder: Path, queries: Path | None, limit: int | None, keep: Path | None, *, as_json: bool
) -> Exits:
    """Writes the figures of the set in this folder; `INCOMPLETE` where a text was not taken in.

    Raises:
        ConfigurationError: a file is missing, or `keep` is a library of something else.
        LibraryError: the library is in use or cannot be opened.
    """
    settings = settings_for_command()
    judged = read_judged_set(folder, queries, limit)
    with _home(keep) as home:
        own = settings.model_copy(update={"home": home})
        with open_backends(own, PURPOSE) as backends:
            _require_own(backends, home)
            report = take_in_set(judged, backends, own)
            _name_failures(report)
            figures = _figures(judged, backends)
    if as_json:
        print_json(figures)
    else:
        _print_figures(figures, results())
    return Exits.INCOMPLETE if report.failed else Exits.DONE


def take_in_set(judged: JudgedSet, backends: Backends, settings: Settings) -> IngestReport:
    """Takes the texts of a judged set in, each as a document of its own."""
    planned = plan(judged.corpus, backends.library.ledger)
    # A set judges each of its texts, also one that says what another says.
    copies = tuple(copy.source for copy in planned.copies)
    planned = replace(planned, work=(*planned.work, *copies), copies=())
    titles = {source.name: source.title for source in judged.corpus if source.title}
    run = ingest_run(backends, settings, InlineParser(titles))
    request = RunRequest("paths", (SCHEME,))
    return run.run(request, planned, IngestProgress(messages()))


@contextmanager
def _home(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        yield keep.expanduser().resolve()
        return
    with tempfile.TemporaryDirectory(prefix="attache-eval-") as folder:
        yield Path(folder)


def _require_own(backends: Backends, home: Path) -> None:
    """Keeps a judged set out of a library that people ask."""
    foreign = [uri for uri in backends.library.ledger.sources() if not uri.startswith(SCHEME)]
    if foreign:
        raise ConfigurationError(
            f"{home} holds {len(foreign)} documents that are of no judged set, such as "
            f"{foreign[0]}. Name another folder with --keep."
        )


def _name_failures(report: IngestReport) -> None:
    for failure in report.failed:
        complain(f"{failure.source}: {failure.detail}")
    note(f"{report.added} texts added, {report.unchanged} unchanged in {report.elapsed_s:.1f} s")


def _figures(judged: JudgedSet, backends: Backends) -> RetrievalFigures:
    corpus = {source.uri for source in judged.corpus}
    # Not counted: the first search opens what later ones find open.
    _ranked(judged.queries[0], backends, corpus)
    values: dict[str, list[float]] = {
        f"{name}@{k}": [] for name in ("ndcg", "recall") for k in CUTS
    }
    taken: list[float] = []
    for query in judged.queries:
        ranking, ms = _ranked(query, backends, corpus)
        taken.append(ms)
        gains = judged.judgements[query.query_id]
        for k in CUTS:
            values[f"ndcg@{k}"].append(ndcg(ranking, gains, k))
            values[f"recall@{k}"].append(recall(ranking, gains, k))
    return RetrievalFigures(
        queries=len(judged.queries),
        metrics={name: round(mean(each), 4) for name, each in values.items()},
        latency_ms=_latency(taken),
    )


def _ranked(query: Query, backends: Backends, corpus: set[str]) -> tuple[list[str], float]:
    """The documents by their best passage, best first, and the milliseconds it took."""
    started = perf_counter()
    passages = backends.retriever.retrieve(
        resolve(query.text, query.history),
        as_of=datetime.now(UTC),
        top_k=PASSAGES,
        filters=Filters(),
    )
    ms = (perf_counter() - started) * 1000
    uris = dict.fromkeys(passage.stored.source_uri for passage in passages)
    # A kept library may hold texts of the set beyond the limit.
    return [uri.removeprefix(SCHEME) for uri in uris if uri in corpus], ms


def _latency(taken: Sequence[float]) -> Latency:
    p50, p95, p99 = (round(percentile(taken, share), 2) for share in (0.50, 0.95, 0.99))
    return Latency(p50=p50, p95=p95, p99=p99)


def _print_figures(figures: RetrievalFigures, console: Console) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="dim")
    table.add_column(justify="right")
    table.add_row("queries", str(figures.queries))
    for name, value in figures.metrics.items():
        table.add_row(name, f"{value:.4f}")
    for name, ms in figures.latency_ms.model_dump().items():
        table.add_row(f"latency {name}", f"{ms:.1f} ms")
    console.print(table)
