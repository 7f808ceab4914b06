"""Running heads, feet and page numbers: what repeats on pages and is no part of the text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.loaders.lines import Line

EDGE = 4  # lines from the top and the bottom of a page that may be running
TOP = 10  # lines from the top that the head of a table may have
MIN_PAGES = 3
SHARE = 0.4  # of the pages; heads of left and right pages are each on half of them

_DIGITS = re.compile(r"\d+")
_ROMAN = r"[ivxlc]{1,7}"
_PAGE_NUMBER = re.compile(
    rf"[-–—\s|]*(?:page|p\.|seite|blz\.)?\s*(?:\d{{1,4}}|{_ROMAN})"
    rf"(?:\s*(?:/|of|von|de|sur)\s*\d{{1,4}})?[-–—\s|]*",
    re.IGNORECASE,
)


def without_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages, without the lines at their edges that repeat or number them."""
    if len(pages) < 2:
        return [list(page) for page in pages]
    running = _running(pages)
    return list(_without_repeated_tops([_trimmed(page, running) for page in pages]))


def _running(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """The patterns, digits made alike, that stand at the edges of many pages."""
    counts = Counter(
        pattern
        for page in pages
        for pattern in {_pattern(line) for line in (*page[:EDGE], *page[-EDGE:])}
    )
    needed = max(MIN_PAGES, SHARE * len(pages))
    return frozenset(pattern for pattern, count in counts.items() if count >= needed)


def _pattern(line: Line) -> str:
    return _DIGITS.sub("#", line.text.lower())


def _trimmed(page: Sequence[Line], running: frozenset[str]) -> list[Line]:
    edges = {*range(min(EDGE, len(page))), *range(max(0, len(page) - EDGE), len(page))}
    outermost = {0, len(page) - 1}
    return [
        line
        for i, line in enumerate(page)
        if not (
            (i in edges and _pattern(line) in running)
            or (i in outermost and _PAGE_NUMBER.fullmatch(line.text))
        )
    ]


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
