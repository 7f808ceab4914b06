"""Workbooks (XLSX, XLSB, XLS, ODS): a page a sheet, a line a row."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from assistant.errors import SourceLimitError, SourceUnreadableError
from assistant.types import LoadedDocument
from ingest.limits import Limits
from ingest.loaders import grid, package
from ingest.loaders.columns import Records
from ingest.loaders.margins import of_package, of_sheet, told
from ingest.loaders.office import dated, described, refuse_pages
from ingest.normalise import TextBuilder
from ingest.parsed import Reading
from ingest.sources import Source

_MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xls": "application/vnd.ms-excel",
}
_ZIP = b"PK\x03\x04"
_MOST_CELLS = 40_000_000  # between the first filled one and the last: the reader makes room for all
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
_DRAWN_PART = re.compile(r"xl/(?:drawings/drawing|comments|threadedcomments/)[^/]*\.xml")
_FILLED = re.compile(rb'<(?:\w+:)?c [^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>/]*>')
_PARAGRAPHS = frozenset({"p", "comment", "threadedComment"})
_PANIC = "PanicException"  # of the bridge to Rust; it has no module to import it from
_ERRORS = (CalamineError, *package.ZIP_ERRORS)


def load(source: Source, data: bytes, reading: Reading) -> LoadedDocument:
    """The document in the bytes of a workbook.

    Raises:
        SourceUnreadableError: it is damaged, or asks for a password.
        SourceLimitError: it has more sheets, cells or text than is allowed.
    """
    if not data.startswith(_ZIP):
        return _read(source, data, reading, _Beside(), "xls")
    with package.opened(data, reading.limits) as parts:
        parts.refuse_protected()
        names = parts.names()
        kind = next((k for k in ("ods", "xlsb") if _MARKS[k] in names), "xlsx")
        running = list(_running(parts))
        beside = _Beside(parts.properties(), list(_drawn(parts)), [*running, *of_package(parts)])
        return _read(source, data, reading, beside, kind)


_MARKS = {"ods": "content.xml", "xlsb": "xl/workbook.bin"}


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a workbook says besides its cells: properties, boxes, heads and feet of pages."""

    said: dict[str, str] = field(default_factory=dict)
    drawn: list[str] = field(default_factory=list)
    running: list[str] = field(default_factory=list)


def _read(
    source: Source, data: bytes, reading: Reading, beside: _Beside, kind: str
) -> LoadedDocument:
    book = _opened(data)
    warnings: list[str] = []
    refuse_pages(len(book.sheet_names), "sheets", reading.limits)
    writer = _Writer(reading.limits)
    for number, sheet in enumerate(book.sheets_metadata, start=1):
        if sheet.typ is not SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible is not SheetVisibleEnum.Visible:
            warnings.append(
                f"The hidden sheet “{sheet.name}” was left out. Show it to have it read."
            )
            continue
        try:
            with _no_panic():
                writer.sheet(number, book.get_sheet_by_index(number - 1))
        except _ERRORS:
            warnings.append(f"The sheet “{sheet.name}” was left out: damaged. Save it anew.")
    for text in beside.drawn:
        writer.builder.paragraph(text)
    metadata = writer.records.bear(described(source, beside.said, ()))
    loaded = writer.builder.build(metadata, _MEDIA_TYPES[kind])
    margins = (*beside.running, *told(beside.said.values()), *book.sheet_names)
    loaded = replace(loaded, warnings=tuple(warnings), margins=margins)
    return dated(loaded, source, beside.said, by_text=False)


def _opened(data: bytes) -> CalamineWorkbook:
    try:
        with _no_panic():
            return CalamineWorkbook.from_filelike(BytesIO(data))
    except PasswordError as error:
        raise SourceUnreadableError(package.PROTECTED) from error
    except _ERRORS as error:
        raise SourceUnreadableError(package.DAMAGED) from error


@contextmanager
def _no_panic() -> Iterator[None]:
    """Makes an error of what the reader throws past all handlers of errors, on damaged files."""
    try:
        yield
    except BaseException as error:  # a panic of its core is no Exception
        if type(error).__name__ == _PANIC:
            raise CalamineError(str(error)) from error
        raise


class _Writer:
    """Adds sheets to a text, until there is too much of it."""

    def __init__(self, limits: Limits) -> None:
        self.builder = TextBuilder()
        self.records = Records()
        self._most = limits.characters
        self._room = limits.characters

    def sheet(self, number: int, sheet: CalamineSheet) -> None:
        """A page with the sheet's name for a heading, where it has anything to read."""
        lines = grid.lines(self.records.watched(_filled(sheet)))
        first = next(lines, None)
        if first is None:
            return
        self.builder.page(number)
        self.builder.heading(sheet.name, 1)
        self._line(first)
        for line in lines:
            self._line(line)

    def _line(self, line: str) -> None:
        self._room -= len(line)
        if self._room < 0:
            raise SourceLimitError(
                f"holds more than {self._most} characters of text. Split it, or raise "
                "ATTACHE_MAX_CHARACTERS."
            )
        self.builder.line(line)


def _filled(sheet: CalamineSheet) -> Iterator[list[str]]:
    for row in sheet.iter_rows():
        cells = [grid.shown(cell) for cell in row]
        if any(cells):
            yield cells


def _running(parts: package.Package) -> Iterator[str]:
    """What is printed above and below the pages of the sheets.

    Raises where filled cells of a sheet lie so far apart that the reader runs out of memory.
    """
    for name in parts.names():
        sheet = (parts.read(name) or b"") if _SHEET_PART.fullmatch(name) else b""
        if _area(sheet) > _MOST_CELLS:
            raise SourceLimitError(
                "has a sheet whose filled cells lie too far apart to be read. Delete what stands "
                "far out, or save the sheet as CSV."
            )
        yield from of_sheet(sheet)


def _area(sheet: bytes) -> int:
    """Cells between the first and the last that are not empty, none where there are none."""
    rows, columns = 0, 0
    for found in _FILLED.finditer(sheet):
        columns = max(columns, _column(found.group(1)))
        rows = max(rows, int(found.group(2)))
    return rows * columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _drawn(parts: package.Package) -> Iterator[str]:
    """The text of boxes drawn on sheets, and of comments."""
    for name in parts.names():
        tree = parts.tree(name) if _DRAWN_PART.fullmatch(name) else None
        for element in package.elements(tree) if tree is not None else ():
            if package.local(element) in _PARAGRAPHS:
                yield "".join(
                    part.text or ""
                    for part in element.iter("*")
                    if package.local(part) in ("t", "text")
                )
