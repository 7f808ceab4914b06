"""Who issued a document and when: what is given by hand, what its text says, what its file says.

What stands in the text comes before the properties of its file: these have who was logged in where
it was written or scanned, and when that was.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.types import LoadedDocument
from ingest.loaders.accounts import issuer_named
from ingest.loaders.heads import Head, done_on, issued_on
from ingest.loaders.letterheads import issuer_at_head
from ingest.loaders.metadata import readable_title
from ingest.loaders.written_dates import Written, dates_in, months_in, years_in

_MARKED_UP = frozenset({"text/html", "text/markdown"})
_SCANNED = re.compile(
    r"scan|ricoh|xerox|canon|epson|konica|kyocera|lexmark|brother|twain|tiff|jpe?g|image|img2pdf"
    r"|\bocr|tesseract|abbyy|finereader|(?<!web )capture|omnipage|readiris|paperport|kofax"
    r"|digital sending",
    re.IGNORECASE,
)
# What is written about old instruments names old years, too; only of one itself they are its own.
_INSTRUMENT = re.compile(
    r"have agreed (?:as follows|that)|in witness whereof|be it enacted|high contracting parties"
    r"|sont convenus|en foi de quoi|zijn overeengekomen|ten blijke waarvan|zu urkund dessen"
    r"|haben folgendes vereinbart|en fe de lo cual|in fede di che",
    re.IGNORECASE,
)
_AFTER_SCANNED = 1
_AFTER_WRITTEN = 20
"""Years between the last that a text names and the day its file was made, and more is too many."""
_FEWEST = 3  # years; of fewer, one may be the number of something
_CLOSE = 366  # days: a file is often finished some time after the day it bears
_BESIDE = 3000  # characters in which a month stands that bears out the date in a file's name


@dataclass(frozen=True, slots=True)
class Filed:
    """What a file's properties say. `maker` is what wrote the file, as far as that is known.

    `stated` says that whoever published it wrote this, rather than a program.
    """

    author: str | None = None
    on: date | None = None
    maker: str = ""
    stated: bool = False


NOTHING = Filed()


def settled(
    document: LoadedDocument,
    name: str,
    filed: Filed = NOTHING,
    *,
    by_text: bool = True,
    top: Iterable[str] = (),
) -> LoadedDocument:
    """The document with its issuer and date; those it has already are given, and stay.

    `name` is its file's. Without `by_text`, as for tables, only the file's properties count. `top`
    are the first lines as they stand on the page.
    """
    head = replace(_head(document), top=tuple(top))
    issued = issued_on(head) if by_text else None
    told = document.metadata
    issuer = told.issuer or (issuer_at_head(head, dated=issued is not None) if by_text else None)
    on, warnings = told.published_on, document.warnings
    if on is None:
        own = _own_date(document, issued, name) if by_text else None
        on = own or _by_file(document, issued, filed)
        warnings = (*warnings, *_warned(on, filed))
    author = issuer_named(filed.author, document.text, stated=filed.stated)
    metadata = replace(told, issuer=issuer or author, published_on=on)
    return replace(document, metadata=metadata, warnings=warnings)


def _head(document: LoadedDocument) -> Head:
    text, marked_up = document.text, document.media_type in _MARKED_UP
    headings = (text[one.start : one.end] for one in document.headings if marked_up)
    return Head(text, frozenset([document.metadata.title, *headings]), marked_up)


def _own_date(document: LoadedDocument, issued: Written | None, name: str) -> date | None:
    """The day that the text bears, or the file's name where the text has the month of it."""
    if issued is not None and issued.whole:
        return issued.on
    return done_on(document.text, document.metadata.title) or _in_name(name, document.text)


def _in_name(name: str, text: str) -> date | None:
    days = {one.on for one in dates_in(readable_title(name))} | set(_sortable(name))
    months = {one.on for one in months_in(text[:_BESIDE])} if days else set()
    borne = [day for day in days if day.replace(day=1) in months]
    return borne[0] if len(borne) == 1 else None


def _sortable(name: str) -> Iterator[date]:
    """The days that a name has as year, month and day, whatever stands between."""
    for found in re.finditer(r"(?<!\d)(\d{4})[-_.](\d\d)[-_.](\d\d)(?!\d)", name):
        try:
            yield date(*map(int, found.groups()))
        except ValueError:
            continue


def _by_file(document: LoadedDocument, issued: Written | None, filed: Filed) -> date | None:
    """The file's date, where nothing in the text contradicts it."""
    if issued is not None:
        same = filed.on is not None and filed.on.replace(day=1) == issued.on
        return filed.on if same else issued.on
    if filed.on is None or filed.stated:
        return filed.on
    years = years_in(document.text)
    after = filed.on.year - max(years, default=0)
    if _is_scan(document, filed):
        return filed.on if after <= _AFTER_SCANNED else None
    old = after >= _AFTER_WRITTEN and len(years) >= _FEWEST
    return None if old and _INSTRUMENT.search(document.text) else filed.on


def _is_scan(document: LoadedDocument, filed: Filed) -> bool:
    recognised = sum(page.confidence is not None for page in document.pages)
    return 2 * recognised > len(document.pages) or _SCANNED.search(filed.maker) is not None


def _warned(on: date | None, filed: Filed) -> Iterator[str]:
    if filed.on is None or filed.stated or on == filed.on:
        return
    if on is None:
        yield (
            f"Its file was made on {filed.on}, and its text says no such year, so no date is kept. "
            "Give it one by the keyword `date: 1971-09-29` in its properties."
        )
    elif abs((filed.on - on).days) > _CLOSE:
        yield (
            f"It is dated {on}, as its text says; its file was made on {filed.on}. If that is not "
            "so, give it a date by the keyword `date: 1971-09-29` in its properties."
        )
