"""Which day belongs to which verb: what opened in October and ended in November opened in October.

Nothing is told of a span with one date, or whose verbs do not say what the sentence's does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from assistant.grounding.meanings import akin, may_be_a_verb, mean_the_same, opposite
from assistant.grounding.predicates import deed_of, is_deed
from assistant.grounding.terms import Kind, Term, is_irregular, terms
from assistant.phrases import phrase

_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
_DAY = re.compile(r"[12]?[0-9]|3[01]")
_APART = re.compile(r"[.!?](?=\s+[A-ZÀ-Þ“\"])|[;:]")
# What stands in front of a date that may be that of the verb behind it.
_OPENS = re.compile(
    r"(?:^|[,;:.(]|\b(?:and|but|then))\s*(?:(?:on|in|by|until|since|of)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_BEFORE = 30
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class _Date:
    month: str
    day: str
    year: str
    start: int
    end: int

    def may_be(self, other: "_Date") -> bool:
        """Whether both may be the same, as far as each is told."""
        same = (self.month, other.month), (self.day, other.day), (self.year, other.year)
        return all(one == two or not (one and two) for one, two in same)


def dated_by_another(sentence: str, span: str) -> str:
    """What is wrong where the span dates what is done, and otherwise; else empty."""
    deed, said = deed_of(sentence), _dates(sentence)
    if deed is None or len(said) != 1 or len(_dates(span)) < _SEVERAL:
        return ""
    mine, given = said[0], _of_verbs(span)
    same = [each for verb, each in given if verb.key == deed.verb.key]
    same = same or [each for verb, each in given if mean_the_same(verb.key, deed.verb.key)]
    same = same or [each for verb, each in given if akin(verb.key, deed.verb.key)]
    if not same:
        against = (each for verb, each in given if opposite(verb.key, deed.verb.key))
        wrong = next((one for each in against for one in each if one.may_be(mine)), None)
        return phrase("word-added", said=deed.verb.text) if wrong else ""
    theirs = [one for each in same for one in each]
    if not theirs or any(one.may_be(mine) for one in theirs):
        return ""
    return phrase("another-number", given=_shown(span, theirs[0]), said=_shown(sentence, mine))


def _shown(text: str, date: _Date) -> str:
    return text[date.start : date.end]


@lru_cache(maxsize=1024)
def _of_verbs(text: str) -> tuple[tuple[Term, tuple[_Date, ...]], ...]:
    """The verbs of a text, each with the dates that may be its own."""
    found = terms(text)
    verbs = [one for i, one in enumerate(found) if _is_verb(text, found, i)]
    of: dict[Term, list[_Date]] = {one: [] for one in verbs}
    for date in _dates(text):
        before = [one for one in verbs if one.end <= date.start]
        behind = [one for one in verbs if one.start >= date.end]
        last = (
            before[-1] if before and not _APART.search(text, before[-1].end, date.start) else None
        )
        following = (
            behind[0] if behind and not _APART.search(text, date.end, behind[0].start) else None
        )
        if last:
            of[last].append(date)
        opens = _OPENS.search(text[max(0, date.start - _BEFORE) : date.start])
        if following and (opens or not last):
            of[following].append(date)
    return tuple((one, tuple(each)) for one, each in of.items() if each)


def _is_verb(text: str, found: tuple[Term, ...], i: int) -> bool:
    one = found[i]
    if one.kind is not Kind.WORD or not may_be_a_verb(one.key):
        return False
    small = one.text.lower()
    return small.endswith("ed") or is_irregular(small) or is_deed(text, found, i)


@lru_cache(maxsize=1024)
def _dates(text: str) -> tuple[_Date, ...]:
    """The dates of a text that tell a day, or a month of a year."""
    return tuple(_read(terms(text)))


def _read(found: tuple[Term, ...]) -> Iterator[_Date]:
    for i, one in enumerate(found):
        if one.kind is Kind.MONTH:
            days = [each for each in found[max(0, i - 1) : i] if _is_day(each)]
            behind = [*takewhile(lambda each: each.kind is Kind.NUMBER, found[i + 1 : i + 3])]
            days = days or [each for each in behind[:1] if _is_day(each)]
            years = [each for each in behind if _YEAR.fullmatch(each.key)]
            both = [*days[:1], *years[:1]]
            if both:
                start = min(each.start for each in (one, *both))
                end = max(each.end for each in (one, *both))
                day, year = (each[0].key if each else "" for each in (days, years))
                yield _Date(one.key, day, year, start, end)


def _is_day(one: Term) -> bool:
    return one.kind is Kind.NUMBER and bool(_DAY.fullmatch(one.key))
