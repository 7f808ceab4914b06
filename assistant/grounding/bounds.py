"""Bounds of figures: more than so many are not exactly so many, nor about, nor a limit of so many.

A sentence that bounds a figure of its span has to bound it on the same side.
"""

import re
from enum import StrEnum

from assistant.grounding.meanings import akin
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase


class Bound(StrEnum):
    """How a text bounds a figure."""

    NONE = "none"
    LEAST = "least"
    MOST = "most"
    ABOVE = "above"
    BELOW = "below"
    ABOUT = "about"


_LEADING: dict[Bound, str] = {
    Bound.LEAST: r"at least|(?:no|not) (?:fewer|less) than|(?:a )?minimum(?: of)?|au moins",
    Bound.MOST: r"at most|(?:no|not) (?:more|greater|larger|longer) than|not exceed(?:ing)?|up to|"
    r"(?:a )?maximum(?: of)?|(?:limit|cap|restrict)\w*(?:\s+[\w’'-]+){0,6}?\s+to|"
    r"a (?:limit|ceiling|cap) of|au plus|jusqu[’']à",
    Bound.ABOVE: r"(?:more|greater|higher|larger|longer|bigger) than|over|above|exceed\w*|"
    r"in excess of|upwards? of|surpass\w*|plus de",
    Bound.BELOW: r"(?:less|fewer|lower|smaller|shorter) than|under|below|moins de",
    Bound.ABOUT: r"about|around|approximately|roughly|some|circa|(?:an )?estimated|nearly|almost|"
    r"close to|environ|près de",
}
_BEFORE = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{one.value}>{words})' for one, words in _LEADING.items())})"
    r"(?:\s+(?:an?|the|only))?\s+[$€£]?\s?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\+|(?:[\s-]+[\w’'-]+){0,3}\s+(?:or|and)\s+"
    r"(?:(?P<least>more|above|over|older|longer|higher|greater|upwards?)"
    r"|(?P<most>less|fewer|under|below|younger|lower|shorter))\b"
)
# "Over three years" may be during them.
_DURING = re.compile(r"over\s+$", re.IGNORECASE)
_TIME = re.compile(
    r"[\s-]+(?:years?|months?|weeks?|days?|hours?|minutes?|decades?|centur(?:y|ies))\b",
    re.IGNORECASE,
)
# How the span may bound a figure that the sentence bounds so.
_CARRIED: dict[Bound, frozenset[Bound]] = {
    Bound.ABOVE: frozenset({Bound.ABOVE, Bound.LEAST}),
    Bound.BELOW: frozenset({Bound.BELOW, Bound.MOST}),
    Bound.LEAST: frozenset({Bound.LEAST, Bound.ABOVE, Bound.NONE}),
    Bound.MOST: frozenset({Bound.MOST, Bound.BELOW, Bound.NONE}),
}
_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
_REACH = 60
# Smaller numbers stand for many things: they are compared where they count the same.
_LARGE = 10


def bounded_otherwise(sentence: str, span: str) -> str:
    """What is wrong where the sentence bounds a figure as the span nowhere does; else empty."""
    for one in terms(sentence):
        bound, words = _bound(sentence, one)
        during = _DURING.search(sentence[: one.start]) and _TIME.match(sentence, one.end)
        if during or bound not in _CARRIED or _YEAR.fullmatch(one.text):
            continue
        given = [each for each in terms(span) if _is_the_same(one, each, sentence, span)]
        bounds = {_bound(span, each)[0] for each in given}
        if given and not bounds & _CARRIED[bound]:
            theirs = next(filter(None, (_bound(span, each)[1] for each in given)), given[0].text)
            return phrase("another-word", given=theirs, said=words)
    return ""


def _is_the_same(one: Term, other: Term, sentence: str, span: str) -> bool:
    if other.kind is not Kind.NUMBER or one.key != other.key:
        return False
    if len(one.key) > 1 and float(one.key) >= _LARGE:
        return True
    mine, theirs = _counted(one, sentence), _counted(other, span)
    return bool(mine and theirs and akin(mine, theirs))


def _counted(number: Term, text: str) -> str:
    """The key of what stands directly behind a number."""
    return next((one.key for one in terms(text) if one.start >= number.end), "")


def _bound(text: str, one: Term) -> tuple[Bound, str]:
    """How a text bounds a figure, and the words that do."""
    if one.kind is not Kind.NUMBER:
        return Bound.NONE, ""
    before = text[max(0, one.start - _REACH) : one.start]
    if behind := _BEHIND.match(text, one.end):
        bound = Bound.MOST if behind["most"] else Bound.LEAST
        return bound, text[one.start : behind.end()]
    lead = _BEFORE.search(before)
    if lead is None:
        return Bound.NONE, ""
    return Bound(lead.lastgroup or Bound.NONE), f"{lead[0]}{one.text}"
