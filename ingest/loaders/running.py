"""Running heads, feet and page numbers: what repeats on pages and is no part of the text.

What is left in by mistake reads badly; what is taken out by mistake is lost. So a line at the edge
of a page counts as running only where it says the same on many pages, or where its number goes up
with the pages, or where it stands apart from the text at the same height.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.loaders.lines import Line

EDGE = 4  # lines from the top and the bottom of a page that may be running
TOP = 10  # lines from the top that the head of a table may have
MIN_PAGES = 3
SHARE = 0.4  # of the pages; heads of left and right pages are each on half of them
FULL = 10  # lines of a page that is full of text: what is set on it sparsely is no head
APART = 1.4  # of the distance between lines
HEIGHT = 6.0  # points within which heads stand at the same height

_NUMBER = re.compile(r"\d+")
_ROMAN = r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_PAGE_NUMBER = re.compile(
    rf"[-–—\s|]*(?:page|p\.|seite|blz\.)?\s*(?:(?P<number>\d{{1,4}})|{_ROMAN})"
    rf"(?:\s*(?:/|of|von|de|sur)\s*\d{{1,4}})?[-–—\s|]*",
    re.IGNORECASE,
)
# What begins a part of a text goes up with the pages too where each part has its own.
_PART = re.compile(
    r"\W*(?:article|artikel|section|chapter|chapitre|annex|annexe|part|partie|title|titre|rule|"
    r"regulation|schedule|appendix|protocol|clause|paragraph|slide|step|day|table|figure)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line at an edge: on which page, how many lines from the edge, and how it stands there."""

    page: int
    line: Line
    at_top: bool
    depth: int
    apart: bool
    full: bool

    @property
    def height(self) -> int:
        return round(self.line.bottom / HEIGHT)


def without_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages, without the lines at their edges that repeat or number them."""
    if len(pages) < 2:
        return [list(page) for page in pages]
    edges = [list(_edges(number, page)) for number, page in enumerate(pages)]
    needed = max(MIN_PAGES, SHARE * len(pages))
    running = _running([edge for page in edges for edge in page], needed)
    offsets = _offsets(edge for page in edges for edge in page if edge.depth == 0)
    trimmed = [
        _trimmed(page, own, running, offsets) for page, own in zip(pages, edges, strict=True)
    ]
    return list(_without_repeated_tops(trimmed))


def _edges(number: int, page: Sequence[Line]) -> Iterator[_Edge]:
    steps = [abs(above.bottom - below.bottom) for above, below in pairwise(page)]
    usual = median(steps) if steps else 0.0
    full = len(page) >= FULL
    for i in range(min(EDGE, len(page))):
        yield _Edge(number, page[i], True, i, _apart(steps, i, usual), full)
    for i in range(min(EDGE, len(page))):
        last = len(page) - 1 - i
        yield _Edge(number, page[last], False, i, _apart(steps, last - 1, usual), full)


def _apart(steps: Sequence[float], gap: int, usual: float) -> bool:
    return 0 <= gap < len(steps) and usual > 0 and steps[gap] > APART * usual


def _running(edges: Sequence[_Edge], needed: float) -> frozenset[tuple[int, bool, int]]:
    """Where the running lines are: page, edge and how far from it."""
    groups: dict[tuple[object, ...], list[_Edge]] = {}
    for edge in edges:
        for key in _keys(edge):
            groups.setdefault((edge.at_top, *key), []).append(edge)
    return frozenset(
        (edge.page, edge.at_top, edge.depth)
        for group in groups.values()
        if len({edge.page for edge in group}) >= needed
        for edge in group
    )


def _keys(edge: _Edge) -> Iterator[tuple[object, ...]]:
    """What a line must share with those of other pages to be running."""
    text = edge.line.text.lower()
    yield ("same", text)
    if _PART.match(text) or not _NUMBER.search(text):
        return
    counted = _NUMBER.sub(lambda found: f"#{int(found[0]) - edge.page}#", text)
    if edge.apart or _PAGE_NUMBER.fullmatch(text):
        yield ("counted", counted)
    if edge.apart and edge.full:
        yield ("apart", _NUMBER.sub("#", text), edge.height)


def _offsets(outermost: Iterable[_Edge]) -> frozenset[int]:
    """By how much printed page numbers differ from the count of pages, where many agree."""
    found = Counter(
        int(number["number"]) - edge.page
        for edge in outermost
        if (number := _PAGE_NUMBER.fullmatch(edge.line.text)) and number["number"]
    )
    return frozenset({1, *(offset for offset, pages in found.items() if pages >= MIN_PAGES - 1)})


def _trimmed(
    page: Sequence[Line],
    edges: Sequence[_Edge],
    running: frozenset[tuple[int, bool, int]],
    offsets: frozenset[int],
) -> list[Line]:
    top = _depth([edge for edge in edges if edge.at_top], running, offsets)
    bottom = _depth([edge for edge in edges if not edge.at_top], running, offsets)
    kept = page[top : max(top, len(page) - bottom)]
    # A page that says little more than its edges is set sparsely, as a slide is.
    if len(page) > MIN_PAGES and len(kept) < len(page) / 2:
        return list(page)
    return list(kept)


def _depth(
    edges: Sequence[_Edge], running: frozenset[tuple[int, bool, int]], offsets: frozenset[int]
) -> int:
    """How many lines from the edge inwards are running, without one between that is not."""
    for depth, edge in enumerate(edges):
        is_running = (edge.page, edge.at_top, edge.depth) in running
        if not is_running and not (depth == 0 and _numbers_the_page(edge, offsets)):
            return depth
    return len(edges)


def _numbers_the_page(edge: _Edge, offsets: frozenset[int]) -> bool:
    found = _PAGE_NUMBER.fullmatch(edge.line.text)
    if found is None:
        return False
    return found["number"] is None or int(found["number"]) - edge.page in offsets


def _without_repeated_tops(pages: Sequence[list[Line]]) -> Iterator[list[Line]]:
    """The pages without what their tops repeat, as the head of a table that goes on does.

    What three pages in a row begin with is kept on the first of them.
    """
    shared = [0, *(_shared(above, below) for above, below in pairwise(pages)), 0]
    for i, page in enumerate(pages):
        yield page[min(shared[i], max(shared[i - 1] if i else 0, shared[i + 1])) :]


def _shared(one: Sequence[Line], other: Sequence[Line]) -> int:
    """How many lines both pages begin with, letter for letter."""
    pairs = enumerate(zip(one[:TOP], other[:TOP], strict=False))
    return next((i for i, (a, b) in pairs if a.text != b.text), min(len(one), len(other), TOP))
