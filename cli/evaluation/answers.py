"""Measures the product's answers: what it chooses, when it refuses, and whether it cites well."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from pydantic import BaseModel, Field
from rich.progress import track
from rich.table import Table

from assistant.backends import Backends, open_backends
from assistant.errors import ConfigurationError
from assistant.grounding.checking import Checker, GivenPassage, TextToCheck
from assistant.types import Answer, Question
from cli.console import messages, results
from cli.evaluation.asked import AnswerSet, Item, read_answer_set
from cli.evaluation.claims import WantedClaims, is_claim_set, measure_claims
from cli.evaluation.judged import SCHEME, JudgedSet
from cli.evaluation.metrics import mean, percentile
from cli.evaluation.records import require_writable
from cli.evaluation.retrieval import NO_SERVERS, at_home, require_own, take_in_set
from cli.exits import Exits
from cli.setup import settings_for_command
from cli.wire import print_json

PURPOSE = "attache eval answers"
_OVERLAP = 0.5


class AnswerRecord(BaseModel):
    """What was measured of one answer; None where the set does not say what would be right."""

    id: str
    question: str
    answer: str
    answerable: bool
    abstained: bool
    confidence: float | None
    sentences_f1: float | None
    holds_answer: bool | None
    citations: int
    citations_right: int | None
    source_cited: bool | None
    quotations_exact: bool
    sentences: int
    sentences_proved: int
    sentences_checked: int
    sentences_faithful: int
    latency_ms: float


class AnswerFigures(BaseModel):
    """Shares in [0, 1], higher is better, None where nothing was to be measured.

    `refusal_*` are of refusing what cannot be answered; `refused_wrongly` is the share of what can
    be answered that was refused, lower is better. `faithful` is of the sentences of answers that
    state anything, each checked again as somebody else's text against the passages found, without
    knowing what it cites. `answerable_auc` is how often a question that
    can be answered gets a higher confidence than one that cannot.
    """

    questions: int
    refusal_precision: float | None
    refusal_recall: float | None
    refusal_f1: float | None
    refused_wrongly: float | None
    answerable_auc: float | None
    sentences_f1: float | None
    holds_answer: float | None
    citation_precision: float | None
    citation_recall: float | None
    quotations_exact: float | None
    sentences_proved: float | None
    faithful: float | None
    latency_ms: dict[str, float] = Field(description="p50 and p95 of a whole answer")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be measured, and where the set is kept."""

    folder: Path
    queries: Path | None = None
    limit: int | None = None
    keep: Path | None = None
    per_question: Path | None = None


def measure(wanted: Wanted, *, as_json: bool) -> Exits:
    """Writes the figures of a set of questions or claims; `INCOMPLETE` where a text is missing.

    Raises:
        ConfigurationError: a file is missing or cannot be written, or what is kept is a library
            of something else.
        LibraryError: the library is in use or cannot be opened.
    """
    settings = settings_for_command()
    if is_claim_set(wanted.folder):
        claims = WantedClaims(wanted.folder, wanted.limit, wanted.per_question)
        return measure_claims(claims, settings, as_json=as_json)
    if wanted.per_question is not None:
        require_writable(wanted.per_question)
    answers = read_answer_set(wanted.folder, wanted.queries, wanted.limit)
    with at_home(wanted.keep) as home:
        own = settings.model_copy(update={"home": home, **NO_SERVERS})
        with open_backends(own, PURPOSE) as backends:
            require_own(backends, home)
            report = take_in_set(JudgedSet(answers.corpus, (), {}), backends, own)
            records = list(measured(answers, backends))
    if wanted.per_question is not None:
        _save(wanted.per_question, records)
    figures = figures_of(records)
    if as_json:
        print_json(figures)
    else:
        results().print(_table(figures))
    return Exits.INCOMPLETE if report.failed else Exits.DONE


def measured(answers: AnswerSet, backends: Backends) -> Iterator[AnswerRecord]:
    """A record of every question, in order; how far it has come shows on a terminal."""
    shown: Iterable[Item] = track(
        answers.items, "questions", console=messages(), disable=not messages().is_terminal
    )
    for item in shown:
        began = perf_counter()
        question = Question(text=item.text, history=item.said)
        answer = asyncio.run(backends.assistant.answer(question))
        yield record_of(item, answer, (perf_counter() - began) * 1000, backends)


def record_of(item: Item, answer: Answer, ms: float, backends: Backends) -> AnswerRecord:
    """What an answer is worth beside what is known of the question."""
    span = backends.library.ledger.span
    checked = _checked_again(answer, backends)
    right = [one.source_uri == f"{SCHEME}{item.source}" for one in answer.citations]
    known = item.source is not None and item.answerable and not answer.abstained
    judged = item.answerable and not answer.abstained
    return AnswerRecord(
        id=item.question_id,
        question=item.text,
        answer=answer.text,
        answerable=item.answerable,
        abstained=answer.abstained,
        confidence=answer.confidence,
        sentences_f1=_sentences_f1(item, answer) if item.answerable and item.sentences else None,
        holds_answer=_holds(item, answer) if judged and item.short_answers else None,
        citations=len(answer.citations),
        citations_right=sum(right) if known else None,
        source_cited=any(right) if known else None,
        quotations_exact=all(
            span(c.document_id, c.version_id, c.start, c.end) == c.quote for c in answer.citations
        ),
        sentences=len(answer.sentences),
        sentences_proved=sum(one.verdict != "unsupported" for one in answer.sentences),
        sentences_checked=len(checked),
        sentences_faithful=checked.count(True),
        latency_ms=round(ms, 2),
    )


def figures_of(records: Sequence[AnswerRecord]) -> AnswerFigures:
    """The means over the records, of which there is one at least."""
    refused = [one for one in records if one.abstained]
    unanswerable = [one for one in records if not one.answerable]
    answerable = [one for one in records if one.answerable]
    right = sum(not one.answerable for one in refused)
    precision, recall = _share(right, len(refused)), _share(right, len(unanswerable))
    cited = [one for one in records if one.citations_right is not None]
    taken = [one.latency_ms for one in records]
    return AnswerFigures(
        questions=len(records),
        refusal_precision=precision,
        refusal_recall=recall,
        refusal_f1=_f1(precision, recall),
        refused_wrongly=_share(sum(one.abstained for one in answerable), len(answerable)),
        answerable_auc=_auc(answerable, unanswerable),
        sentences_f1=_mean([one.sentences_f1 for one in records]),
        holds_answer=_mean([one.holds_answer for one in records]),
        citation_precision=_share(
            sum(one.citations_right or 0 for one in cited), sum(one.citations for one in cited)
        ),
        citation_recall=_mean([one.source_cited for one in records]),
        quotations_exact=_mean([one.quotations_exact for one in records]),
        sentences_proved=_share(
            sum(one.sentences_proved for one in records), sum(one.sentences for one in records)
        ),
        faithful=_share(
            sum(one.sentences_faithful for one in records),
            sum(one.sentences_checked for one in records),
        ),
        latency_ms={f"p{p}": round(percentile(taken, p / 100), 1) for p in (50, 95)},
    )


def _checked_again(answer: Answer, backends: Backends) -> list[bool]:
    """Of every sentence that states anything, whether the passages carry it."""
    if answer.abstained or not answer.sentences:
        return []
    passages = tuple(GivenPassage(one.text, one.stored.metadata.title) for one in answer.passages)
    text = "\n".join(one.text for one in answer.sentences)
    checker = Checker(backends.retriever, backends.encoder)
    found = checker.check(TextToCheck(text, passages)).sentences
    return [one.verdict != "unsupported" for one in found if one.verdict != "unchecked"]


def _sentences_f1(item: Item, answer: Answer) -> float:
    """How well the quotations match the sentences that people chose; 0 for a refusal."""
    quotes = list(dict.fromkeys(one.quote for one in answer.citations))
    right = sum(any(_same(quote, one) for one in item.sentences) for quote in quotes)
    met = sum(any(_same(quote, one) for quote in quotes) for one in item.sentences)
    return _f1(_share(right, len(quotes)), _share(met, len(item.sentences))) or 0.0


def _same(quote: str, sentence: str) -> bool:
    """Whether the longer of two texts holds the shorter, and this is most of it."""
    short, long = sorted((_bare(quote), _bare(sentence)), key=len)
    return bool(short) and short in long and len(short) >= _OVERLAP * len(long)


def _holds(item: Item, answer: Answer) -> bool:
    said = _bare(answer.text)
    return any(_bare(one) in said for one in item.short_answers)


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _auc(answerable: Sequence[AnswerRecord], others: Sequence[AnswerRecord]) -> float | None:
    high = [one.confidence for one in answerable if one.confidence is not None]
    low = [one.confidence for one in others if one.confidence is not None]
    wins = sum((a > b) + (a == b) / 2 for a in high for b in low)
    return _share(wins, len(high) * len(low))


def _share(part: float, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _f1(precision: float | None, recall: float | None) -> float | None:
    if precision is None or recall is None:
        return None
    return round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0


def _mean(values: Sequence[float | None]) -> float | None:
    known = [float(value) for value in values if value is not None]
    return round(mean(known), 4) if known else None


def _save(path: Path, records: Sequence[AnswerRecord]) -> None:
    try:
        lines = "".join(f"{one.model_dump_json()}\n" for one in records)
        path.write_text(lines, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(
            f"{path} cannot be written: {error.strerror}. Name another file."
        ) from error


def _table(figures: AnswerFigures) -> Table:
    table = Table("measure", "figure", box=None)
    for name, value in figures.model_dump().items():
        if isinstance(value, dict):
            for part, ms in value.items():
                table.add_row(f"{part} of an answer, ms", f"{ms:.1f}")
        elif value is not None:
            table.add_row(
                name.replace("_", " "), f"{value:.3f}" if name != "questions" else str(value)
            )
    return table
