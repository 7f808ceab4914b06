"""What a source says about itself, brought into one form: titles, dates, markings, languages."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import PurePosixPath

from assistant.access.spellings import SEPARATOR
from ingest.loaders.banners import says_a_level
from ingest.loaders.written_dates import dates_in, months_in
from ingest.normalise import clean

_SMALL = "a an and as at by for from in of on or the to vs with de du des et la le les der die und"
_SMALL_WORDS = frozenset(_SMALL.split())
_ACRONYMS_LIST = "NATO UN EU US USA UK OSCE DoD OECD ASEAN NDAA SHAPE STANAG CIA GDP ISAF KFOR AU"
_ACRONYMS = {word.lower(): word for word in _ACRONYMS_LIST.split()}

_UNMARKED = frozenset({"", "UNMARKED", "NONE", "N/A"})
_GROUP_KEYS = ("groups", "group")
_KEYWORD_GROUPS = re.compile(r"(?:^|[;,])\s*groups\s*[:=]\s*([^;,]+)", re.IGNORECASE)
_KEYWORD_GIVEN = re.compile(r"(?:^|[;,])\s*(issuer|date)\s*[:=]\s*([^;,]+)", re.IGNORECASE)
_KEYWORD_MARKING = re.compile(
    r"(?:^|[;,])\s*(?:marking|(?:security )?classification)\s*[:=]\s*([^;,]+)|(TLP:[A-Z+ ]+)",
    re.IGNORECASE,
)
_MARKING_KEY = re.compile(
    r"(?:(?:x|security|protective|document|overall|information|data)[-_ ]*)*"
    r"(?:markings?|classification|sensitivity|confidentiality|tlp|marquage|einstufung"
    r"|geheimhaltungsgrad|security[-_ ]?(?:label|level))"
    r"(?:[-_ ]*(?:level|label|marking|de[-_ ]s[ée]curit[ée]))?|msip_label_.*_name",
    re.IGNORECASE,
)
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(?!/)-?(\d{2})?-?(\d{2})?")
_SORTABLE = ("%Y-%m-%d", "%Y/%m/%d")
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_].*)?")
_UNDETERMINED = frozenset({"zx", "xx", "qa"})
_MADE_BY_MACHINE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)\b|untitled|document\d*$|book\d+$|slide 1$"
    r"|(?:powerpoint presentation|présentation powerpoint)$|.*\.[a-z0-9]{2,5}$)",
    re.IGNORECASE,
)


def readable_title(name: str) -> str:
    """A title made of a file name: words for hyphens, in title case, acronyms kept."""
    # A name that begins with a full stop is all stem.
    stem = PurePosixPath(name).stem
    words = re.sub(r"[-_\s]+", " ", clean(stem)).split()
    if any(word != word.lower() for word in words):
        return " ".join(words) or "Untitled"
    return " ".join(_cased(word, first=i == 0) for i, word in enumerate(words)) or "Untitled"


def _cased(word: str, *, first: bool) -> str:
    if word in _ACRONYMS:
        return _ACRONYMS[word]
    return word if word in _SMALL_WORDS and not first else word[:1].upper() + word[1:]


def own_title(value: object) -> str | None:
    """A title a source gives itself, or None for one a program made up."""
    line = one_line(value)
    return None if line is None or _MADE_BY_MACHINE.match(line) else line


def one_line(value: object) -> str | None:
    """The value as one cleaned line, or None where it says nothing."""
    return " ".join(clean(str(value)).split())[:500] or None if value is not None else None


def is_marking_key(name: str) -> bool:
    """Whether a property of this name says how a document is marked."""
    return _MARKING_KEY.fullmatch(name.strip()) is not None


def marking_of(value: object) -> str | None:
    """A marking in capitals; None for none, and for one that says there is none."""
    line = one_line(value)
    if line is None or line.upper() in _UNMARKED or not any(map(str.isalpha, line)):
        return None
    return line.upper()


def together(markings: Iterable[str | None]) -> str | None:
    """All that a document is said to be marked as, in one text; None where that is nothing."""
    return SEPARATOR.join(dict.fromkeys(filter(None, markings))) or None


def marking_said(said: Mapping[str, object], *, loosely: bool = False) -> str | None:
    """What the properties that are about markings say, those inside of others too.

    `loosely` is for sources whose properties of such names are mostly about something else: there
    only `marking` is believed whatever it says, and another where it says a level.
    """
    return together(_markings_in(said, loosely=loosely))


def _markings_in(said: Mapping[str, object], *, loosely: bool) -> Iterator[str | None]:
    for name, value in said.items():
        about = is_marking_key(str(name))
        for one in value if isinstance(value, list | tuple) else (value,):
            if isinstance(one, Mapping):
                yield from _markings_in(one, loosely=loosely)
                yield from _levels_in(one) if about else ()
            elif about:
                shown = f"TLP:{one}" if str(name).lower() == "tlp" and one else one
                exact = not loosely or str(name).lower() in ("marking", "tlp")
                yield marking_of(shown) if exact or says_a_level(str(one or "")) else None


def _levels_in(said: Mapping[str, object]) -> Iterator[str | None]:
    """The levels that a marking of several parts names, as in `marking: {level: NATO SECRET}`."""
    for value in said.values():
        if isinstance(value, Mapping):
            yield from _levels_in(value)
        elif says_a_level(str(value or "")):
            yield marking_of(value)


def marking_in_keywords(value: object) -> str | None:
    """The markings that keywords give as `marking: X`."""
    found = _KEYWORD_MARKING.findall(str(value or ""))
    return together(marking_of(named or light) for named, light in found)


def groups_of(value: object) -> tuple[str, ...]:
    """The groups in the value: a list, or names with commas, semicolons or slashes between."""
    parts = value if isinstance(value, list | tuple) else re.split(r"[,;/]", str(value or ""))
    return tuple(dict.fromkeys(filter(None, map(one_line, parts))))


def groups_said(said: Mapping[str, object]) -> tuple[str, ...]:
    """The groups that properties name, whether they speak of one or of several."""
    return groups_of(next((said[name] for name in _GROUP_KEYS if said.get(name)), None))


def groups_in_keywords(value: object) -> tuple[str, ...]:
    """The groups that keywords give as `groups: A/B`."""
    found = _KEYWORD_GROUPS.search(str(value or ""))
    return groups_of(found.group(1)) if found else ()


def given_in_keywords(values: Iterable[object]) -> tuple[str | None, date | None]:
    """The issuer and the date that keywords give as `issuer: X; date: 2026-09-02`."""
    said = {
        name.lower(): given
        for value in values
        for name, given in _KEYWORD_GIVEN.findall(str(value or ""))
    }
    return one_line(said.get("issuer")), date_of(said.get("date"))


def date_of(value: object) -> date | None:
    """A date from what properties and front matter hold: dates, ISO, PDF or written out."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    line = one_line(value)
    if line is None:
        return None
    sortable = next((on for form in _SORTABLE if (on := _written(line, form))), None)
    found = _PDF_DATE.match(line)
    if sortable is None and found:
        year, month, day = (int(part or 1) for part in found.groups())
        return _date(year, month, day)
    named = [] if sortable else dates_in(line) or list(months_in(line))
    return named[0].on if len(named) == 1 else sortable


class Told:
    """What a source tells of itself, with a warning for each thing that cannot be understood."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def date(self, value: object) -> date | None:
        """The date in the value. A warning where it says something that is no date."""
        on = date_of(value)
        said = one_line(value)
        if on is None and said:
            self.warnings.append(f"Its date “{said[:60]}” cannot be read. Write it as 2026-09-02.")
        return on


def language_of(value: object) -> str | None:
    """The ISO 639-1 code in a language tag such as `en-GB`."""
    found = _LANGUAGE.fullmatch(one_line(value) or "")
    code = found.group(1).lower() if found else None
    return None if code in _UNDETERMINED else code


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _written(line: str, form: str) -> date | None:
    try:
        return datetime.strptime(line, form).date()  # noqa: DTZ007 - a date has no zone
    except ValueError:
        return None
