"""Measures the product's own retriever on a judged set, ingested as users' documents are."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, Field
from rich.table import Table

from assistant.backends import Backends, open_backends
from assistant.errors import ConfigurationError
from assistant.runs import RunRequest
from assistant.settings import Settings
from assistant.types import IngestReport
from cli.console import complain, messages, note, results
from cli.evaluation.inline import InlineParser
from cli.evaluation.judged import SCHEME, JudgedSet, read_judged_set
from cli.evaluation.measuring import measure_questions
from cli.evaluation.metrics import mean, percentile
from cli.evaluation.records import QuestionRecord, require_writable, write_records
from cli.evaluation.significance import intervals
from cli.exits import Exits
from cli.progress import IngestProgress
from cli.setup import settings_for_command
from cli.taking import ingest_run
from cli.wire import print_json
from ingest.plan import plan

PURPOSE = "attache eval retrieval"


NO_SERVERS = {"database_url": None, "chroma_url": None, "files": None}
"""What is measured is a library of its own: nothing is written into the configured one."""


class Latency(BaseModel):
    """Milliseconds from a query to its passages."""

    p50: float
    p95: float
    p99: float


class RetrievalFigures(BaseModel):
    """What was measured; `metrics` are means over the queries, in [0, 1], higher is better.

    `intervals` hold them with 95 % confidence, lower end first.
    """

    queries: int
    metrics: dict[str, float] = Field(default_factory=dict)
    intervals: dict[str, tuple[float, float]] = Field(default_factory=dict)
    latency_ms: Latency


@dataclass(frozen=True, slots=True)
class Measurement:
    """What is to be measured: the set, where it is kept, and what is asked of it."""

    folder: Path
    queries: Path | None = None
    limit: int | None = None
    keep: Path | None = None
    per_question: Path | None = None
    history: bool = True


def measure(wanted: Measurement, *, as_json: bool) -> Exits:
    """Writes the figures of a judged set; `INCOMPLETE` where a text was not taken in.

    Raises:
        ConfigurationError: a file is missing or cannot be written, or what is kept is a library
            of something else.
        LibraryError: the library is in use or cannot be opened.
    """
    settings = settings_for_command()
    if wanted.per_question is not None:
        require_writable(wanted.per_question)
    judged = read_judged_set(wanted.folder, wanted.queries, wanted.limit)
    with at_home(wanted.keep) as home:
        own = settings.model_copy(update={"home": home, **NO_SERVERS})
        with open_backends(own, PURPOSE) as backends:
            require_own(backends, home)
            report = take_in_set(judged, backends, own)
            _name_failures(report)
            records = list(
                measure_questions(
                    judged, backends, own.top_k, history=wanted.history, console=messages()
                )
            )
    if wanted.per_question is not None:
        write_records(wanted.per_question, records)
    _write(figures_of(records), as_json=as_json)
    return Exits.INCOMPLETE if report.failed else Exits.DONE


def figures_of(records: Sequence[QuestionRecord]) -> RetrievalFigures:
    """Means, intervals and percentiles over the questions, of which there is one at least."""
    names = list(records[0].metrics)
    table = [[record.metrics[name] for name in names] for record in records]
    taken = [record.latency_ms for record in records]
    p50, p95, p99 = (round(percentile(taken, share), 2) for share in (0.50, 0.95, 0.99))
    return RetrievalFigures(
        queries=len(records),
        metrics={
            name: round(mean(column), 4)
            for name, column in zip(names, zip(*table, strict=True), strict=True)
        },
        intervals={
            name: (round(low, 4), round(high, 4))
            for name, (low, high) in zip(names, intervals(table), strict=True)
        },
        latency_ms=Latency(p50=p50, p95=p95, p99=p99),
    )


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
def at_home(keep: Path | None) -> Iterator[Path]:
    """The folder that keeps a set's library, or one that is removed afterwards."""
    if keep is not None:
        yield keep.expanduser().resolve()
        return
    with tempfile.TemporaryDirectory(prefix="attache-eval-") as folder:
        yield Path(folder)


def require_own(backends: Backends, home: Path) -> None:
    """Keeps a judged set out of a library that people ask.

    Raises:
        ConfigurationError: the library holds documents that are of no judged set.
    """
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


def _write(figures: RetrievalFigures, *, as_json: bool) -> None:
    if as_json:
        print_json(figures)
        return
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="dim")
    table.add_column(justify="right")
    table.add_column(style="dim")
    table.add_row("queries", str(figures.queries), "")
    for name, value in figures.metrics.items():
        low, high = figures.intervals[name]
        table.add_row(name, f"{value:.4f}", f"95 %: {low:.4f} to {high:.4f}")
    for name, ms in figures.latency_ms.model_dump().items():
        table.add_row(f"latency {name}", f"{ms:.1f} ms", "")
    results().print(table)
