"""A question that is asked in two forms, and the candidates of both put in one order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from statistics import fmean

from assistant.retrieval.ranking import Ranked
from assistant.types import StandaloneQuestion

Join = Callable[[Iterable[float]], float]
"""What is made of the scores that a candidate has; of both, the mean measured best."""


def with_rewrite(question: StandaloneQuestion, rewrite: str) -> StandaloneQuestion:
    """The question to be searched in both forms; as it is where there is no rewrite."""
    return replace(question, text=rewrite, rewritten=rewrite) if rewrite else question


def forms(question: StandaloneQuestion) -> list[StandaloneQuestion]:
    """The question as it was asked in its conversation, and as rewritten where it was."""
    alone = question.asked == question.rewritten and not question.background
    if alone or not question.rewritten:
        return [question]
    rewritten = StandaloneQuestion(text=question.rewritten, asked=question.rewritten)
    return [replace(question, rewritten=""), rewritten]


def joined(lists: Sequence[list[Ranked]], join: Join = fmean) -> list[Ranked]:
    """The candidates of several lists, best first; equal scores in the order of their chunk's id.

    Each has the mean of its scores, of which one is 0 where a list does not hold it: it was not
    among the candidates.
    """
    if len(lists) == 1:
        return lists[0]
    scores = [{one.candidate.chunk_id: one.score for one in found} for found in lists]
    every = {one.candidate.chunk_id: one.candidate for found in lists for one in found}
    both = [
        Ranked(candidate, round(join([known.get(chunk_id, 0.0) for known in scores]), 4))
        for chunk_id, candidate in every.items()
    ]
    return sorted(both, key=lambda one: (-one.score, one.candidate.chunk_id))
