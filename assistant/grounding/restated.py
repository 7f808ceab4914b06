"""Figures and dates put otherwise that say the same: rounded, in other units, by a season.

A text is compared with its own figures in the sentence's terms: where it says 29,670 and the
sentence "nearly 30,000", as "nearly 30,000"; "42 days" as "six weeks", "24 June" as "late June".
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations

from assistant.grounding.terms import Kind, Term, terms

_BELOW = "nearly|almost|just under|close to|not quite|less than|fewer than|under"
_ABOUT = "about|around|approximately|roughly|some|circa|près de|environ"
_ABOVE = "more than|over|above|upwards of|plus de"
_HEDGED = re.compile(
    rf"\b(?:(?P<below>{_BELOW})|(?P<about>{_ABOUT})|(?P<above>{_ABOVE}))\s+(?:[$€£]\s?)?$",
    re.IGNORECASE,
)
# Of a figure that is told as about, nearly or over so much, the share that it may differ.
_NEAR, _BELOW_BY, _ABOVE_BY = 0.06, 0.1, 0.2
_LEAST_ROUNDED = 10
_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")

_MONTHS_LIST = (
    "january february march april may june july august september october november december"
)
_MONTHS = {month: number for number, month in enumerate(_MONTHS_LIST.split(), 1)}
_MONTH = "|".join(month.title() for month in _MONTHS)
# "June 24, 1948", "24 June 1948", "October of 1962", "June 1994", "June 24".
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{_MONTH})"
    rf"(?:\s+(?P<after>\d{{1,2}})(?!\d))?(?:,?\s+(?:of\s+)?(?P<year>\d{{4}}))?\b"
)
_PART = r"(?P<part>early|mid|late|(?:the\s+)?(?:beginning|start|middle|end)\s+of)[\s-]+(?:in\s+)?"
_OF_MONTH = re.compile(rf"\b{_PART}(?P<month>{_MONTH})\b", re.IGNORECASE)
_OF_YEAR = re.compile(
    rf"\b(?:{_PART}|(?:the\s+)?(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?)(?P<year>\d{{4}})\b",
    re.IGNORECASE,
)
_DAYS = {"early": (1, 10), "mid": (10, 20), "late": (20, 31)}
_MONTHS_OF = {
    "early": (1, 2, 3, 4),
    "mid": (5, 6, 7, 8),
    "late": (9, 10, 11, 12),
    "spring": (3, 4, 5, 6),
    "summer": (6, 7, 8, 9),
    "autumn": (9, 10, 11),
    "fall": (9, 10, 11),
    "winter": (12, 1, 2),
}
_PARTS = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}
# How many of the second make one of the first.
_UNITS = (
    ("week", "day", 7),
    ("fortnight", "day", 14),
    ("year", "month", 12),
    ("decade", "year", 10),
)
_SET = {
    "half a year": "6 months",
    "half a century": "50 years",
    "quarter of a century": "25 years",
    "half a million": "500,000",
    "half a billion": "500 million",
    "three quarters": "75 per cent",
    "a quarter": "25 per cent",
}
_ITEM = r"(?:the\s+)?[A-ZÀ-Þ][\w’'.-]*(?:\s+(?:of\s+(?:the\s+)?)?[A-ZÀ-Þ][\w’'.-]*)*"
_LISTED = re.compile(rf"{_ITEM}(?:,\s+{_ITEM})+,?\s+(?:and|et)\s+{_ITEM}")
_BETWEEN = re.compile(r",?\s+(?:and|et)\s+|,\s+")
_WITH_FIRST = re.compile(
    r"(?<![\w-])(re|co|pre|non|anti|sub|multi|post|over|under|counter|semi|mis|inter)(-?)([a-z]{4,})\b"
)
_COUNTING_YEARS = re.compile(r"\s+(?:year|yr|an)s?\b", re.IGNORECASE)


@lru_cache(maxsize=512)
def restated(text: str, sentence: str) -> str:
    """The text with figures and dates as the sentence puts them, where they are the same."""
    text = _RANGE.sub(_in_full, text)
    for pattern, put in _puts(sentence):
        text = pattern.sub(put, text)
    return text


# "30-35,000" are thousands on either side.
_RANGE = re.compile(r"(?<![\w.,-])(?P<least>\d{1,3})(?P<to>\s?[-–]\s?)(?P<most>\d{1,3}),000\b(?!,)")


def _in_full(found: re.Match[str]) -> str:
    least, most = int(found["least"]), int(found["most"])
    return f"{least},000{found['to']}{most},000" if 0 < least < most else found[0]


Put = Callable[[re.Match[str]], str]


@lru_cache(maxsize=512)
def _puts(sentence: str) -> tuple[tuple[re.Pattern[str], Put], ...]:
    every = (_rounded, _in_units, _at_sea_level, _dated, _joined, _at_will, _unable)
    return tuple(each for put in every for each in put(sentence))


_AT_ANY_TIME = re.compile(r"\bat\s+any\s+(?:time|moment)\b", re.IGNORECASE)
_WHENEVER = re.compile(
    r"\bwhenever\s+(?:they|it|he|she|one)\s+(?:want|wish|like|please|choose)(?:e?s)?\b",
    re.IGNORECASE,
)


def _at_will(sentence: str) -> Iterator[tuple[re.Pattern[str], Put]]:
    """When somebody may do a thing who may do it at any time: whenever he wants."""
    for mine, theirs in ((_WHENEVER, _AT_ANY_TIME), (_AT_ANY_TIME, _WHENEVER)):
        said = mine.search(sentence)
        if said is not None:
            yield theirs, _put(said[0])


_CAN_NOT = (
    re.compile(r"\bunable\s+to\b"),
    re.compile(r"\bnot\s+(?:been\s+)?able\s+to\b"),
    re.compile(r"\b(?:could\s+not|couldn[’']t)\b"),
)
_WAS = r"\b(?:was|were|is|are|(?:had|has|have)\s+been)\s+"


def _unable(sentence: str) -> Iterator[tuple[re.Pattern[str], Put]]:
    """What somebody was unable, or not able, to do he could not."""
    unable, not_able, could_not = (one.search(sentence) for one in _CAN_NOT)
    if could_not:
        was_not = re.compile(
            rf"{_WAS}(?:not\s+able|unable)\s+to\b|\bhad\s+not\s+been\s+able\s+to\b"
        )
        yield was_not, _put(could_not[0])
    elif unable:
        yield re.compile(r"\bhad\s+not\s+been\s+able\s+to\b"), _put("was unable to")
        yield re.compile(r"\bnot\s+able\s+to\b"), _put("unable to")
        yield _CAN_NOT[2], _put("was unable to")
    elif not_able:
        yield _CAN_NOT[0], _put("not able to")
        yield _CAN_NOT[2], _put("was not able to")


def _joined(sentence: str) -> Iterator[tuple[re.Pattern[str], Put]]:
    """Words with a syllable before them that one text parts by a hyphen: "re-captured"."""
    for one in dict.fromkeys(_WITH_FIRST.findall(sentence)):
        first, hyphen, rest = one
        other = f"{first}{rest}" if hyphen else f"{first}-{rest}"
        yield re.compile(rf"(?<![\w-]){other}(?![\w-])"), _put("".join(one))


_FIGURE = re.compile(
    r"(?<![\w.,-])\d{1,3}(?:,\d{3})+(?![\d,]*\d)|(?<![\w.,-])\d+(?:\.\d+)?(?:\s+(?:million|billion|thousand))?\b"
)


def _rounded(sentence: str) -> Iterator[tuple[re.Pattern[str], Put]]:
    """Figures that are told as about so much."""
    for one in terms(sentence):
        hedge = _HEDGED.search(sentence[: one.start]) if one.kind is Kind.NUMBER else None
        value = _value(one.key)
        if hedge is None or value < _LEAST_ROUNDED or _YEAR.fullmatch(one.text):
            continue
        least, most = value * (1 - _NEAR), value * (1 + _NEAR)
        if hedge["below"]:
            least, most = value * (1 - _BELOW_BY), value
        elif hedge["above"]:
            least, most = value, value * (1 + _ABOVE_BY)
        said = sentence[hedge.start() : one.end] + _scale(sentence, one)
        yield _FIGURE, _within(least, most, value, said)


def _within(least: float, most: float, value: float, said: str) -> Put:
    def put(found: re.Match[str]) -> str:
        number = next((one for one in terms(found[0]) if one.kind is Kind.NUMBER), None)
        given = _value(number.key) if number else 0.0
        same = least <= given <= most and not _YEAR.fullmatch(found[0])
        return said if same and _digits(value) < _digits(given) else found[0]

    return put


def _digits(value: float) -> int:
    """How many digits a figure tells: who rounds one tells fewer."""
    return len(f"{value:.6f}".rstrip("0").replace(".", "").strip("0"))


def _scale(sentence: str, one: Term) -> str:
    scale = re.match(r"[\s-]+(?:thousand|million|billion|trillion)s?\b", sentence[one.end :])
    return scale[0] if scale else ""


def _value(key: str) -> float:
    try:
        return float(key)
    except ValueError:
        return 0.0


def _in_units(sentence: str) -> Iterator[tuple[re.Pattern[str], Put]]:
    """Measures that are told in other units."""
    for said, given in _SET.items():
        if said in sentence:
            yield re.compile(rf"(?<![\w.,]){re.escape(given)}\b"), _put(said)
    for one in terms(sentence):
        value = _value(one.key) if one.kind is Kind.NUMBER else 0.0
        for large, small, many in _UNITS:
            unit = re.match(rf"[\s-]+{large}s?\b", sentence[one.end :]) if value else None
            if unit:
                said = sentence[one.start : one.end] + unit[0]
                count = f"{value * many:.0f}"
                yield re.compile(rf"(?<![\w.,-])[\w-]+?[\s-]+{small}s?\b"), _counting(count, said)


_SEA_LEVEL = re.compile(r"\b(?:above|below|over|under)\s+(?:the\s+)?(?:mean\s+)?sea[\s-]level\b")
_HEIGHT = re.compile(r"(?<![\w.,])(?P<below>[-–−])?(?P<height>\d[\d,.]*)\s?m(?:et(?:re|er)s?)?\b")


def _at_sea_level(sentence: str) -> Iterator[tuple[re.Pattern[str], Put]]:
    """Heights that are told with the sea: "-155 m" lie below it."""
    if _SEA_LEVEL.search(sentence):
        yield _HEIGHT, _beside_sea


def _beside_sea(found: re.Match[str]) -> str:
    side = "below" if found["below"] else "above"
    return f"{found['height']} metres {side} sea level"


def _counting(count: str, said: str) -> Put:
    """For what counts so many, in figures or in letters."""
    return lambda found: said if [one.key for one in terms(found[0])][:1] == [count] else found[0]


def _put(said: str) -> Put:
    return lambda _: said


def _dated(sentence: str) -> Iterator[tuple[re.Pattern[str], Put]]:
    """Dates that are told by a part of the month or year, or a season."""
    for one in _OF_MONTH.finditer(sentence):
        first, last = _DAYS[_part(one["part"])]
        yield _DATE, _on_days(one["part"], one["month"].title(), range(first, last + 1))
    for one in _OF_YEAR.finditer(sentence):
        months = _MONTHS_OF[(one["season"] or _part(one["part"])).lower()]
        yield _DATE, _in_months(one["season"] or one["part"], one["year"], months)


def _part(words: str) -> str:
    word = words.lower().split()
    return next((_PARTS[each] for each in word if each in _PARTS), word[0])


def _on_days(said: str, month: str, days: range) -> Put:
    def put(found: re.Match[str]) -> str:
        day = found["day"] or found["after"]
        if found["month"] != month or day is None or int(day) not in days:
            return found[0]
        return f"{said} {found[0]}"

    return put


def _in_months(said: str, year: str, months: tuple[int, ...]) -> Put:
    def put(found: re.Match[str]) -> str:
        if found["year"] != year or _MONTHS[found["month"].lower()] not in months:
            return found[0]
        return f"{said} {found[0]}"

    return put


def derived(sentence: str, span: str) -> frozenset[str]:
    """The numbers that the span's own figures make: years between two, names of a list."""
    counted = {
        one.key
        for one in terms(sentence)
        if one.kind is Kind.NUMBER and _COUNTING_YEARS.match(sentence, one.end)
    }
    years = {int(one.key) for one in terms(span) if _YEAR.fullmatch(one.key)}
    apart = {str(abs(one - other)) for one, other in combinations(sorted(years), 2)}
    listed = {str(len(_BETWEEN.split(one[0]))) for one in _LISTED.finditer(span)}
    return frozenset(counted & apart) | listed
