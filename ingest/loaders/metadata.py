"""What a source says about itself, brought into one form: titles, dates, markings, languages."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import PurePosixPath

from assistant.access.ladders import classified, parted
from ingest.normalise import clean

_SMALL = "a an and as at by for from in of on or the to vs with de du des et la le les der die und"
_SMALL_WORDS = frozenset(_SMALL.split())
_ACRONYMS_LIST = "NATO UN EU US USA UK OSCE DoD OECD ASEAN NDAA SHAPE STANAG CIA GDP ISAF KFOR AU"
_ACRONYMS = {word.lower(): word for word in _ACRONYMS_LIST.split()}

_MARKING = re.compile(
    r"(?:[A-Z][A-Z/ ]{1,30}\s)?(?:UNCLASSIFIED|RESTRICTED|CONFIDENTIAL|SECRET|TOP SECRET|"
    r"COSMIC TOP SECRET|RESTREINT(?: UE)?|CONFIDENTIEL(?: UE)?|SECRET UE|DIFFUSION RESTREINTE|"
    r"NON CLASSIFI[ÉE]|OFFICIAL(?:[- ]SENSITIVE)?|CUI|FOR OFFICIAL USE ONLY)"
    r"(?:\s?(?://?|[-–])\s?[A-Z][A-Z /,-]{0,60})?"
)
_AROUND = " *_#[](){}<>|=~•·–—-\t"
_LONGEST_BANNER = 160
_SPACED = re.compile(r"(?:\S )+\S")
_LEAD = re.compile(
    r"^(?:(?:overall|security|protective|document) )?"
    r"(?:classification(?: de sécurité)?|marking|marquage)\s*:\s*",
    re.IGNORECASE,
)
_NUMBER = r"(?:page )?\d{1,4}(?: ?(?:of|/|sur|de) ?\d{1,4})?"
_NUMBERS = re.compile(
    rf"^[-–— ]*{_NUMBER}[-–—| ]+(?=[A-Z])|[-–—| ]+{_NUMBER}[-–— ]*$", re.IGNORECASE
)
"""The number of a page before or after what else its edge says."""
_UNMARKED = frozenset({"", "UNMARKED", "NONE", "N/A"})
_KEYWORD_GROUPS = re.compile(r"(?:^|[;,])\s*groups\s*[:=]\s*([^;,]+)", re.IGNORECASE)
_KEYWORD_MARKING = re.compile(r"(?:^|[;,])\s*marking\s*[:=]\s*([^;,]+)", re.IGNORECASE)
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})-?(\d{2})?-?(\d{2})?")
_WRITTEN_DATES = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%Y/%m/%d", "%d.%m.%Y")
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


def marking_of(value: object) -> str | None:
    """A marking in capitals; None for none, and for one that says there is none."""
    line = one_line(value)
    return None if line is None or line.upper() in _UNMARKED else line.upper()


def marking_in_keywords(value: object) -> str | None:
    """The marking that keywords give as `marking: X`."""
    found = _KEYWORD_MARKING.search(str(value or ""))
    return marking_of(found.group(1)) if found else None


def groups_of(value: object) -> tuple[str, ...]:
    """The groups in the value: a list, or names with commas, semicolons or slashes between."""
    parts = value if isinstance(value, list | tuple) else re.split(r"[,;/]", str(value or ""))
    return tuple(dict.fromkeys(filter(None, map(one_line, parts))))


def groups_in_keywords(value: object) -> tuple[str, ...]:
    """The groups that keywords give as `groups: A/B`."""
    found = _KEYWORD_GROUPS.search(str(value or ""))
    return groups_of(found.group(1)) if found else ()


def banner(lines: Iterable[str]) -> str | None:
    """The marking that one of a document's first lines is, in capitals and standing alone."""
    return next(banners(lines), None)


def banners(lines: Iterable[str], known: Iterable[str] = ()) -> Iterator[str]:
    """The markings that lines are, in capitals and standing alone; `known` ones as well.

    A known one may also be spaced out letter by letter, stand beside a page's number, and, where
    it is of several words, begin each of them with a capital.
    """
    names = {name.replace(" ", ""): name for name in known}
    for line in lines:
        words = _LEAD.sub("", _NUMBERS.sub("", " ".join(line.strip(_AROUND).split())))
        words = words.strip(_AROUND)
        marking = _known(words, names) if len(words) <= _LONGEST_BANNER else None
        if marking is not None:
            yield marking
        elif _MARKING.fullmatch(words):
            yield words


def _known(words: str, names: Mapping[str, str]) -> str | None:
    """The known marking that a line is, by its own name, with who else may have it."""
    if _SPACED.fullmatch(words):
        return names.get(words.replace(" ", ""))
    own, released = parted(words)
    name = classified(own)
    # A sentence that is about a marking is not one: `NATO restricted`, and `Secret` as a heading.
    shown = own.isupper() or (" " in own and all(word[:1].isupper() for word in own.split()))
    return name + released.upper() if shown and name.replace(" ", "") in names else None


def date_of(value: object) -> date | None:
    """A date from what properties and front matter hold: dates, ISO, PDF or written out."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    line = one_line(value)
    if line is None:
        return None
    found = _PDF_DATE.match(line)
    if found and not line.startswith(found.group(1) + "/"):
        year, month, day = (int(part or 1) for part in found.groups())
        return _date(year, month, day)
    return next((on for form in _WRITTEN_DATES if (on := _written(line, form))), None)


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

    def marking(self, value: object) -> str | None:
        """The marking in the value, known or not. A warning where it is not known."""
        marking = marking_of(value)
        if marking is not None and _MARKING.fullmatch(marking) is None:
            self.warnings.append(
                f"Its marking “{marking[:60]}” is none that is known. Check its spelling."
            )
        return marking


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
