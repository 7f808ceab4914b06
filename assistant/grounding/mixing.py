"""What is said of one thing and put to another: a subject of one clause, the rest of the next.

Names are compared by `assistant.grounding.subjects`; here the subject may be any word.
"""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import takewhile

from assistant.grounding.meanings import akin, mean_the_same
from assistant.grounding.operators import is_operator
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase

_JOINS = r"and|but|while|whereas|et|mais|tandis"
_BREAK = re.compile(rf"[,;:()—–]|[.!?](?=\s|$)|\b(?:{_JOINS})\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[«“(\"]?[A-ZÀ-Þ])")
# A subject has so many telling words at most.
_LONGEST = 4
_PRONOUN_LIST = "it he she they this that these those there what who il elle ils elles ce cela qui"
_PRONOUNS = frozenset(_PRONOUN_LIST.split())
_FEWEST = 2


def mixed(sentence: str, span: str, around: str) -> str:
    """What is wrong where a clause or sentence of the span says of another what is said here.

    All but what the sentence begins with stands there, and it begins with something else, while a
    sentence around begins with the same and goes on otherwise.
    """
    clauses = _parts(sentence)
    if len(clauses) != 1 or len(clauses[0]) < _FEWEST:
        return ""
    mine = clauses[0]
    every = [*_parts(span), *_sentences(span)]
    if any(all(_has(one, each) for one in mine) for each in every):
        return ""
    for each in every:
        subject = mine[: _last_missing(mine[:_LONGEST], each) + 1]
        instead = _instead(mine[len(subject) :], each) if subject else ()
        if (
            instead
            and not any(_has(one, mine) for one in instead)
            and not _stand_for_others(subject[0], instead[0])
            and any(_tells_of(subject, one) for one in (*_parts(around), *_sentences(around)))
        ):
            return phrase("another-name", given=instead[0].text, said=subject[0].text)
    return ""


def _instead(rest: Sequence[Term], part: Sequence[Term]) -> Sequence[Term]:
    """What the part begins with, if it has all of the rest behind it."""
    if not rest or not all(_has(one, part) for one in rest):
        return ()
    return tuple(takewhile(lambda one: not _has(one, rest), part))


def _stand_for_others(*words: Term) -> bool:
    return any(one.text.lower().partition("’")[0].partition("'")[0] in _PRONOUNS for one in words)


def _last_missing(words: Sequence[Term], others: Sequence[Term]) -> int:
    return max((i for i, one in enumerate(words) if not _has(one, others)), default=-1)


def _tells_of(subject: Sequence[Term], part: Sequence[Term]) -> bool:
    """Whether the part begins with the subject, and goes on: alone, it is one of a list."""
    begins = part[: len(subject) + 1]
    return len(part) > len(subject) and all(_has(one, begins) for one in subject)


def _has(one: Term, others: Collection[Term]) -> bool:
    return any(
        one.key == other.key or mean_the_same(one.key, other.key) or akin(one.key, other.key)
        for other in others
    )


@lru_cache(maxsize=1024)
def _sentences(text: str) -> tuple[tuple[Term, ...], ...]:
    """The telling words of each sentence, after its bullet, but pronouns in their first place."""
    found = (_telling(each) for line in text.splitlines() for each in _SENTENCE.split(line))
    return tuple(each for each in found if each)


def _telling(text: str) -> tuple[Term, ...]:
    return tuple(one for one in terms(text) if one.kind is not Kind.COMMON and not is_operator(one))


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
