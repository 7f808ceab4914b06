"""Numbers that are written in several ways: of the parts of texts, and of times."""

import re
from functools import lru_cache

from assistant.roman import ROMAN, in_figures

KINDS = (
    r"article|section|chapter|title|annex|appendix|rule|part|principle|amendment|chapitre|annexe|"
    r"partie|titre"
)
"""What the parts of a text are called, as alternatives of a pattern."""
_NUMBERED = re.compile(
    rf"\b(?:{KINDS})s?\s+(?P<first>\d{{1,4}}|[IVXLC]{{1,6}})\b"
    r"(?:\s+(?:and|or|to|et|ou)\s+(?P<second>\d{1,4}|[IVXLC]{1,6})\b)?",
    re.IGNORECASE,
)
_DECADE = re.compile(r"1\d\d0s|20\d0s")
# "SALT I", "World War II": a name and its number, which is no part of a text.
_NUMBERED_NAME = re.compile(
    rf"(?<=\s)(?!(?i:{KINDS})s?\b)(?P<name>[A-ZÀ-Þ]\w+)\s+(?P<number>[IVX]{{1,5}})\b"
)
_FISCAL = re.compile(r"fy(?P<year>\d{2}|\d{4})")


def numbered_there(word: str, text: str) -> bool:
    """Whether the text has this number in other figures, or a year of the time that it is."""
    if not (word.isdigit() or ROMAN.fullmatch(word)):
        return dated_there(word, text)
    return in_figures(word) in numbers_of_parts(text)


@lru_cache(maxsize=1024)
def numbers_of_parts(text: str) -> frozenset[str]:
    """The numbers of the articles and other parts that a text names, in Arabic figures."""
    return frozenset(
        in_figures(number.lower())
        for found in _NUMBERED.finditer(text)
        for number in found.groups()
        if number
    )


def numbered_names(question: str) -> frozenset[tuple[str, str]]:
    """The names with a Roman number: "SALT" and "I" of "SALT I"."""
    return frozenset((one["name"], one["number"]) for one in _NUMBERED_NAME.finditer(question))


def has_another_number(named: frozenset[tuple[str, str]], text: str) -> bool:
    """Whether the text has one of the names with another number, and not with its own."""
    said = numbered_names(f" {text}") if named else frozenset()
    return any(
        any(name == other for other, _ in said) and (name, number) not in said
        for name, number in named
    )


def without_years_of_decades(words: frozenset[str]) -> frozenset[str]:
    """The words without the years that decades are called by: "1860" of the "1860s"."""
    return words - {word[:-1] for word in words if _DECADE.fullmatch(word)}


def dated_there(time: str, text: str) -> bool:
    """Whether the text has a year of a decade ("1860s"), or a fiscal year ("fy2021")."""
    if _DECADE.fullmatch(time):
        return re.search(rf"\b{time[:3]}\d\b", text) is not None
    if fiscal := _FISCAL.fullmatch(time):
        year = f"(?:20)?{fiscal['year'][-2:]}"
        return re.search(rf"\b(?:fiscal year|FY) ?{year}\b", text, re.IGNORECASE) is not None
    return False
