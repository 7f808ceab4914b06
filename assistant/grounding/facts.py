"""What a sentence takes from two facts of its span: the figure of one, and the words of another."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.grounding.meanings import akin
from assistant.grounding.operators import is_operator
from assistant.grounding.subjects import PART_ENDS, without_asides
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase

_JOINING = frozenset({"and", "while", "but", "whereas", "then", "et", "mais", "puis"})
_FIGURES = frozenset({Kind.NUMBER, Kind.MONTH})


def another_fact(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong where the words stand beside other figures than those of the sentence.

    Of "signed in 2007 and in force in 2008" nothing was signed in 2008.
    """
    said = {one.key: one for one in terms(sentence) if _counts(one)}
    words = {one.key for one in terms(sentence) if _tells(one)}
    counted = {one.key for one in terms(sentence) if one.kind is Kind.NUMBER}
    parts = _facts(span)
    if not said or len(parts) == 1:
        return []
    mine = [part for part in parts if said.keys() <= _keys(part)]
    if not mine:
        return []
    here = min(mine, key=lambda part: len(words - _keys(part)))
    own = [key for key in _words(here) if not any(akin(key, word) for word in words)]
    missing = words - _keys(here)
    for other in parts:
        figures = [one for one in other if _counts(one) and one.key not in counted]
        more = len(words & _keys(other)) >= len(words & _keys(here))
        if more and other not in mine and own and figures and missing & _keys(other):
            pairs = [(given.text, number.text) for given in figures for number in said.values()]
            given, number = max(
                pairs, key=lambda pair: (len(pair[0]) == len(pair[1]), len(pair[0]))
            )
            return [phrase("another-number", given=given, said=number)]
    return []


def _counts(one: Term) -> bool:
    """A figure in digits: "two" is seldom what tells facts apart."""
    return one.kind is Kind.NUMBER and one.text[0].isdigit()


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
