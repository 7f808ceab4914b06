"""The headings of a document, told by their print and by what they call themselves."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from ingest.loaders.blocks import is_list_item
from ingest.loaders.lines import Line
from ingest.normalise import MAX_HEADING_CHARS

LARGER = 1.15  # times the size of the body: a heading
BOLDER = 200  # more weight than the body's: a heading
MOST_HEADINGS = 0.25  # of the lines; more, and size says nothing
DEEPEST = 9
HEADING_GAP = 1.5  # times its size: a heading goes on in the next line

N = TypeVar("N", int, float)

_RANKS = {
    "division": 0,
    "title": 1,
    "subtitle": 2,
    "part": 3,
    "annex": 3,
    "appendix": 3,
    "chapter": 4,
    "subchapter": 5,
    "article": 6,
    "sec": 7,
    "§": 7,
}
_UNNAMED = 8

NUMBERED = re.compile(
    r"(?:(?:SEC\.|SECTION|ARTICLE|CHAPTER|TITLE|PART|ANNEX|APPENDIX|§)\s?[\dIVXL]+[A-Za-z]?"
    r"|(?:DIVISION|(?:SUB)?TITLE|SUBCHAPTER|PART|ANNEX|APPENDIX)\s[A-Z\d]{1,4})[.:—–-]",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"\s\d{1,4}$")  # of a table of contents: it ends in the number of a page
TERMINAL = re.compile(r"[.!?:;][\"”’»)\]]*$")


class Headings:
    """The headings of a document, told by their print: larger than the body's, or bolder.

    `levels` has a list for each page, with the level of each line that is a heading or a part of
    one, 1 for the highest.
    """

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        lines = [line for page in pages for line in page]
        self._weight = _usual((line.weight, len(line.text)) for line in lines)
        self._by_size = _levels_by_size(lines)
        bold = sum(self._is_bold(line) for line in lines)
        self._bold_tells = 0 < bold <= MOST_HEADINGS * len(lines)
        self._below_all = max(self._by_size.values(), default=0) + 1
        keys = [self._keys(page) for page in pages]
        found = sorted({key for of_page in keys for key in of_page if key is not None})
        levels = {key: min(level, DEEPEST) for level, key in enumerate(found, start=1)}
        self.levels = [
            [None if key is None else levels[key] for key in of_page] for of_page in keys
        ]

    def _keys(self, page: Sequence[Line]) -> list[tuple[int, int] | None]:
        """What the level of each line is told by: its print, then what it calls itself."""
        keys: list[tuple[int, int] | None] = []
        for rank, run in groupby(page, key=self._print):
            for group in _numbered_apart(list(run)):
                named = None if rank is None or not self._is_heading(group) else rank
                key = None if named is None else (named, _own_rank(group[0].text))
                keys.extend([key] * len(group))
        return keys

    def _print(self, line: Line) -> int | None:
        """The rank of the line's print, None for the body's."""
        if line.row:
            return None
        rank = self._by_size.get(line.size)
        return self._below_all if rank is None and self._is_marked(line) else rank

    def _is_marked(self, line: Line) -> bool:
        return self._bold_tells and self._is_bold(line)

    def _is_bold(self, line: Line) -> bool:
        return line.weight >= self._weight + BOLDER > BOLDER

    def _is_heading(self, group: Sequence[Line]) -> bool:
        """Whether lines in such print are a heading, and neither a sentence nor a table."""
        text = " ".join(line.text for line in group)
        if (
            len(text) > MAX_HEADING_CHARS
            or sum(bool(_ENTRY.search(line.text)) for line in group) > 1
        ):
            return False
        if self._by_size.get(group[0].size) is not None or NUMBERED.match(text):
            return True
        return TERMINAL.search(text) is None and not is_list_item(text)


def _numbered_apart(run: Sequence[Line]) -> Iterator[list[Line]]:
    """The run, parted where a numbered heading begins, or far below the line before."""
    group: list[Line] = []
    for line in run:
        if group and begins_heading(group[-1], line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def begins_heading(above: Line, below: Line) -> bool:
    """Whether a heading ends with the line above, and the one below begins another."""
    if above.divided:
        return False
    far = above.bottom - below.bottom > HEADING_GAP * max(above.size, below.size)
    return far or NUMBERED.match(below.text) is not None


def _own_rank(text: str) -> int:
    """How high a heading is by what it calls itself: a title before a chapter, and so on."""
    found = NUMBERED.match(text)
    word = found.group().lower() if found else ""
    return next((rank for name, rank in _RANKS.items() if word.startswith(name)), _UNNAMED)


def _levels_by_size(lines: Sequence[Line]) -> Mapping[float, int]:
    """The level of each size that is a heading's; empty where none is sure."""
    count = Counter(line.size for line in lines)
    body = _usual((line.size, len(line.text)) for line in lines)
    larger = sorted((size for size in count if body and size >= LARGER * body), reverse=True)
    if sum(count[size] for size in larger) > MOST_HEADINGS * len(lines):
        return {}
    return {size: level for level, size in enumerate(larger, start=1)}


def _usual(measured: Iterable[tuple[N, int]]) -> N | int:
    """The value that most characters have; 0 where there are none."""
    characters: Counter[N] = Counter()
    for value, length in measured:
        characters[value] += length
    return characters.most_common(1)[0][0] if characters else 0
