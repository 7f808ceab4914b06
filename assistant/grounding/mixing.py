"""What is said of one thing and put to another: a subject of one clause, the rest of the next.

Names are compared by `assistant.grounding.subjects`; here the subject may be any word.
"""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from assistant.grounding.meanings import akin, mean_the_same
from assistant.grounding.operators import is_operator
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase

_JOINS = r"and|but|while|whereas|et|mais|tandis"
_BREAK = re.compile(rf"[,;:()—–]|[.!?](?=\s|$)|\b(?:{_JOINS})\b", re.IGNORECASE)
_PRONOUNS = frozenset({"it", "he", "she", "they", "il", "elle", "ils", "elles"})
_FEWEST = 2


def mixed(sentence: str, span: str, around: str) -> str:
    """What is wrong where a clause of the span has all that a sentence says of its first word.

    And begins with another, while a clause around tells something else of the first.
    """
    parts = _parts(sentence)
    if len(parts) != 1 or len(parts[0]) < _FEWEST:
        return ""
    subject, *rest = parts[0]
    having = [part for part in _parts(span) if all(_has(one, part) for one in rest)]
    if not having or any(_has(subject, part) for part in having):
        return ""
    instead = having[0][0]
    if (
        _has(instead, parts[0])
        or instead.text.lower() in _PRONOUNS
        or not any(_tells_of(subject, one) for one in _parts(around))
    ):
        return ""
    return phrase("another-name", given=instead.text, said=subject.text)


def _tells_of(subject: Term, part: Sequence[Term]) -> bool:
    """Whether the part begins with the subject, and goes on: alone, it is one of a list."""
    return len(part) >= _FEWEST and _has(subject, part[:1])


def _has(one: Term, others: Collection[Term]) -> bool:
    return any(
        one.key == other.key or mean_the_same(one.key, other.key) or akin(one.key, other.key)
        for other in others
    )


@lru_cache(maxsize=1024)
def _parts(text: str) -> tuple[tuple[Term, ...], ...]:
    """The telling words of each clause, by its stops and the words that join."""
    found: list[list[Term]] = [[]]
    end = 0
    for one in terms(text):
        if _BREAK.search(text, end, one.end):
            found.append([])
        if one.kind is not Kind.COMMON and not is_operator(one):
            found[-1].append(one)
        end = one.end
    return tuple(tuple(part) for part in found if part)
