"""What a sentence takes from two facts of its span: the figure of one, and the words of another."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile

from assistant.grounding.meanings import akin
from assistant.grounding.operators import is_operator
from assistant.grounding.predicates import BE
from assistant.grounding.small import PRONOUNS
from assistant.grounding.subjects import PART_ENDS, without_asides
from assistant.grounding.terms import Kind, Term, is_irregular, terms
from assistant.phrases import phrase

_JOINING = frozenset({"and", "while", "but", "whereas", "then", "et", "mais", "puis"})
_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
_FIGURES = frozenset({Kind.NUMBER, Kind.MONTH})
# Of a sentence that tells a date, its day counts.
_DATED = frozenset({(Kind.MONTH, False)})
# The number of a paragraph counts nothing.
_LABEL = re.compile(r"^\s*\(?\d{1,3}(?:\.\d{1,3})*[.)]\s+")
_DESIGNATION = re.compile(r"[A-Z][-–]")


def another_fact(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong where the words stand beside other figures than those of the sentence.

    Of "signed in 2007 and in force in 2008" nothing was signed in 2008.
    """
    span = _LABEL.sub("", span)
    said = {one.key: one for one in terms(sentence) if _counts(one) and not _names(sentence, one)}
    words = {one.key for one in terms(sentence) if _tells(one)}
    counted = {one.key for one in terms(sentence) if one.kind in _FIGURES}
    parts = _facts(span)
    mine = [part for part in parts if said.keys() <= _keys(part)]
    if not said or len(parts) == 1 or not mine:
        return []
    here = min(mine, key=lambda part: len(words - _keys(part)))
    own = [key for key in _words(here) if not any(akin(key, word) for word in words)]
    # A year does not tell apart what figures of another kind do.
    kinds = {_kind(one) for one in said.values()}
    for other in parts:
        figures = [one for one in other if _counts(one) and one.key not in counted]
        days = set() if set(map(_kind, said.values())) & _DATED else _days(other)
        alike = [one for one in figures if _kind(one) in kinds and one not in days]
        if other not in mine and own and alike and _tells_more(words, other, here):
            return [_told(alike, list(said.values()))]
    return []


def _names(text: str, one: Term) -> bool:
    """Whether a figure is part of a designation, and counts nothing: "S-400"."""
    return _DESIGNATION.match(text, max(0, one.start - 2)) is not None


def _days(part: Sequence[Term]) -> set[Term]:
    """The figures beside a month: they are no number of anything."""
    beside = (pair for pair in pairwise(part) if any(one.kind is Kind.MONTH for one in pair))
    return {one for pair in beside for one in pair if not _is_year(one.key)}


def _tells_more(words: set[str], other: Sequence[Term], here: Sequence[Term]) -> bool:
    """Whether one fact has what another lacks of the words, and more of them than it has.

    As many are enough where the other begins with something else: with a subject of its own.
    """
    known = _keys(here) | _subject(other, here)
    missing = {one for one in words - known if not any(akin(one, key) for key in _keys(here))}
    own = [key for key in _words(here)[:1] if not any(akin(key, word) for word in words)]
    most, least = len(words & _keys(other)), len(words & _keys(here))
    return bool(missing & _keys(other)) and (most > least or (most == least and bool(own)))


def _subject(other: Sequence[Term], here: Sequence[Term]) -> set[str]:
    """The keys of what one fact begins with, where another before or behind it has no subject.

    In "Rice returned in 1991 and from 1993 she served" both are of Rice.
    """
    first = next((one for one in here if one.text.lower() not in _JOINING), None)
    stands = [one for one in here if one.text.lower() in PRONOUNS]
    done = first is not None and (first.text.endswith("ed") or is_irregular(first.text.lower()))
    if not (stands or done):
        return set()
    return {one.key for one in takewhile(_is_no_verb, other)}


def _is_no_verb(one: Term) -> bool:
    small = one.text.lower()
    done = small.endswith("ed") or is_irregular(small)
    return one.kind is Kind.NAME or not (done or small in BE)


def _told(given: Sequence[Term], said: Sequence[Term]) -> str:
    pairs = [(one, other) for one in given for other in said]
    one, other = max(pairs, key=lambda pair: _alike(*pair))
    return phrase("another-number", given=one.text, said=other.text)


def _alike(one: Term, other: Term) -> tuple[bool, bool, int]:
    """How easily one figure is told for another; numbers before months."""
    number = one.kind is other.kind is Kind.NUMBER
    return number, len(one.text) == len(other.text), len(one.text)


def _kind(one: Term) -> tuple[Kind, bool]:
    return one.kind, _is_year(one.key)


def _counts(one: Term) -> bool:
    """A month, or a figure in digits or above ten: "two" is seldom what tells facts apart."""
    in_digits = one.text[0].isdigit() or len(one.key) > 1
    return one.kind is Kind.MONTH or (one.kind is Kind.NUMBER and in_digits)


def _is_year(key: str) -> bool:
    return bool(_YEAR.fullmatch(key))


def _tells(one: Term) -> bool:
    return one.kind in {Kind.NAME, Kind.WORD} and not is_operator(one)


def _keys(part: Sequence[Term]) -> set[str]:
    return {one.key for one in part}


def _words(part: Sequence[Term]) -> list[str]:
    return [one.key for one in part if _tells(one)]


@lru_cache(maxsize=1024)
def _facts(span: str) -> tuple[tuple[Term, ...], ...]:
    """The pieces of a text that have figures, each with those beside it that have none."""
    found: list[list[Term]] = []
    for piece in _pieces(without_asides(span)):
        counts = any(map(_counts, piece))
        open_ = found and not any(map(_counts, found[-1]))
        if not found or (counts and not open_):
            found.append(list(piece))
        else:
            found[-1].extend(piece)
    return tuple(tuple(one) for one in found)


def _pieces(text: str) -> Iterator[list[Term]]:
    piece: list[Term] = []
    for one in terms(text):
        if piece and _parts(text, piece[-1], one):
            yield piece
            piece = []
        piece.append(one)
    if piece:
        yield piece


def _parts(text: str, one: Term, after: Term) -> bool:
    """Whether a piece ends between the two; none does inside a date."""
    if one.kind in _FIGURES and after.kind in _FIGURES:
        return False
    return after.text.lower() in _JOINING or bool(PART_ENDS.search(text, one.end, after.start))
