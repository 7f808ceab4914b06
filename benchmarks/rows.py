"""Tables for `docs/benchmarks.md`: a row for each way of searching, beside a reference."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cli.evaluation.metrics import mean, percentile
from cli.evaluation.records import QuestionRecord
from cli.evaluation.significance import difference, intervals

WITH_INTERVAL = ("ndcg@5", "ndcg@10")
MEANS = ("recall@10", "recall@100", "mrr")
TESTED = "ndcg@5"
TITLES = (
    "asked",
    "search",
    *("nDCG@5 [95 %]", "nDCG@10 [95 %]", "recall@10", "recall@100", "MRR"),
    *("p50 ms", "without embedding", "nDCG@5 of Attaché's above it [95 %]", "p"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A way of searching and what it was asked, with what was measured of every question."""

    asked: str
    search: str
    records: Sequence[QuestionRecord]
    embedding_ms: Sequence[float] | None = None
    """What of each question's time went into its vector, where that was measured."""


def table(rows: Sequence[Row], reference: Row) -> Iterator[str]:
    """The lines of a table; each row but the reference is tested against it."""
    yield "| " + " | ".join(TITLES) + " |"
    yield "|" + "---|" * len(TITLES)
    for row in rows:
        cells = [row.asked, row.search, *_figures(row)]
        cells += ["", ""] if row is reference else _tested(row, reference)
        yield "| " + " | ".join(cells) + " |"


def _figures(row: Row) -> list[str]:
    values = [[one.metrics[name] for name in WITH_INTERVAL] for one in row.records]
    cells = [
        f"{mean(column):.3f} [{low:.3f}, {high:.3f}]"
        for column, (low, high) in zip(zip(*values, strict=True), intervals(values), strict=True)
    ]
    cells += [f"{mean([one.metrics[name] for one in row.records]):.3f}" for name in MEANS]
    return [*cells, *_times(row)]


def _times(row: Row) -> list[str]:
    whole = [one.latency_ms for one in row.records]
    median = f"{percentile(whole, 0.5):.1f}"
    if row.embedding_ms is None:
        return [median, ""]
    alone = [ms - spent for ms, spent in zip(whole, row.embedding_ms, strict=True)]
    return [median, f"{percentile(alone, 0.5):.1f}"]


def _tested(row: Row, reference: Row) -> list[str]:
    mine = {one.query_id: one.metrics[TESTED] for one in reference.records}
    theirs = {one.query_id: one.metrics[TESTED] for one in row.records}
    found = difference([theirs[key] for key in mine], list(mine.values()))
    low, high = found.interval
    return [f"{found.mean:+.3f} [{low:+.3f}, {high:+.3f}]", f"{found.p:.4f}"]
