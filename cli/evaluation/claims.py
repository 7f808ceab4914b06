"""Measures the check of claims: whether what people found supported is told from the rest.

A set is a folder with `pairs.jsonl`: `{_id, claim, evidence_passages, human_support}` a line, where
the last is `Complete`, `Partial` or `Incomplete`; other lines are passed over.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Literal

from pydantic import BaseModel, Field, ValidationError
from rich.progress import track
from rich.table import Table

from assistant.backends import open_encoder
from assistant.errors import ConfigurationError
from assistant.grounding.marks import bare, before_stops
from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.verify import find
from assistant.ports import TextEncoder
from assistant.settings import Settings
from cli.console import messages, results
from cli.evaluation.judged import read_lines
from cli.evaluation.metrics import mean, percentile
from cli.evaluation.records import require_writable
from cli.exits import Exits
from cli.wire import print_json

PAIRS = "pairs.jsonl"
_JUDGED = {"Complete", "Partial", "Incomplete"}


class Pair(BaseModel):
    """A claim with its evidence, and what a person said of it; None where nobody could tell."""

    claim_id: str = Field(validation_alias="_id")
    claim: str = Field(min_length=1)
    evidence: tuple[str, ...] = Field(validation_alias="evidence_passages")
    judgement: str | None = Field(None, validation_alias="human_support")


class ClaimRecord(BaseModel):
    """What was found of one claim."""

    id: str
    claim: str
    judgement: Literal["Complete", "Partial", "Incomplete"]
    verdict: str
    support: float
    problem: str
    latency_ms: float


class ClaimFigures(BaseModel):
    """Shares in [0, 1], None where nothing was to be measured.

    `auc` is how often a claim that is wholly supported has more support than one that is not;
    `auc_clear` leaves out what is supported in part. `passed` and `refused` are the shares of the
    first that are said to be supported, and of those with incomplete support that are not.
    """

    claims: int
    auc: float | None
    auc_clear: float | None
    passed: float | None
    refused: float | None
    latency_ms: dict[str, float] = Field(description="p50 and p95 of a claim")


@dataclass(frozen=True, slots=True)
class WantedClaims:
    """Which claims are checked, and where what is found of each is written."""

    folder: Path
    limit: int | None = None
    per_question: Path | None = None


def is_claim_set(folder: Path) -> bool:
    """Whether the folder holds claims rather than questions."""
    return (folder / PAIRS).is_file()


def measure_claims(wanted: WantedClaims, settings: Settings, *, as_json: bool) -> Exits:
    """Writes the figures of a set of claims.

    Raises:
        ConfigurationError: a line of the file cannot be read, or a file not be written.
    """
    if wanted.per_question is not None:
        require_writable(wanted.per_question)
    pairs = tuple(islice(_judged(wanted.folder / PAIRS), wanted.limit))
    if not pairs:
        raise ConfigurationError(f"{wanted.folder / PAIRS} holds no claim that was judged.")
    with TemporaryDirectory() as home:
        encoder = open_encoder(settings.model_copy(update={"home": Path(home)}))
        records = list(_checked(pairs, encoder))
    if wanted.per_question is not None:
        lines = "".join(f"{one.model_dump_json()}\n" for one in records)
        wanted.per_question.write_text(lines, encoding="utf-8")
    figures = figures_of_claims(records)
    if as_json:
        print_json(figures)
    else:
        results().print(_table(figures))
    return Exits.DONE


def _judged(path: Path) -> Iterator[Pair]:
    for number, line in read_lines(path):
        try:
            pair = Pair.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "the line"
            raise ConfigurationError(
                f"{path}, line {number}: {place}: {first['msg']}. Write each claim as "
                '{"_id": …, "claim": …, "evidence_passages": […], "human_support": …}.'
            ) from error
        if pair.judgement in _JUDGED:
            yield pair


def _checked(pairs: Sequence[Pair], encoder: TextEncoder) -> Iterator[ClaimRecord]:
    shown: Iterable[Pair] = track(
        pairs, "claims", console=messages(), disable=not messages().is_terminal
    )
    for pair in shown:
        began = perf_counter()
        _, words, _ = bare(before_stops(pair.claim))
        found = find(words, Evidence([EvidenceText(one) for one in pair.evidence], encoder))
        yield ClaimRecord.model_validate(
            {
                "id": pair.claim_id,
                "claim": pair.claim,
                "judgement": pair.judgement,
                "verdict": found.verdict,
                "support": found.support,
                "problem": found.problem,
                "latency_ms": round((perf_counter() - began) * 1000, 2),
            }
        )


def figures_of_claims(records: Sequence[ClaimRecord]) -> ClaimFigures:
    """The figures over the records, of which there is one at least."""
    whole = [one for one in records if one.judgement == "Complete"]
    rest = [one for one in records if one.judgement != "Complete"]
    without = [one for one in rest if one.judgement == "Incomplete"]
    taken = [one.latency_ms for one in records]
    return ClaimFigures(
        claims=len(records),
        auc=_auc(whole, rest),
        auc_clear=_auc(whole, without),
        passed=_mean([one.verdict != "unsupported" for one in whole]),
        refused=_mean([one.verdict == "unsupported" for one in without]),
        latency_ms={f"p{p}": round(percentile(taken, p / 100), 1) for p in (50, 95)},
    )


def _auc(high: Sequence[ClaimRecord], low: Sequence[ClaimRecord]) -> float | None:
    wins = [(a.support > b.support) + (a.support == b.support) / 2 for a in high for b in low]
    return _mean(wins)


def _mean(values: Sequence[float]) -> float | None:
    return round(mean([float(one) for one in values]), 4) if values else None


def _table(figures: ClaimFigures) -> Table:
    table = Table("measure", "figure", box=None)
    for name, value in figures.model_dump().items():
        if isinstance(value, dict):
            for part, ms in value.items():
                table.add_row(f"{part} of a claim, ms", f"{ms:.1f}")
        elif value is not None:
            shown = str(value) if name == "claims" else f"{value:.3f}"
            table.add_row(name.replace("_", " "), shown)
    return table
