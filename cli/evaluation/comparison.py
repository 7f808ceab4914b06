"""Compares two measurements of the same questions."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, Field
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.errors import ConfigurationError
from cli.console import note, results
from cli.evaluation.metrics import mean
from cli.evaluation.records import QuestionRecord, read_records
from cli.evaluation.significance import TEST, difference
from cli.exits import Exits
from cli.setup import settings_for_command
from cli.wire import print_json

CHANGED = 10
"""Questions listed that changed most."""

Pair = tuple[QuestionRecord, QuestionRecord]


class MeasureCompared(BaseModel):
    """One measure's means in both files, and how the second's differs, with its 95 % interval."""

    first: float
    second: float
    difference: float
    interval: tuple[float, float]
    p: float
    wins: int
    ties: int
    losses: int


class QuestionChanged(BaseModel):
    """A question that both answer differently well."""

    query_id: str = Field(serialization_alias="id")
    question: str
    first: float
    second: float
    difference: float


class Comparison(BaseModel):
    """Two measurements, question by question; wins are the second's."""

    queries: int
    test: str = TEST
    metrics: dict[str, MeasureCompared]
    by: str
    changed: list[QuestionChanged]


def compare(first: Path, second: Path, by: str, *, as_json: bool) -> Exits:
    """Writes how the second measurement differs from the first.

    Raises:
        ConfigurationError: a file is missing or broken, or the two have nothing in common.
    """
    settings_for_command()
    pairs = _paired(read_records(first), read_records(second))
    compared = comparison_of(pairs, by)
    if as_json:
        print_json(compared)
    else:
        _print(compared, results())
    return Exits.DONE


def comparison_of(pairs: Sequence[Pair], by: str) -> Comparison:
    """The comparison; what changed most is told `by` one of the measures.

    Raises:
        ConfigurationError: the measurements share no measure, or not this one.
    """
    names = [
        name
        for name in pairs[0][0].metrics
        if all(name in record.metrics for pair in pairs for record in pair)
    ]
    if by not in names:
        known = ", ".join(names) or "none: measure both anew"
        raise ConfigurationError(
            f"{by} was not measured of every question in both files. Measures of both: {known}."
        )
    return Comparison(
        queries=len(pairs),
        metrics={name: _compared(pairs, name) for name in names},
        by=by,
        changed=_changed(pairs, by),
    )


def _paired(
    first: Mapping[str, QuestionRecord], second: Mapping[str, QuestionRecord]
) -> list[Pair]:
    pairs = [(record, second[key]) for key, record in first.items() if key in second]
    if not pairs:
        raise ConfigurationError(
            "The two files have no question in common. Measure the same set twice, then compare."
        )
    alone = len(first) + len(second) - 2 * len(pairs)
    if alone:
        note(f"{alone} questions stand in one file only and are left out")
    return pairs


def _compared(pairs: Sequence[Pair], name: str) -> MeasureCompared:
    first = [one.metrics[name] for one, _ in pairs]
    second = [one.metrics[name] for _, one in pairs]
    found = difference(first, second)
    low, high = found.interval
    return MeasureCompared(
        first=round(mean(first), 4),
        second=round(mean(second), 4),
        difference=round(found.mean, 4),
        interval=(round(low, 4), round(high, 4)),
        p=round(found.p, 4),
        wins=found.wins,
        ties=found.ties,
        losses=found.losses,
    )


def _changed(pairs: Sequence[Pair], by: str) -> list[QuestionChanged]:
    changed = [
        QuestionChanged(
            query_id=one.query_id,
            question=one.question or other.question,
            first=round(one.metrics[by], 4),
            second=round(other.metrics[by], 4),
            difference=round(other.metrics[by] - one.metrics[by], 4),
        )
        for one, other in pairs
    ]
    changed = [one for one in changed if one.difference]
    return sorted(changed, key=lambda one: (-abs(one.difference), one.query_id))[:CHANGED]


def _print(compared: Comparison, console: Console) -> None:
    console.print(_table(compared))
    console.print(f"\np: {compared.test}; intervals: bootstrap over the questions.")
    if compared.changed:
        console.print(f"\nChanged most, by {compared.by}:")
    for question in compared.changed:
        told = f"{question.first:.3f} → {question.second:.3f}  {escape(question.query_id)}"
        console.print(f"{told}  [dim]{escape(question.question)}[/dim]", soft_wrap=True)


def _table(compared: Comparison) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(f"{compared.queries} queries", no_wrap=True)
    for title in ("first", "second", "change", "95 % interval", "p", "better/same/worse"):
        table.add_column(title, justify="right", no_wrap=True)
    for name, one in compared.metrics.items():
        low, high = one.interval
        table.add_row(
            name,
            f"{one.first:.3f}",
            f"{one.second:.3f}",
            f"{one.difference:+.3f}",
            f"{low:+.3f} to {high:+.3f}",
            f"{one.p:.4f}",
            f"{one.wins}/{one.ties}/{one.losses}",
        )
    return table
