"""From when to when somebody had an office, read from sentences that stand in a row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.answers.features import refers
from assistant.answers.words import together
from assistant.retrieval.grammar import MONTHS

_DATE = re.compile(
    rf"\b(?:(?P<month>{MONTHS})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year>[12]\d{{3}}))?|"
    rf"(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{MONTHS})\.?(?:\s+(?P<year2>[12]\d{{3}}))?|"
    rf"(?P<month3>{MONTHS})\.?,?\s+(?P<year3>[12]\d{{3}})|(?P<year4>[12]\d{{3}}))\b",
    re.IGNORECASE,
)
_MONTHS = (
    *(("jan",), ("feb", "fév"), ("mar",), ("apr", "avr"), ("may", "mai"), ("jun", "juin")),
    *(("jul", "juil"), ("aug", "aoû"), ("sep",), ("oct",), ("nov",), ("dec", "déc")),
)
_BEGINS = re.compile(
    r"\b(?:appoint|confirmed|return|elevat|sworn|swore|enter|assum|began|begin|commission|succeeded|became|"
    r"named|took\s+office|(?:served|serving)\b.*\bfrom\b|elected)",
    re.IGNORECASE,
)
_TAKES_IT = re.compile(
    r"^[^;]*\b(?:sworn\s+in|became|appointed|took\s+office|assumed|entered)\b", re.IGNORECASE
)
_OPENS = re.compile(r"^\W*on\s+$", re.IGNORECASE)
# "Until 1953" and "left office": what stands right before a date tells which end it is.
_ENDS = re.compile(
    r"\b(?:until|till|through)\s+(?:[\w.’']+\s+){0,9}?$|\bto\s+$|"
    r"\b(?:left|leaving|resign\w*|ended|ending|step(?:ped|ping)\s+down|complet\w+|died|death|"
    r"departed|dismiss\w*|retir\w+|removed)\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\b(?:again|return\w*|second)\b", re.IGNORECASE)
_IN_IT = re.compile(
    r"\b(?:dut(?:y|ies)|office|position|post|capacity|tenure|term)\b", re.IGNORECASE
)
# "Appointed Ole Holm as his third …", "the position of …", but not "Under …" below it.
_AS = re.compile(
    r"\b(?:as|be|becom\w+|became|appoint\w*|named|nominat\w*|for|(?:position|office|post)\s+of)\s+"
    r"(?:[\w.’']+\s+){0,5}$",
    re.IGNORECASE,
)
_LESSER = re.compile(
    r"\b(?:assistant|under|deputy|vice|former|associate|principal)\W+$", re.IGNORECASE
)
_NAMED = re.compile(r"\b[A-ZÀ-Þ][\w’-]{3,}")


@dataclass(frozen=True, slots=True)
class Term:
    """The days between which an office was had, and which of the sentences tell them.

    `until` is None where no end is told.
    """

    since: date
    until: date | None
    told_by: tuple[int, ...]


def terms_in(office: frozenset[str], sentences: Sequence[str]) -> list[Term]:
    """The terms in an office, by its stems, that sentences which stand in a row tell of somebody.

    They name the office, or lean on the one before that does.
    """
    found: list[Term] = []
    opened: Term | None = None
    last: date | None = None
    for i, text in enumerate(sentences):
        of_it = _has_the_office(office, text)
        leans = i > 0 and (refers(text) or _IN_IT.search(text) is not None)
        begins = of_it or (leans and _has_the_office(office, sentences[i - 1]))
        begins = begins or bool(found and _AGAIN.search(text) and _IN_IT.search(text))
        for ends, when in _events(text, last):
            last = when
            if ends is None or (opened and when < opened.since):
                continue
            if ends and opened and _is_of_the_same(sentences, opened, i):
                found.append(replace(opened, until=when, told_by=_with(opened.told_by, i)))
                opened = None
            elif not ends and opened and (of_it or leans):
                opened = replace(opened, since=when, told_by=_with(opened.told_by, i))
            elif not ends and not opened and begins and _is_later(found, when):
                opened = Term(when, None, (i - 1, i) if i > 0 and refers(text) else (i,))
    return [*found, opened] if opened else found


def of_one_person(terms: Sequence[Term]) -> list[int]:
    """Which of the terms that a document tells are not told better by another of them.

    Of two that overlap it is the one that has an end, or the one that is told first.
    """
    order = sorted(range(len(terms)), key=lambda i: (terms[i].until is None, i))
    kept: list[int] = []
    for i in order:
        ends = terms[i].until or date.max
        if not any(_until(terms[k]) > terms[i].since and ends > terms[k].since for k in kept):
            kept.append(i)
    return kept


def holding(terms: Sequence[Term], since: date, until: date) -> list[int]:
    """Which of the terms in one office hold a day between the two, by their number, in order.

    A term without an end ends as the next begins; of the last of all no more than its first year
    is known.
    """
    order = sorted(range(len(terms)), key=lambda i: terms[i].since)
    starts = [*(terms[i].since for i in order[1:]), None]
    return [
        i
        for i, following in zip(order, starts, strict=True)
        if terms[i].since <= until
        and since <= (terms[i].until or following or terms[i].since.replace(month=12, day=31))
    ]


def span_of(text: str) -> tuple[date, date] | None:
    """The first and the last day of the dates, months and years of a text; None without any."""
    found = [_span(one) for one in _DATE.finditer(text)]
    spans = [one for one in found if one]
    return (min(one[0] for one in spans), max(one[1] for one in spans)) if spans else None


def _with(told_by: tuple[int, ...], i: int) -> tuple[int, ...]:
    return told_by if i in told_by else (*told_by, i)


def _until(term: Term) -> date:
    return term.until or date.max


def _is_later(found: Sequence[Term], when: date) -> bool:
    return not found or when >= _until(found[-1])


def _is_of_the_same(sentences: Sequence[str], opened: Term, i: int) -> bool:
    """Whether a sentence is of him whose term is open: it leans on one before, or names him."""
    text, first = sentences[i], sentences[opened.told_by[0]]
    named = {*_NAMED.findall(text)} & {*_NAMED.findall(first)}
    return i in opened.told_by or refers(text) or bool(named)


def _has_the_office(office: frozenset[str], text: str) -> bool:
    """Whether it says of somebody that he has the office, and not only the one below it."""
    starts = [text[:start] for start, _ in together(office, text)]
    return any(_AS.search(before) and not _LESSER.search(before) for before in starts)


def _events(text: str, last: date | None) -> Iterator[tuple[bool | None, date]]:
    """The dates of a sentence in their order, and whether each ends a term or begins one.

    None of one that does neither.
    """
    at = 0
    for found in _DATE.finditer(text):
        before, behind = text[at : found.start()], text[found.end() :]
        at = found.end()
        when = _day_of(found, last)
        if when is None:
            continue
        last = when
        ends = _ENDS.search(before) is not None
        opens = _OPENS.match(before) and _TAKES_IT.match(_DATE.split(behind)[0])
        yield (ends if ends or opens or _BEGINS.search(before) else None), when


def _day_of(found: re.Match[str], last: date | None) -> date | None:
    """The first day that a date means; without a year it is the next such day after the last.

    A year alone tells no day.
    """
    if (span := _span(found)) is not None:
        return None if found["year4"] else span[0]
    if last is None:
        return None
    for year in (last.year, last.year + 1):
        day = _date(year, found["month"] or found["month2"], found["day"] or found["day2"])
        if day and day >= last:
            return day
    return None


def _span(found: re.Match[str]) -> tuple[date, date] | None:
    year = found["year"] or found["year2"] or found["year3"] or found["year4"]
    if year is None:
        return None
    month = found["month"] or found["month2"] or found["month3"]
    if month is None:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    day = found["day"] or found["day2"]
    first = _date(int(year), month, day or "1")
    if first is None:
        return None
    return first, first if day else _last_of_the_month(first)


def _date(year: int, month: str, day: str) -> date | None:
    number = next((i for i, each in enumerate(_MONTHS, 1) if month.lower().startswith(each)), 0)
    try:
        return date(year, number, int(day))
    except ValueError:
        return None


def _last_of_the_month(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
