"""A sentence's chance beside the sentence before it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.answers.features import refers
from assistant.answers.pool import Pooled

# What goes on from a sentence that is likely to answer has this share of its chance.
_GOES_ON = 0.4
_GOING_ON = re.compile(
    r"^[\W_]*(?:(?:in (?:exchange|return|contrast|response|particular|addition|other words)|"
    r"for (?:example|instance|one)|instead|rather|among|specifically|namely|first(?:ly)?|"
    r"(?:one|another)(?: \w+){0,2} (?:was|is|were|are)|second(?:ly)?,)\b|"
    r"the (?:first|directive|agreement|treaty|plan|resolution|act|report|law|accord|pact|document|"
    r"declaration|doctrine|policy|proposal|note|letter|convention|conference|committee|commission)\b)",
    re.IGNORECASE,
)
_PROMISES = re.compile(r":\s*$")
# A blank or two stand between a sentence and the next.
_NEXT = 3


def in_their_places(pool: Sequence[Pooled]) -> list[Pooled]:
    """The sentences, likelier where they go on from one that is likely.

    "There were three. The first …": what answers may stand after the sentence that has the
    question's words.
    """
    raised = dict(_raised(pool))
    return [replace(o, chance=raised.get(o.place, o.chance)) for o in pool]


def _raised(pool: Sequence[Pooled]) -> Iterator[tuple[tuple[str, str, int], float]]:
    for one, other in pairwise(sorted(pool, key=lambda each: each.place)):
        if _follows(one, other) and _goes_on(one, other):
            yield other.place, max(other.chance, _GOES_ON * one.chance)


def _goes_on(one: Pooled, other: Pooled) -> bool:
    """Whether the line before promises the sentence, or it leans on what was said there."""
    if _PROMISES.search(one.text):
        return True
    leans = refers(other.text) or _GOING_ON.match(other.text) is not None
    return leans and not other.part.leads


def _follows(one: Pooled, other: Pooled) -> bool:
    between = other.place[2] - one.place[2] - len(one.text)
    return one.place[:2] == other.place[:2] and between <= _NEXT
