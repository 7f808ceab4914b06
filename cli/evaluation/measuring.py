"""Asks the product's own retriever every question of a judged set."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from time import perf_counter

from rich.console import Console
from rich.progress import track

from assistant.backends import Backends
from assistant.retrieval.topic import understood
from assistant.types import Filters, Passage
from cli.evaluation.judged import SCHEME, JudgedSet, Query
from cli.evaluation.metrics import measures
from cli.evaluation.records import QuestionRecord, RankedText

PASSAGES = 100
"""Passages asked for, to see how deep the relevant ones lie; an answer takes fewer."""


def measure_questions(
    judged: JudgedSet, backends: Backends, top_k: int, *, history: bool, console: Console
) -> Iterator[QuestionRecord]:
    """A record of every question, in order; how far it has come shows on a terminal.

    The time is that of the passages an answer is composed from, `top_k` of them, with the
    question's embedding; the ranking is of as many passages as the measures look at. Without
    history, the last words of a conversation are asked by themselves.
    """
    corpus = {source.uri for source in judged.corpus}
    # Not counted: the first search opens what later ones find open.
    passages_for(judged.queries[0], backends, PASSAGES, history=history)
    for query in _shown(judged.queries, console):
        started = perf_counter()
        passages_for(query, backends, top_k, history=history)
        ms = (perf_counter() - started) * 1000
        found = passages_for(query, backends, PASSAGES, history=history)
        ranked = [one for one in best_of_each(found) if f"{SCHEME}{one.text_id}" in corpus]
        yield record_of(query, ranked, judged, ms)


def record_of(
    query: Query, ranked: Sequence[RankedText], judged: JudgedSet, ms: float
) -> QuestionRecord:
    """What was found for a question, best first, beside what was judged."""
    gains = judged.judgements[query.query_id]
    return QuestionRecord(
        id=query.query_id,
        question=query.text,
        metrics=measures([one.text_id for one in ranked], gains),
        latency_ms=round(ms, 3),
        ranked=tuple(ranked),
    )


def passages_for(
    query: Query, backends: Backends, top_k: int, *, history: bool = True
) -> list[Passage]:
    """What the product finds now, best first."""
    return backends.retriever.retrieve(
        understood(query.text, query.history if history else (), backends.encoder),
        as_of=datetime.now(UTC),
        top_k=top_k,
        filters=Filters(),
    )


def best_of_each(passages: Iterable[Passage]) -> list[RankedText]:
    """The texts by their best passage, best first."""
    best: dict[str, float] = {}
    for passage in passages:
        best.setdefault(passage.stored.source_uri.removeprefix(SCHEME), passage.score)
    return [RankedText(id=text_id, score=score) for text_id, score in best.items()]


def _shown(queries: Sequence[Query], console: Console) -> Iterable[Query]:
    return track(
        queries,
        description="questions",
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
