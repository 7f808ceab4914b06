"""Where a span of a PDF's text stands on its pages, to be marked there."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from assistant.errors import IngestError, SourceUnreadableError
from assistant.types import Page, PlacedWord
from ingest.loaders.aligned import Rectangle, around, rectangles
from ingest.loaders.pdfium import PDFIUM, opened, opened_page
from ingest.parsed import Box

SAME_LINE = 0.5  # of the lower word's height: how far words of one line overlap


def boxes(
    data: bytes,
    text: str,
    pages: Sequence[Page],
    words: Sequence[PlacedWord],
    start: int,
    end: int,
) -> tuple[Box, ...]:
    """The boxes of `text[start:end]`, one for each line it stands on, in order of the text.

    `data` is the PDF file that `text`, `pages` and `words` were read from. White space has no box.

    Raises:
        IngestError: the span is not inside the text.
        SourceUnreadableError: the file cannot be opened as PDF, or lacks a page of the span.
    """
    if not 0 <= start < end <= len(text):
        raise IngestError(
            f"The span {start} to {end} is not inside the text, which has {len(text)} characters. "
            "Ask for one that is."
        )
    found: list[Box] = []
    for page in pages:
        wanted = max(page.start, start), min(page.end, end)
        if wanted[0] < wanted[1] and text[wanted[0] : wanted[1]].strip():
            places = (
                _in_text_layer(data, text, page, wanted)
                if page.confidence is None
                else list(_in_image(words, page.number, wanted))
            )
            found.extend(Box(page.number, *place) for place in places)
    return tuple(found)


def _in_text_layer(data: bytes, text: str, page: Page, wanted: tuple[int, int]) -> list[Rectangle]:
    with PDFIUM, opened(data) as document, opened_page(document, page.number - 1) as open_page:
        if open_page is None:
            raise SourceUnreadableError(
                f"has no page {page.number} that can be read. Ingest the document again."
            )
        return list(rectangles(open_page, text, (page.start, page.end), wanted))


def _in_image(
    words: Sequence[PlacedWord], number: int, wanted: tuple[int, int]
) -> Iterator[Rectangle]:
    """The places of words read from an image, those of one line as one."""
    on_page = [word for word in words if word.page == number]
    axis = _across_lines([_place(word) for word in on_page])
    line: list[Rectangle] = []
    for word in on_page:
        if word.end > wanted[0] and word.start < wanted[1]:
            if line and not _overlap(line[-1], _place(word), axis):
                yield around(line)
                line = []
            line.append(_place(word))
    if line:
        yield around(line)


def _place(word: PlacedWord) -> Rectangle:
    return word.left, word.top, word.right, word.bottom


def _across_lines(places: Sequence[Rectangle]) -> Literal[0, 1]:
    """The axis in which words of one line overlap: 1, or 0 on a page that lies on its side."""
    upright, lying = (
        sum(_overlap(one, other, axis) for one, other in pairwise(places)) for axis in (1, 0)
    )
    return 0 if lying > upright else 1


def _overlap(one: Rectangle, other: Rectangle, axis: int) -> bool:
    """Whether they share most of their extent down the page (axis 1) or across it (axis 0)."""
    shared = min(one[axis + 2], other[axis + 2]) - max(one[axis], other[axis])
    least = min(one[axis + 2] - one[axis], other[axis + 2] - other[axis])
    return shared > SAME_LINE * least
