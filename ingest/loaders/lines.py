"""The lines of a PDF page as PDFium lays them out, with where they stand and how large they are."""

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from ingest.loaders.accents import composed
from ingest.loaders.pdfium import OpenPage
from ingest.loaders.recognise import SeenWord

_BREAK = re.compile(r"(?<=[\x02\xad\ufffe])(?:\r\n|\r|\n)?|\r\n|\r|\n")
# PDFium puts one of these where it takes a hyphen at a line's end for one that divides a word.
_DIVIDING = re.compile(r"[\x02\xad\ufffe]")

# Dots that lead from an entry to its number, and the figures of two columns or more.
_LEADERS = re.compile(r"\s*(?:\.{4,}|(?:\.\s){3,}\.|…{2,})\s*")
_LAST_OF_FIGURES = frozenset("0123456789%)] ")
_FIGURES = re.compile(r"(?:\s[(\[]?[-–$€£]?\d[\d,.]*%?\s?[)\]]?){2,}$")

REGULAR, BOLD = 400, 700
OVERLAP = 0.3  # of the height of print: what is raised or lowered in a line overlaps it by more
LOOSE = 0.6  # sizes of print that a character takes on average, where a line may have gaps
SHORTEST = 3  # characters of a line on average, where PDFium's is several
WIDE_GAP = 1.8  # sizes of print: between the columns of a table


# The place of what a page turned clockwise by so many degrees shows; only distances count.
_TURNED: dict[int, Callable[[raw.FS_RECTF], raw.FS_RECTF]] = {
    90: lambda at: raw.FS_RECTF(at.bottom, -at.left, at.top, -at.right),
    180: lambda at: raw.FS_RECTF(-at.right, -at.bottom, -at.left, -at.top),
    270: lambda at: raw.FS_RECTF(-at.top, at.right, -at.bottom, at.left),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page. raw.FS_RECTFs are in points from the lower left; all 0 where not known.

    `weight` is that of its print, about 400 where it is regular and 700 where it is bold, 0 where
    not known. `divided` says that its last word goes on in the next line. `first` and `last` are
    PDFium's indexes of its characters. A `row` is one of a table. A line read from an image has
    `words` instead, and the number of its `paragraph` on the page.
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    weight: int = 0
    divided: bool = False
    first: int = -1
    last: int = -1
    row: bool = False
    paragraph: int = 0
    words: tuple[SeenWord, ...] = ()


def divides(text: str) -> bool:
    """Whether the line ends in a hyphen that divides a word."""
    return text.endswith("-") and len(text) > 1


def read_lines(page: OpenPage) -> list[Line]:
    """The lines of the page in the order of its content."""
    text = page.text.get_text_range()
    index = _indexes(page.text, text)
    reader = _Reader(page)
    lines: list[Line] = []
    start = 0
    for end, after in _ends(text):
        body = text[start:end]
        if body.strip():
            first = start + len(body) - len(body.lstrip())
            last = start + len(body.rstrip()) - 1
            lines.extend(reader.lines(text[first : last + 1], index(first), index(last)))
        start = after
    return lines


def _indexes(page: pdfium.PdfTextPage, text: str) -> Callable[[int], int]:
    """What tells the index of a character from its place in the text.

    They are the same but where PDFium leaves characters out of the text.
    """
    if len(text) == page.count_chars():
        return int
    return lambda place: int(raw.FPDFText_GetCharIndexFromTextIndex(page.raw, place))


def _ends(text: str) -> Iterator[tuple[int, int]]:
    """Where each line ends, and where the next begins."""
    for found in _BREAK.finditer(text):
        yield found.start(), found.end()
    yield len(text), len(text)


class _Reader:
    """Finds out where the lines of one page stand, turned as the page is shown."""

    def __init__(self, page: OpenPage) -> None:
        self._page = page.text
        turned = _TURNED.get(page.rotation)
        straight = partial(box, page.text)
        self._box: Callable[[int], raw.FS_RECTF] = lru_cache(maxsize=8)(
            straight if turned is None else lambda index: turned(box(page.text, index))
        )

    def lines(self, body: str, first: int, last: int) -> Iterator[Line]:
        """The line, or the several that PDFium takes for one, as after a divided word."""
        if first < 0 or last < first:
            yield Line(_shown(body), divided=divides(_shown(body)))
        elif last - first != len(body) - 1:  # no character can be told by its place in the line
            yield replace(self._line(body, first, (first + last) // 2), last=last)
        elif self._is_level(first, first + _middle(body), last):
            yield self._line(body, first, first + _middle(body))
        else:
            for start, end in self._rows(body, first):
                part = body[start:end]
                yield self._line(part, first + start, first + start + _middle(part))

    def _is_level(self, first: int, middle: int, last: int) -> bool:
        """Whether three characters stand at one height."""
        begin = self._box(first)
        return not (_apart(begin, self._box(last)) or _apart(begin, self._box(middle)))

    def _line(self, body: str, first: int, middle: int) -> Line:
        last = first + len(body) - 1
        begin, half, finish = self._box(first), self._box(middle), self._box(last)
        size = round(half.top - half.bottom, 1)
        shown = _shown(composed(body, lambda at: self._box(first + at)))
        return Line(
            text=shown,
            left=begin.left,
            right=finish.right,
            bottom=begin.bottom,
            size=size,
            weight=_weight(self._page, middle),
            divided=divides(shown),
            first=first,
            last=last,
            row=self._is_row(body, first, (finish.right - begin.left) / max(size, 1.0)),
        )

    def _rows(self, body: str, first: int) -> list[tuple[int, int]]:
        """The parts of a line that stand at different heights, without outer spaces."""
        rows: list[tuple[int, int]] = []
        start, end, before = 0, 0, self._box(first)
        for at, character in enumerate(body):
            if character.isspace():
                continue
            place = self._box(first + at)
            if _apart(before, place):
                rows.append((start, end))
                start = at
            before, end = place, at + 1
        rows.append((start, end))
        # Print that goes upwards or askew is left as it is.
        return rows if len(rows) * SHORTEST <= len(body) else [(0, len(body))]

    def _is_row(self, body: str, first: int, breadth: float) -> bool:
        """Whether the line is a row of a table: with leaders, columns of numbers, or wide gaps.

        `breadth` is in sizes of its print; print that has no gaps is not looked at closely.
        """
        if (".." in body or ". ." in body) and _LEADERS.search(body):
            return True
        if body[-1] in _LAST_OF_FIGURES and _FIGURES.search(body):
            return True
        if breadth < LOOSE * len(body):
            return False
        spaces = (at for at, character in enumerate(body) if character == " ")
        return any(self._gap(first + at) > WIDE_GAP for at in spaces)

    def _gap(self, index: int) -> float:
        """How wide the space at the index is, in sizes of the print after it."""
        before, after = self._box(index - 1), self._box(index + 1)
        return float((after.left - before.right) / max(after.top - after.bottom, 1.0))


def _shown(body: str) -> str:
    """The line as it is read: leaders are one sign."""
    if "\ufffe" in body or "\x02" in body or "\xad" in body:
        body = _DIVIDING.sub("-", body)
    return (_LEADERS.sub(" … ", body) if ".." in body or ". ." in body else body).strip()


def _middle(body: str) -> int:
    """The place of a character in the middle that is none of the spaces."""
    half = len(body) // 2
    if not body[half].isspace():
        return half
    return next((at for at in range(half, len(body)) if not body[at].isspace()), 0)


def _apart(one: raw.FS_RECTF, other: raw.FS_RECTF) -> bool:
    """Whether two characters stand at different heights, and neither is raised beside the other."""
    if one.bottom == other.bottom:
        return False
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return bool(shared < OVERLAP * min(one.top - one.bottom, other.top - other.bottom))


def box(page: pdfium.PdfTextPage, index: int) -> raw.FS_RECTF:
    """The place of a character as its font has it, the same for letters high and low.

    Its height is the size of the print: the nominal size does not know of scaling.
    """
    place = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(page.raw, index, place)
    return place


def _weight(page: pdfium.PdfTextPage, index: int) -> int:
    """The weight of a character's print; of a font that does not tell, what its name says."""
    weight = int(raw.FPDFText_GetFontWeight(page.raw, index))
    if weight > 0:
        return weight
    length = raw.FPDFText_GetFontInfo(page.raw, index, None, 0, None)
    name = ctypes.create_string_buffer(length)
    raw.FPDFText_GetFontInfo(page.raw, index, name, length, None)
    return BOLD if b"bold" in name.value.lower() else REGULAR
