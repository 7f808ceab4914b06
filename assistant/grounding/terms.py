"""A text as terms that can be compared: figures by value, dates by their parts, words by stem."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from assistant.answers.words import stems
from assistant.grounding.units import COUNTED, UNITS
from assistant.retrieval.standalone import content_words
from assistant.spelling import respelled, unaccented, with_one_apostrophe

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_BELOW_HUNDRED = rf"(?:{_TENS})(?:[- ](?:{_ONES}))?|{_TEENS}|{_ONES}"
_TERM = re.compile(
    r"(?P<date>\b\d{1,2}[./]\d{1,2}[./]\d{4}\b|\b\d{4}-\d{2}-\d{2}\b)"
    r"|(?P<number>(?<![^\W\d_])\d{1,3}(?: \d{3}(?![,.]?\d))+"
    r"|(?<![^\W\d_])\d+(?:[.,\u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)?)(?:(?:st|nd|rd|th|e|er)\b)?"
    rf"|(?P<hundreds>\b(?i:(?:a|{_ONES}) hundred(?: (?:and )?(?:{_BELOW_HUNDRED}))?)\b)"
    rf"|(?P<tens>(?i:(?:{_TENS})-(?:{_ONES}|{_ORDINALS}))\b)|(?P<word>(?:\b[Cc]o-(?=o))?[^\W\d_]+(?:['’‘ʻʼ][^\W\d_]+)*)|(?P<sign>[%$€£°])"
)
_SCALED = re.compile(r"[\s-]+(thousand|million|billion|trillion)s?\b", re.IGNORECASE)
_ZEROS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_COUNTED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_COUNTS = {word: str(number) for number, word in enumerate(_COUNTED.split())} | {
    "dozen": "12",
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
}
_ORDERED = dict(zip(_ORDINALS.split("|"), _ONES.split("|"), strict=True))
_CALENDAR_LIST = (
    "january february march april may june july august september october november december"
)
_CALENDAR = _CALENDAR_LIST.split()
_FRENCH_LIST = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
)
_FRENCH = dict(zip(_FRENCH_LIST.split(), _CALENDAR, strict=True))
_DAYS_LIST = "monday tuesday wednesday thursday friday saturday sunday"
_DAYS = frozenset(_DAYS_LIST.split())
_SHORT_MONTHS = {month[:3]: month for month in _CALENDAR} | {"sept": "september"}
_NEAR_MONTH = re.compile(r"\d\.?\s*(?:st|nd|rd|th)?\s*(?:of\s+)?$")
# "In March", but not "in March Field".
_WHEN = re.compile(r"\b(?:in|since|until|during|early|late|mid)[\s-]$", re.IGNORECASE)
_PLACE = re.compile(r"[\s-]+[A-ZÀ-Þ]")
# "828 m" are metres, "$5 m" are none.
_MEASURED = re.compile(r"(?<![$€£\d.,])(?<![$€£] )\d[\d,.]*\s?$")
_NUMBER_LONG = 16
_AFTER_MONTH = re.compile(r"\.?,?\s*\d")
# "S'est" and "qu'il" say no more than "est" and "il".
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu)['’](?=\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")


class Kind(StrEnum):
    """What a term is. A `COMMON` word carries no meaning of its own."""

    NUMBER = "number"
    MONTH = "month"
    NAME = "name"
    WORD = "word"
    COMMON = "common"


@dataclass(frozen=True, slots=True)
class Term:
    """A term at `[start, end)` of its text; terms of the same meaning have the same key."""

    text: str
    key: str
    kind: Kind
    start: int
    end: int


@lru_cache(maxsize=2048)
def terms(text: str) -> tuple[Term, ...]:
    """The terms of a text in their order."""
    return tuple(_terms(text))


def _terms(text: str) -> Iterator[Term]:
    for match in _TERM.finditer(text):
        start, end = match.span()
        if match["date"]:
            for key, kind in _date(match.group()):
                yield Term(match.group(), key, kind, start, end)
        elif match["number"]:
            yield Term(match.group(), bare(match["number"], text[end:]), Kind.NUMBER, start, end)
        elif match["hundreds"] or match["tens"]:
            number = _spelled(match.group().lower())
            yield Term(match.group(), bare(number, text[end:]), Kind.NUMBER, start, end)
        elif match["sign"]:
            key = {"%": "percent"}.get(match.group(), match.group())
            yield Term(match.group(), key, Kind.COMMON, start, end)
        else:
            yield _word(match.group(), start, end, text)


def _word(word: str, start: int, end: int, text: str) -> Term:
    small = word.lower()
    if small in _COUNTS and small != "one":
        return Term(word, bare(_COUNTS[small], text[end:]), Kind.NUMBER, start, end)
    month = _month(word, start, end, text)
    if month:
        return Term(word, month, Kind.MONTH, start, end)
    if not content_words(_ELIDED.sub("", word)) or small.rstrip("s") in _ZEROS:
        return Term(word, small.replace("’", "'"), Kind.COMMON, start, end)
    if small == "m" and _MEASURED.search(text[:start][-_NUMBER_LONG:]):
        return Term(word, key_of("metre"), Kind.WORD, start, end)
    before = text[:start].rstrip(" \"“'(*-[")
    opens = not before or before[-1] in ".!?:\n"
    capital = word[0].isupper() and (not opens or any(map(str.isupper, word[1:])))
    return Term(word, key_of(word), Kind.NAME if capital else Kind.WORD, start, end)


def _spelled(number: str) -> str:
    """A number below a thousand in figures: “six hundred and forty-three”."""
    hundreds, found, rest = number.rpartition(" hundred")
    many = int(_COUNTS.get(hundreds, "1")) if found else 0
    words = re.findall(r"[a-z]+", rest.removeprefix(" and"))
    return str(100 * many + sum(int(_COUNTS[_ORDERED.get(word, word)]) for word in words))


def _month(word: str, start: int, end: int, text: str) -> str:
    """The month or weekday that a word means where it stands; "may" and "march" are others too."""
    small = _FRENCH.get(word.lower(), word.lower())
    month = small if small in _CALENDAR else _SHORT_MONTHS.get(small, "")
    dated = bool(_NEAR_MONTH.search(text[max(0, start - 8) : start])) or bool(
        _AFTER_MONTH.match(text[end : end + 4])
    )
    is_name = word[0].isupper() or word in _FRENCH
    dated = dated or bool(_WHEN.search(text[:start][-8:]) and not _PLACE.match(text, end))
    if month and is_name and (dated or small not in {"may", "march", "mar", "sun"}):
        return month if dated or small in _CALENDAR else ""
    return small if small in _DAYS else ""


def _date(written: str) -> Iterator[tuple[str, Kind]]:
    parts = [int(part) for part in re.split(r"[./-]", written)]
    year, first, second = (
        (parts[0], parts[2], parts[1]) if parts[0] > 31 else (parts[2], parts[0], parts[1])
    )
    if second > 12 >= first:
        first, second = second, first
    # Of 04/05/1949 nobody knows which is the month.
    if 1 <= second <= 12 and (first > 12 or first == second or "-" in written):
        yield str(first), Kind.NUMBER
        yield _CALENDAR[second - 1], Kind.MONTH
    yield str(year), Kind.NUMBER


def bare(number: str, after: str) -> str:
    """A number without separators and leading zeros, times the word of a scale behind it."""
    whole = re.sub(r"[,\u00a0\u202f ](?=\d{3}(?:\D|$))", "", number).rstrip(".,")
    whole = whole.lstrip("0") or "0"
    if whole.startswith("."):
        whole = f"0{whole}"
    scale = _SCALED.match(after)
    if scale is None or not re.fullmatch(r"\d+(?:\.\d+)?", whole):
        return whole
    digits, _, fraction = whole.partition(".")
    zeros = _ZEROS[scale.group(1).lower()]
    return f"{digits}{fraction[:zeros]:0<{zeros}}".lstrip("0") or "0"


@lru_cache(maxsize=8192)
def key_of(word: str) -> str:
    """What words of the same meaning have in common: the stem, without accents and case."""
    small = _POSSESSIVE.sub("", unaccented(with_one_apostrophe(word).lower())).replace(
        "co-o", "coo"
    )
    small = _irregular().get(small, small)
    unit = UNITS.get(small, small) if len(small) > 1 else small
    small = small if unit in COUNTED else unit
    found = stems(small)
    return min(found) if found else unaccented(respelled(small))


def keys_of(words: str) -> frozenset[str]:
    """The keys of words with a space between each other."""
    return frozenset(map(key_of, words.split()))


def is_irregular(word: str) -> bool:
    """Whether a word, in small letters, is a form that no rule makes of another."""
    return word in _irregular()


@cache
def _irregular() -> dict[str, str]:
    """Forms of irregular verbs and plurals by form."""
    lines = (files("assistant.grounding") / "irregular.txt").read_text("ascii").splitlines()
    found: dict[str, str] = {}
    for line in lines:
        first, *forms = line.split()
        found |= dict.fromkeys(forms, first)
    return found
