"""The characters on a page of a PDF, found again in the text that was made of them.

What was loaded is not what is printed: running heads are left out, words put together again,
ligatures spelt out. The two are aligned by their fewest differences.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import pypdfium2.raw as raw  # type: ignore[import-untyped]
from rapidfuzz.distance import Levenshtein

from ingest.loaders.lines import box
from ingest.loaders.order import page_lines
from ingest.loaders.pdfium import OpenPage

Rectangle = tuple[float, float, float, float]
"""Left, top, right and bottom in fractions of a page, from its upper left corner."""

_HYPHENS = frozenset("\x02\xad\ufffe")  # what PDFium gives for one that divides a word
_UNITS = 0x10FFFF


def rectangles(
    page: OpenPage, text: str, span: tuple[int, int], wanted: tuple[int, int]
) -> Iterator[Rectangle]:
    """The places of `text[wanted]` on the page, one for each line, where `span` is all its text."""
    printed = list(_printed(page))
    signs = list(_signs(text, *span))
    found = _matched(printed, signs, wanted)
    for _, pairs in groupby(found, key=lambda pair: pair[0]):
        shown = [_shown(page, index) for _, index in pairs]
        visible = [place for place in shown if place[0] < place[2] and place[1] < place[3]]
        if visible:
            yield around(visible)


def around(parts: Sequence[Rectangle]) -> Rectangle:
    """The rectangle that holds all of them."""
    lefts, tops, rights, bottoms = zip(*parts, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _printed(page: OpenPage) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each sign of the page with the number of its line and PDFium's index of it."""
    for number, line in enumerate(page_lines(page)):
        for index in range(max(line.first, 0), line.last + 1):
            code = int(raw.FPDFText_GetUnicode(page.text.raw, index))
            character = chr(code) if 0 < code <= _UNITS else " "
            for sign in _plain("-" if character in _HYPHENS else character):
                yield sign, (number, index)


def _signs(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Each sign of the text with its place."""
    for place in range(start, end):
        for sign in _plain(text[place]):
            yield sign, place


def _plain(character: str) -> Iterable[str]:
    """The letters a character is made of, so that composed and decomposed ones are the same."""
    if character.isascii():
        return "" if character.isspace() else character
    return "".join(unicodedata.normalize("NFKD", character).split())


def _matched(
    printed: Sequence[tuple[str, tuple[int, int]]],
    signs: Sequence[tuple[str, int]],
    wanted: tuple[int, int],
) -> Iterator[tuple[int, int]]:
    """The line and index of each printed sign that is in the span wanted."""
    one = "".join(sign for sign, _ in printed)
    other = "".join(sign for sign, _ in signs)
    for change in Levenshtein.opcodes(one, other):
        if change.tag not in ("equal", "replace"):
            continue
        pairs = zip(
            range(change.src_start, change.src_end),
            range(change.dest_start, change.dest_end),
            strict=False,
        )
        for source, target in pairs:
            if wanted[0] <= signs[target][1] < wanted[1]:
                yield printed[source][1]


def _shown(page: OpenPage, index: int) -> Rectangle:
    """Where a character is shown, within the page."""
    place = box(page.text, index)
    corners = [
        page.shown_at(x, y) for x in (place.left, place.right) for y in (place.top, place.bottom)
    ]
    across = [min(max(x, 0.0), 1.0) for x, _ in corners]
    down = [min(max(y, 0.0), 1.0) for _, y in corners]
    return min(across), min(down), max(across), max(down)
