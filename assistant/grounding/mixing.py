"""What is said of one thing and put to another: a subject of one clause, the rest of the next.

Names are compared by `assistant.grounding.subjects`; here the subject may be any word.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import dropwhile, takewhile

from assistant.grounding.meanings import akin, mean_the_same
from assistant.grounding.operators import is_operator
from assistant.grounding.parts import first_verb
from assistant.grounding.sentences import sentences
from assistant.grounding.small import HARMLESS, PRONOUNS, UNTOLD, WHEN
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase

_JOINS = r"and|but|while|whereas|et|mais|tandis"
_BREAK = re.compile(rf"[,;:()—–]|[.!?](?=\s|$)|\b(?:{_JOINS})\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[«“(\"]?[A-ZÀ-Þ])|\n")
# On either side of these something is said of something else.
_CONTRAST = re.compile(r",?\s+(?:while|whereas|tandis que|alors que)\s+")
# A subject has so many telling words at most.
_LONGEST = 4
_UNTOLD = UNTOLD | {"été"}
_FEWEST = 2

Words = tuple[Term, ...]


def mixed(sentence: str, span: str, around: str) -> str:
    """What is wrong where a statement or clause of the span says of another what is said here.

    All but what the sentence begins with stands there, and it begins with something else, while a
    sentence around begins with the same and goes on otherwise.
    """
    given = [_told(one) for each in sentences(span) for one in _CONTRAST.split(each.text)]
    # One of several clauses may have its subject in the clause before.
    clauses = _parts(span) if len(_parts(sentence)) == 1 else ()
    for mine in map(_told, _CONTRAST.split(sentence)):
        if len(mine) < _FEWEST or any(_is_all_in(mine, each) for each in given):
            continue
        for each in (*given, *clauses):
            subject = mine[: _last_missing(mine[:_LONGEST], each) + 1]
            instead = _instead(mine[len(subject) :], each) if subject else ()
            # Who is named in the statement, too, may have the rest of it.
            if not subject or _means(subject[0], each) or _is_of_page(subject, span, around):
                continue
            if _is_another(subject, instead) and _is_told_of(subject, around):
                return phrase("another-name", given=instead[0].text, said=subject[0].text)
    return ""


def _is_of_page(subject: Words, span: str, around: str) -> bool:
    """Whether a span without a verb leaves to the title of what, or of whom, it tells."""
    return first_verb(span) is None and all(
        _has(one, _told(around.partition("\n")[0])) for one in subject
    )


def _is_all_in(mine: Words, statement: Words) -> bool:
    """Whether the statement has all the words; what it begins with, no akin one in the place."""
    begins = _last_missing(mine[:_LONGEST], statement) < 0
    return begins and all(_has(one, statement) for one in mine)


def _is_another(subject: Sequence[Term], instead: Sequence[Term]) -> bool:
    """Whether the one is a subject, and has no word of the other."""
    is_none = any(one.kind is Kind.NUMBER for one in subject) or subject[-1].text.endswith("ly")
    return (
        bool(instead)
        and not is_none
        and not any(_has(one, subject) for one in instead)
        and not any(map(_is_pronoun, (subject[0], instead[0])))
    )


def _instead(rest: Sequence[Term], part: Sequence[Term]) -> Sequence[Term]:
    """What the part begins with, if it has all of the rest behind it."""
    if not rest or not all(_has(one, part) for one in rest):
        return ()
    keys = {one.key for one in rest}
    return tuple(takewhile(lambda one: one.key not in keys, part))


def _is_pronoun(one: Term) -> bool:
    return one.text.lower().partition("’")[0].partition("'")[0] in PRONOUNS


def _last_missing(words: Sequence[Term], others: Sequence[Term]) -> int:
    return max((i for i, one in enumerate(words) if not _means(one, others)), default=-1)


def _is_told_of(subject: Sequence[Term], around: str) -> bool:
    """Whether a clause or sentence around tells of the subject."""
    return any(_tells_of(subject, one) for one in (*_parts(around), *_statements(around)))


def _tells_of(subject: Sequence[Term], part: Sequence[Term]) -> bool:
    """Whether the part begins with the subject, and goes on: alone, it is one of a list."""
    begins = part[: len(subject) + 1]
    return len(part) > len(subject) and all(_has(one, begins) for one in subject)


def _means(one: Term, others: Collection[Term]) -> bool:
    return any(one.key == other.key or mean_the_same(one.key, other.key) for other in others)


def _has(one: Term, others: Collection[Term]) -> bool:
    return _means(one, others) or any(akin(one.key, other.key) for other in others)


@lru_cache(maxsize=1024)
def _statements(text: str) -> tuple[Words, ...]:
    """The telling words of each sentence."""
    return tuple(filter(None, map(_told, _SENTENCE.split(text))))


@lru_cache(maxsize=2048)
def _told(text: str) -> Words:
    """The telling words of a statement; a pronoun counts where it begins."""
    return tuple(_telling(terms(text)))


def _telling(found: Sequence[Term]) -> Iterator[Term]:
    for i, one in enumerate(dropwhile(lambda one: one.text.lower() in WHEN, found)):
        if one.kind is Kind.COMMON or is_operator(one) or one.key in HARMLESS:
            if not i and _is_pronoun(one):
                yield one
        elif not i or one.text.lower() not in _UNTOLD:
            yield one


@lru_cache(maxsize=1024)
def _parts(text: str) -> tuple[Words, ...]:
    """The telling words of each clause, by its stops and the words that join."""
    found: list[list[Term]] = [[]]
    end = 0
    for one in terms(text):
        if _BREAK.search(text, end, one.end):
            found.append([])
        found[-1].append(one)
        end = one.end
    return tuple(filter(None, (tuple(_telling(part)) for part in found)))
