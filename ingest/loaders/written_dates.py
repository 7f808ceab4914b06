"""Dates as people write them out: in English, French, Dutch, German, Spanish, Italian, Portuguese.

What could mean two days (04/05/2010) is no date here, nor is one with a sign before it that a
recognised page may have in place of a figure (~9 September).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

_MONTHS = (
    "january jan janvier januari januar jänner jan enero ene gennaio gen janeiro",
    "february feb février fevrier févr februari februar febrero febbraio fevereiro",
    "march mar mars maart mrt märz maerz marzo março",
    "april apr avril avr abril aprile abr",
    "may mai mei mayo maggio maio",
    "june jun juin juni junio giugno junho",
    "july jul juillet juil juli julio luglio julho",
    "august aug août aout augustus agosto",
    "september sept sep septembre septiembre settembre setembro",
    "october oct octobre oktober okt octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec décembre decembre déc dezember dez diciembre dicembre dezembro",
)
_MONTH = {name: i for i, names in enumerate(_MONTHS, start=1) for name in names.split()}
_UNITS_LIST = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_UNITS = _UNITS_LIST.split()
_TENS_LIST = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = _TENS_LIST.split()
_NUMBERS = {word: i for i, word in enumerate(_UNITS, start=1)} | {
    word: 10 * i for i, word in enumerate(_TENS, start=2)
}
_NTH_LIST = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_NTH = _NTH_LIST.split()
_ORDINALS = (
    {word: i for i, word in enumerate(_NTH, start=1)}
    | {f"twenty-{word}": 20 + i for i, word in enumerate(_NTH[:9], start=1)}
    | {"thirtieth": 30, "thirty-first": 31}
)


def _any(words: Iterable[str]) -> str:
    """What is one of the words, the longer ones first."""
    return "|".join(sorted(words, key=len, reverse=True))


_NAMED = rf"(?P<month>{_any(_MONTH)})\b\.?"
_SUFFIX = r"(?:st|nd|rd|th|er|ste|de|e|º|°|\.)?"
_SPELT = (
    rf"(?P<spelt>(?:one thousand|two thousand|(?:{_any(_UNITS[9:])}) hundred)"
    rf"(?:[ -](?:and |{_any([*_NUMBERS, 'hundred'])})+)*)"
)
_YEAR = rf"(?:(?P<year>1[4-9]\d\d|20\d\d)(?!\d|[-/.]\d)|{_SPELT})"
_OF = r"(?:,? (?:in |of )?(?:the year|this year),?(?: of our Lord)?,?| de| del)?"
_FORMS = (
    rf"(?P<day>\d{{1,2}}) ?{_SUFFIX}(?: day)?(?: of| de)? ?{_NAMED},?{_OF} ?{_YEAR}",
    rf"(?P<ordinal>{_any(_ORDINALS)})(?: day)? of {_NAMED},?{_OF} {_YEAR}",
    rf"{_NAMED} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}",
    r"(?P<year>1[4-9]\d\d|20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)",
    r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>1[4-9]\d\d|20\d\d)",
)
_BEFORE, _AFTER = r"(?<![\w~.,/°^*-])", r"(?![\w/-])"
_DATES = tuple(re.compile(f"{_BEFORE}{form}{_AFTER}", re.IGNORECASE) for form in _FORMS)
_MONTHS_ALONE = re.compile(
    rf"(?<![\w~/-]){_NAMED},? (?P<year>1[4-9]\d\d|20\d\d)(?!\d|[-/.]\d)", re.IGNORECASE
)
_ANY_YEAR = re.compile(r"(?:1[4-9]|20)\d\d|(?:thousand|hundred)\b", re.IGNORECASE)
_REACH = 60  # characters that a date has at most on each side of where its year begins
# The 2 of "Issue 2 September 2005" is no day.
_COUNTED = re.compile(
    r"\b(?:issue|no|nr|n°|number|vol|volume|part|page|chapter|annex|rev|edition|version)[. ]*$",
    re.IGNORECASE,
)
_LABEL = 12  # characters before a date in which such a word stands
_YEARS = re.compile(r"(?<![\w.,/$€£-])(?:1[4-9]\d\d|20\d\d)(?![\w%]|[.,/]\d)")


@dataclass(frozen=True, slots=True)
class Written:
    """A date, and the span of the text it stands in. `whole` is false for a month alone."""

    on: date
    start: int
    end: int
    whole: bool = True


def dates_in(text: str) -> list[Written]:
    """The days that a text names with their year, in the order of the text."""
    found: dict[int, Written] = {}
    for start, end in _near_years(text):
        for form in _DATES:
            for match in form.finditer(text, start, end):
                counted = _COUNTED.search(text, max(0, match.start() - _LABEL), match.start())
                if not counted and (one := _day(match)):
                    found.setdefault(one.start, one)
    return sorted(found.values(), key=lambda one: one.start)


def _near_years(text: str) -> Iterator[tuple[int, int]]:
    """The parts of the text that have a year: looking through all of it takes ten times longer."""
    start = end = 0
    for year in _ANY_YEAR.finditer(text):
        if end and year.start() - _REACH > end:
            yield start, end
            start = year.start() - _REACH
        elif not end:
            start = max(0, year.start() - _REACH)
        end = year.end() + _REACH
    if end:
        yield start, end


def months_in(text: str) -> Iterator[Written]:
    """The months with their year, those of whole dates too, each as its first day."""
    near = (_MONTHS_ALONE.finditer(text, start, end) for start, end in _near_years(text))
    for match in chain.from_iterable(near):
        month = _MONTH[match["month"].lower()]
        yield Written(date(int(match["year"]), month, 1), match.start(), match.end(), whole=False)


def years_in(text: str) -> list[int]:
    """The years that a text names, each as often as it does."""
    return list(map(int, _YEARS.findall(text)))


def _day(match: re.Match[str]) -> Written | None:
    said = match.groupdict()
    day = said.get("day") or _ORDINALS[" ".join(str(said["ordinal"]).lower().split())]
    month = said.get("number") or _MONTH[str(said["month"]).lower()]
    year = said.get("year") or _spelt(str(said["spelt"]))
    try:
        return Written(date(int(year), int(month), int(day)), match.start(), match.end())
    except ValueError:
        return None


def _spelt(words: str) -> int:
    """The year in words: `one thousand nine hundred and forty-five`, `nineteen hundred fifty`."""
    year = part = 0
    for word in re.split(r"[ -]+", words.lower()):
        if word == "thousand":
            year, part = part * 1000, 0
        elif word == "hundred":
            year, part = year + part * 100, 0
        else:
            part += _NUMBERS.get(word, 0)
    return year + part
