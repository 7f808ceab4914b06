"""The lines of a PDF page as PDFium lays them out, with where they stand and how large they are."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

_BREAK = re.compile(r"(?<=[\x02\xad\ufffe])(?:\r\n|\r|\n)?|\r\n|\r|\n")
# PDFium puts one of these where it takes a hyphen at a line's end for one that divides a word.
_DIVIDING = re.compile(r"[\x02\xad\ufffe]")

REGULAR, BOLD = 400, 700


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page. Places are in points from the lower left; all 0 where not known.

    `weight` is that of its print, about 400 where it is regular and 700 where it is bold, 0 where
    not known. `divided` says that its last word goes on in the next line.
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    weight: int = 0
    divided: bool = False


def read_lines(page: pdfium.PdfTextPage) -> Iterator[Line]:
    """The lines of the page, in the order of its content."""
    text = page.get_text_range()
    # Where PDFium leaves characters out of the text, its indexes do not point into it.
    located = len(text) == page.count_chars()
    start = 0
    for end, after in _ends(text):
        body = text[start:end]
        if body.strip():
            yield _line(page, text, start, end, located=located)
        start = after


def _ends(text: str) -> Iterator[tuple[int, int]]:
    """Where each line ends, and where the next begins."""
    for found in _BREAK.finditer(text):
        yield found.start(), found.end()
    yield len(text), len(text)


def _line(page: pdfium.PdfTextPage, text: str, start: int, end: int, *, located: bool) -> Line:
    body = text[start:end]
    shown = _DIVIDING.sub("-", body).strip()
    divided = shown.endswith("-") and len(shown) > 1
    if not located:
        return Line(shown, divided=divided)
    first = start + len(body) - len(body.lstrip())
    last = start + len(body.rstrip()) - 1
    begin, finish = _box(page, first), _box(page, last)
    middle = _box(page, (first + last) // 2)
    size = round(abs(middle.top - middle.bottom), 1)
    weight = _weight(page, (first + last) // 2)
    return Line(shown, begin.left, finish.right, begin.bottom, size, weight, divided)


def _box(page: pdfium.PdfTextPage, index: int) -> raw.FS_RECTF:
    """The place of a character as its font has it, the same for letters high and low.

    Its height is the size of the print: the nominal size does not know of scaling.
    """
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(page.raw, index, ctypes.byref(box))
    return box


def _weight(page: pdfium.PdfTextPage, index: int) -> int:
    """The weight of a character's print; of a font that does not tell, what its name says."""
    weight = int(raw.FPDFText_GetFontWeight(page.raw, index))
    if weight > 0:
        return weight
    length = raw.FPDFText_GetFontInfo(page.raw, index, None, 0, None)
    name = ctypes.create_string_buffer(length)
    raw.FPDFText_GetFontInfo(page.raw, index, name, length, None)
    return BOLD if b"bold" in name.value.lower() else REGULAR
