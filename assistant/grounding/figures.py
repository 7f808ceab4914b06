"""Figures: numbers, what they count, and dates that a sentence says otherwise than its span."""

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from assistant.grounding.alignment import put_otherwise
from assistant.grounding.names import stem_of, stems_of
from assistant.grounding.restated import derived
from assistant.grounding.terms import Kind, Term, key_of, terms
from assistant.grounding.units import COUNTED, UNITS
from assistant.phrases import phrase

_SQUARE = re.compile(r"square|cubic|nautical", re.IGNORECASE)
_SIGNS = {"$": "dollar", "€": "euro", "£": "£"}
_NOT_COUNTING = {"0", "1"}
_BOTH = re.compile(r"\bboth\s+(?:the\s+)?(?P<thing>[a-z]{3,})", re.IGNORECASE)
_ONE = re.compile(r"\b(?P<many>one|either)\s+(?P<thing>[a-z]{3,})", re.IGNORECASE)
_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
# "Two or more" are several; of Dutch, "ten" is no number.
_SEVERAL = re.compile(r"\btwo or more\b", re.IGNORECASE)
_DUTCH = re.compile(r"\b(?:het|een|van|niet|wordt|worden|voor|met)\b")
# What part of a number is as much of a figure as a number is.
_SHARE = re.compile(
    r"\b(?:majority|minority|unanim\w+|two[- ]thirds|three[- ]quarters)\b", re.IGNORECASE
)
_PART = re.compile(
    r"\b(?:most|half|mainly|mostly|few|percent|per\s+cent|consensus|overwhelming\w*)\b|%|\d/\d",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\d[,\s]\d")
# The number of a paragraph counts nothing.
_LABEL = re.compile(r"^\s*\(?\d{1,3}(?:\.\d{1,3})*[.)]\s+")
# Before a number that is part of a designation and counts nothing.
_DAY_LONG = 2
_DESIGNATION = re.compile(r"[A-Z]-")


def numbers(text: str) -> list[str]:
    """The numbers of a text in digits, each once; "one of them" counts nothing."""
    found = dict.fromkeys(one.key for one in terms(text) if one.kind is Kind.NUMBER)
    return [number for number in found if number not in _NOT_COUNTING]


def missing(sentence: str, text: str) -> list[str]:
    """The numbers of a sentence that a text does not have: "seven" is not in "AJP-7"."""
    days = _days(text)
    every = [one for one in terms(text) if one.kind is Kind.NUMBER]
    given = [one for one in every if one not in days]
    counted = {one.key for one in given if not _DESIGNATION.match(text, max(0, one.start - 2))}
    # "The 18th" may be a day of the text, "the age of 18" is none.
    as_days = {one.key for one in _days(sentence)}
    everything = {one.key for one in every if one not in days or one.key in as_days}
    written = {one.key for one in terms(sentence) if one.text[0].isalpha()}
    return [
        number
        for number in numbers(sentence)
        if number not in (counted if number in written else everything)
    ]


def _days(text: str) -> frozenset[Term]:
    """The numbers that are days: beside a month, or with an ending, "the 18th"."""
    found = terms(text)
    beside = {
        one
        for pair in pairwise(found)
        if any(each.kind is Kind.MONTH for each in pair)
        for one in pair
        if one.kind is Kind.NUMBER and len(one.key) <= _DAY_LONG
    }
    ordinal = (one for one in found if one.kind is Kind.NUMBER and one.text[0].isdigit())
    return frozenset(beside.union(one for one in ordinal if text[one.end - 1].isalpha()))


def worked_out(sentence: str, span: str) -> frozenset[str]:
    """The numbers that the span's own figures make, for a sentence that puts it in other words."""
    return derived(sentence, span) if put_otherwise(sentence, span) else frozenset()


def unquoted(sentence: str, span: str) -> str:
    """What is wrong where a figure of the sentence stands nowhere in the span; else empty.

    That it stands somewhere in the text around says nothing: there it counts something else.
    """
    if len(_DUTCH.findall(sentence)) > 1:
        return ""
    share = next((one[0] for one in _SHARE.finditer(sentence) if not _SHARE.search(span)), "")
    if share and not _PART.search(span):
        return phrase("word-added", said=share)
    plain = _SEVERAL.sub("several", sentence)
    known = worked_out(sentence, span)
    gone = [number for number in missing(plain, span) if number not in known]
    return phrase("number-nowhere", number=gone[0]) if gone else ""


def other_numbers(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong with each number that the span does not have."""
    said, plain = numbers(sentence), _LABEL.sub("", span)
    mine, theirs = _written_as_years(sentence), _written_as_years(plain)
    others = [number for number in numbers(plain) if number not in said]
    known = worked_out(sentence, span)
    return [
        _other(number, [one for one in others if (one in theirs) == (number in mine)])
        for number in missing(sentence, span)
        if number not in known
    ]


def _written_as_years(text: str) -> frozenset[str]:
    """The numbers that may be years: no other number of something is one, nor the reverse."""
    years = (one for one in terms(text) if _YEAR.fullmatch(one.key))
    return frozenset(one.key for one in years if not _PARTED.search(one.text))


def _other(number: str, others: list[str]) -> str:
    if not others:
        return phrase("number-nowhere", number=number)
    like = max(others, key=lambda one: _alike(one, number))
    return phrase("another-number", given=like, said=number)


def _alike(one: str, other: str) -> tuple[bool, int]:
    """How easily one number is written for the other: as long, or beginning alike."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return len(one) == len(other), len(list(same))


def other_units(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong with each number that measures something else in the span."""
    said, given = dict(_measured(sentence)), dict(_measured(span))
    return [
        phrase("another-unit", given=given[number], number=number, said=unit)
        for number, unit in said.items()
        if number in given and given[number] != unit and _measure({unit, given[number]})
    ]


def _measure(units: set[str]) -> bool:
    return not units <= COUNTED


def _measured(text: str) -> Iterator[tuple[str, str]]:
    """Numbers with their units."""
    found = terms(text)
    for i, one in enumerate(found):
        if one.kind is Kind.NUMBER:
            before = found[i - 1].text if i else ""
            unit = _SIGNS.get(before) or _unit(found[i + 1 : i + 4])
            if unit:
                yield one.key, unit


def _unit(behind: tuple[Term, ...]) -> str:
    """The unit behind a number; "per cent" is one word."""
    words = [one.text.lower() for one in behind]
    if words[:2] == ["per", "cent"]:
        return "percent"
    while words and words[0].rstrip("s") in {"thousand", "million", "billion", "trillion"}:
        words = words[1:]
    square = bool(words) and bool(_SQUARE.fullmatch(words[0]))
    word = words[int(square)] if len(words) > int(square) else ""
    unit = "percent" if word == "%" else UNITS.get(word, "")
    return f"{words[0]} {unit}" if unit and square else unit


def counted_otherwise(sentence: str, span: str) -> str:
    """What is wrong where the span counts the same things, and by other numbers; else empty.

    The number is one that the span has of something else.
    """
    said, given = _counts(sentence), _counts(span)
    known = {one.key for one in terms(span) if one.kind is Kind.NUMBER}
    for thing, numbers_of in said.items():
        if thing in given and not numbers_of & given[thing] and numbers_of <= known:
            return phrase("another-number", given=min(given[thing]), said=min(numbers_of))
    return ""


def counted_of_another(sentence: str, span: str) -> str:
    """What is wrong where a number of one people or body is that of another; else empty."""
    given = _names_counted(span)
    for number, names in _names_counted(sentence).items():
        theirs = given.get(number)
        if theirs and not names.keys() & theirs.keys() and names.keys() <= stems_of(span):
            one, other = next(iter(theirs.values())), next(iter(names.values()))
            return phrase("another-unit", given=one, number=number, said=other)
    return ""


def _names_counted(text: str) -> dict[str, dict[str, str]]:
    """The names directly behind each number by their stems; years and days count none."""
    counted: dict[str, dict[str, str]] = {}
    found = terms(text)
    for i, one in enumerate(found):
        if one.kind is not Kind.NUMBER or _YEAR.fullmatch(one.key):
            continue
        last = one
        for each in found[i + 1 :]:
            if each.kind is not Kind.NAME or text[last.end : each.start].strip(" ."):
                break
            counted.setdefault(one.key, {})[stem_of(each.text)] = each.text
            last = each
    return counted


def dated_otherwise(sentence: str, span: str) -> str:
    """What is wrong with a year whose month the span has in other years alone; else empty."""
    said, given = _years_of(sentence), _years_of(span)
    for month, years in said.items():
        if month in given and not years & given[month]:
            return phrase("another-number", given=min(given[month]), said=min(years))
    return ""


def _years_of(text: str) -> dict[str, set[str]]:
    """The years that stand beside each month: "1 January 2014", "January 1, 2014"."""
    found = terms(text)
    years: dict[str, set[str]] = {}
    for i, one in enumerate(found):
        if one.kind is Kind.MONTH:
            beside = takewhile(lambda each: each.kind is Kind.NUMBER, found[i + 1 : i + 3])
            written = [each.key for each in beside if _YEAR.fullmatch(each.key)]
            if written:
                years.setdefault(one.key, set()).add(written[0])
    return years


def one_for_both(sentence: str, span: str) -> str:
    """What is wrong where one text says of both what the other says of one; else empty."""
    for text, other in ((sentence, span), (span, sentence)):
        both = {key_of(one["thing"]) for one in _BOTH.finditer(text)}
        one = next((one for one in _ONE.finditer(other) if key_of(one["thing"]) in both), None)
        if one and not _BOTH.search(other) and not _ONE.search(text):
            said = {sentence: "both", span: one["many"]}[text]
            given = {sentence: one["many"], span: "both"}[text]
            return phrase("another-word", given=given, said=said)
    return ""


def _counts(text: str) -> dict[str, set[str]]:
    """The numbers that stand directly before each word; years count nothing."""
    counted: dict[str, set[str]] = {}
    for number, thing in pairwise(terms(text)):
        joined = not text[number.end : thing.start].strip(" -")
        is_number = number.kind is Kind.NUMBER and not _YEAR.fullmatch(number.key)
        if joined and is_number and thing.kind in {Kind.WORD, Kind.NAME}:
            counted.setdefault(thing.key, set()).add(number.key)
    return counted


def is_unit(word: str) -> bool:
    """Whether something is measured in it, and not only counted."""
    return UNITS.get(word.lower(), "second") not in COUNTED


def other_percent(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong where only the sentence speaks of per cent."""
    said = "percent" in {unit for _, unit in _measured(sentence)}
    if said and "percent" not in {unit for _, unit in _measured(span)}:
        return [phrase("percent-nowhere")]
    return []


def other_dates(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong with each month or weekday that the span does not have."""
    said, given = _months(sentence), _months(span)
    others = [month for month in given if month not in said]
    return [
        phrase("another-number", given=others[0].title(), said=month.title())
        if others
        else phrase("month-nowhere", month=month.title())
        for month in said
        if month not in given
    ]


def _months(text: str) -> list[str]:
    return list(dict.fromkeys(one.key for one in terms(text) if one.kind is Kind.MONTH))
