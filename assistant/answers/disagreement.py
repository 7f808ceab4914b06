"""Whether two quotations contradict each other: another date, another figure, yes and no.

Meant to be sure rather than complete: two passages that speak of other things, times or places
must never be set against each other.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import combinations, takewhile
from typing import Literal

from assistant.answers.words import exact_words, stems
from assistant.retrieval.grammar import MONTHS
from assistant.retrieval.standalone import content_words
from assistant.spelling import unaccented
from assistant.types import Citation, Disagreement, Metadata

About = Literal["the date", "the figure", "yes or no"]

_MONTH = re.compile(MONTHS, re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[5-9]\d\d|20\d\d)\b(?!\s*%)")
_DAY = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)?\s+(?P<month>{_MONTH.pattern})\b|"
    rf"\b(?P<before>{_MONTH.pattern})\s+(?P<behind>\d{{1,2}})\b",
    re.IGNORECASE,
)
_IN_FRENCH = {
    "avri": "apr",
    "mai": "may",
    "juin": "jun",
    "juil": "jul",
    "aout": "aug",
    "fevr": "feb",
}
_TWO_TO_TWENTY = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_WORDS = {word: str(i) for i, word in enumerate(_TWO_TO_TWENTY.split(), start=2)}
_COUNTED = re.compile(
    rf"\b(?P<number>\d[\d.,]*|{'|'.join(_WORDS)})\s+(?P<scale>hundred|thousand|million|billion)?\s*"
    r"(?P<noun>(?:[^\W\d_]+\s+)?[^\W\d_]{3,}|%)",
    re.IGNORECASE,
)
# "Paragraph 4 of Article XI" numbers a thing and counts nothing.
_NUMBERED = re.compile(
    r"\b(?:articles?|paragraphes?|paragraphs?|sections?|chapters?|chapitres?|annex(?:es)?|parts?|"
    r"resolutions?|rules?|forms?|notes?|pages?|no\.?|nos\.?|n°)\s*$",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|never|no|cannot|ne|pas|jamais|aucune?)\b|n[’']t\b", re.IGNORECASE)
_LIMITS = re.compile(
    r"\b(?:at least|at most|more than|less than|fewer than|up to|over|under|about|around|some|"
    r"nearly|almost|approximately|first|last|former|initially|originally|until|before|after)\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ][\w’'-]*")
_FIGURE = re.compile(r"\d")
# Of the shorter quotation's telling words, so many are in the other: they speak of the same.
_SAME = 0.65
_ALMOST_THE_SAME = 0.75
_FEWEST = 3
# Titles that begin or end alike for this share of their words are of one series.
_SERIES = 0.6
_WORD = re.compile(r"\w+")
_CELL = re.compile(r"; [^:;]{1,60}: ")


def disagreements(citations: Sequence[Citation]) -> tuple[Disagreement, ...]:
    """The pairs of quotations that contradict each other, in the order of their markers.

    One document's own figures for several years, or of several things, are no contradiction.
    """
    return tuple(
        Disagreement((one.marker, other.marker), about, _later(one, other))
        for one, other in combinations(citations, 2)
        if one.document_id != other.document_id
        and not told_apart(one.metadata, other.metadata)
        and (about := contradiction(one.quote, other.quote)) is not None
    )


def contradiction(one: str, other: str) -> About | None:
    """What two sentences contradict each other in; None where they do not, or it is not sure."""
    share = _shared(one, other)
    if share < _SAME or _named_apart(one, other):
        return None
    if _hedged(one) or _hedged(other):
        return None
    if _dates_differ(one, other):
        return "the date"
    if _figures_differ(one, other):
        return "the figure"
    denied = bool(_NOT.search(one)) != bool(_NOT.search(other))
    # A row of a table denies of one column what it says of another.
    rows = _CELL.search(one) or _CELL.search(other)
    if denied and not rows and share >= _ALMOST_THE_SAME and not _FIGURE.search(one + other):
        return "yes or no"
    return None


def told_apart(one: Metadata, other: Metadata) -> bool:
    """Whether the titles say that two documents speak of different things.

    The treaty of 1763 is not that of 1783, and of two pages of a series the one on Benin says
    nothing of Togo. Who issued a document is not what it speaks of.
    """
    mine, theirs = (set(_YEAR.findall(each.title)) for each in (one, other))
    if mine and theirs and mine.isdisjoint(theirs):
        return True
    first, second = (_names(each.title) - exact_words(each.issuer or "") for each in (one, other))
    apart = first - exact_words(other.title) and second - exact_words(one.title)
    return bool(apart) and _of_a_series(one.title, other.title)


def _of_a_series(one: str, other: str) -> bool:
    """Whether titles begin or end alike for the most."""
    mine, theirs = _WORD.findall(one), _WORD.findall(other)
    alike = max(_alike(mine, theirs), _alike(mine[::-1], theirs[::-1]))
    return alike >= _SERIES * min(len(mine), len(theirs))


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two titles begin with alike."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in pairs)


def remark(found: Disagreement, citations: Sequence[Citation]) -> str:
    """The contradiction in a sentence, with who says what and which is later."""
    by_marker = {citation.marker: citation for citation in citations}
    one, other = (by_marker[marker] for marker in found.citations)
    said = f"The sources differ on {found.about}: {_who(one)} and {_who(other)}"
    if found.later is None:
        return f"{said}; which is later is not known."
    return f"{said}; [{found.later}] is the later one."


def _who(citation: Citation) -> str:
    metadata = citation.metadata
    by = metadata.issuer or f"“{metadata.title}”"
    when = metadata.published_on.isoformat() if metadata.published_on else "undated"
    return f"[{citation.marker}] ({by}, {when})"


def _later(one: Citation, other: Citation) -> int | None:
    days: list[date | None] = [each.metadata.published_on for each in (one, other)]
    if days[0] is None or days[1] is None or days[0] == days[1]:
        return None
    return one.marker if days[0] > days[1] else other.marker


def _shared(one: str, other: str) -> float:
    mine, theirs = _telling(one), _telling(other)
    both = mine & theirs
    return len(both) / min(len(mine), len(theirs)) if len(both) >= _FEWEST else 0.0


def _telling(text: str) -> frozenset[str]:
    """The stems of what a sentence is about: without figures, months and numbers."""
    plain = " ".join(
        word
        for word in content_words(text)
        if not _FIGURE.search(word) and not _MONTH.fullmatch(word) and word not in _WORDS
    )
    return stems(plain)


def _named_apart(one: str, other: str) -> bool:
    """Whether each names somebody or something that the other does not."""
    mine, theirs = _names(one), _names(other)
    return bool(mine - exact_words(other)) and bool(theirs - exact_words(one))


def _names(text: str) -> frozenset[str]:
    found = (word for word in _CAPITAL.findall(text) if content_words(word))
    return frozenset().union(*(exact_words(word) for word in found if not _MONTH.fullmatch(word)))


def _hedged(text: str) -> bool:
    return bool(_LIMITS.search(text))


def _dates_differ(one: str, other: str) -> bool:
    """Whether one event has two years, or two days of one year.

    That it began on one and ended on another is no wonder.
    """
    told, also_told = _telling(one), _telling(other)
    if told - also_told and also_told - told:
        return False
    mine, theirs = set(_YEAR.findall(one)), set(_YEAR.findall(other))
    if len(mine) != 1 or len(theirs) != 1:
        return False
    if mine != theirs:
        return True
    days, others = _days(one), _days(other)
    return len(days) == 1 and len(others) == 1 and days != others


def _days(text: str) -> set[tuple[str, str]]:
    """The days that are told, by their number and the first letters of the English month."""
    found = (one.groupdict() for one in _DAY.finditer(text))
    return {
        (one["day"] or one["behind"], _month_of(one["month"] or one["before"])) for one in found
    }


def _month_of(word: str) -> str:
    month = unaccented(word.lower())
    return _IN_FRENCH.get(month[:4], month[:3])


def _figures_differ(one: str, other: str) -> bool:
    """Whether the same thing is counted and the numbers are others."""
    mine, theirs = _counts(one), _counts(other)
    both = mine.keys() & theirs.keys()
    return bool(both) and all(mine[noun].isdisjoint(theirs[noun]) for noun in both)


def _counts(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for match in _COUNTED.finditer(text):
        number = match["number"].lower().strip(".,").replace(",", "")
        if (
            _NUMBERED.search(text[: match.start()])
            or _YEAR.fullmatch(number)
            or _MONTH.fullmatch(match["noun"].split()[-1])
        ):
            continue
        value = f"{_WORDS.get(number, number)} {(match['scale'] or '').lower()}".strip()
        for stem in stems(match["noun"]) or {match["noun"]}:
            found.setdefault(stem, set()).add(value)
    return found
