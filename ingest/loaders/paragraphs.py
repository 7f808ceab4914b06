"""Lines of a page to paragraphs, items and headings."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import TypeVar

from ingest.loaders.blocks import Block, is_list_item
from ingest.loaders.lines import Line

LARGER = 1.15  # times the size of the body: a heading
BOLDER = 150  # more weight than the body's: a heading
MOST_HEADINGS = 0.25  # of the lines; more, and size says nothing
DEEPEST = 4
WIDE_GAP = 1.4  # times the usual distance of lines: a new paragraph
HEADING_GAP = 2.0  # times its size: a heading goes on in the next line
INDENT = 8.0  # points
SHORT_LINE = 0.8  # of the widest line: a paragraph may end here

N = TypeVar("N", int, float)

_NUMBERED = re.compile(
    r"(?:SEC\.|SECTION|ARTICLE|CHAPTER|TITLE|PART|ANNEX|§)\s?[\dIVXL]+[A-Za-z]?[.:—–-]",
    re.IGNORECASE,
)
_TERMINAL = re.compile(r"[.!?:;][\"”’»)\]]*$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_PIECE = re.compile(r"([^\W\d_]+)-$")
_FIRST_PIECE = re.compile(r"[^\W\d_]+")


class Vocabulary:
    """The words of a document, to tell a divided word from one that has a hyphen."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words = frozenset(word.lower() for line in lines for word in _WORD.findall(line))

    def join(self, before: str, after: str) -> str:
        """The two lines as one, where the first ends in a hyphen."""
        last, first = _LAST_PIECE.search(before), _FIRST_PIECE.match(after)
        if last is None or first is None or not after[0].islower():
            return before + after
        pieces = last.group(1).lower(), first.group().lower()
        hyphened = "-".join(pieces) in self._words and "".join(pieces) not in self._words
        return (before if hyphened else before[:-1]) + after


class Headings:
    """Tells the headings of a document by their print: larger than the body's, or bolder."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        lines = [line for page in pages for line in page]
        self._weight = _usual((line.weight, len(line.text)) for line in lines)
        self._levels = _levels_by_size(lines)
        bold = sum(self._is_bold(line) for line in lines)
        self._bold_tells = 0 < bold <= MOST_HEADINGS * len(lines)
        self._below_all = min(max(self._levels.values(), default=0) + 1, DEEPEST)

    def level(self, line: Line) -> int | None:
        """The level of a line that is a heading or a part of one, 1 for the highest."""
        level = self._levels.get(line.size)
        if level is None and self._bold_tells and self._is_bold(line):
            return self._below_all
        return level

    def _is_bold(self, line: Line) -> bool:
        bolder = line.weight >= self._weight + BOLDER > BOLDER
        return bolder and _TERMINAL.search(line.text) is None and not is_list_item(line.text)


def _levels_by_size(lines: Sequence[Line]) -> Mapping[float, int]:
    """The level of each size that is a heading's; empty where none is sure."""
    count = Counter(line.size for line in lines)
    body = _usual((line.size, len(line.text)) for line in lines)
    larger = sorted((size for size in count if body and size >= LARGER * body), reverse=True)
    if sum(count[size] for size in larger) > MOST_HEADINGS * len(lines):
        return {}
    return {size: min(level, DEEPEST) for level, size in enumerate(larger, start=1)}


def _usual(measured: Iterable[tuple[N, int]]) -> N | int:
    """The value that most characters have; 0 where there are none."""
    characters: Counter[N] = Counter()
    for value, length in measured:
        characters[value] += length
    return characters.most_common(1)[0][0] if characters else 0


def flow(lines: Sequence[Line], headings: Headings, vocabulary: Vocabulary) -> Iterator[Block]:
    """The headings, paragraphs and items of one page."""
    breaks = _Breaks(lines, headings)
    group: list[Line] = []
    for line in lines:
        if group and breaks.between(group[-1], line):
            yield _block(group, headings, vocabulary)
            group = []
        group.append(line)
    if group:
        yield _block(group, headings, vocabulary)


class _Breaks:
    """Tells where on a page one block ends and another begins."""

    def __init__(self, lines: Sequence[Line], headings: Headings) -> None:
        gaps = [above.bottom - below.bottom for above, below in pairwise(lines)]
        self._gap = median([gap for gap in gaps if gap > 1] or [0.0])
        self._widest = max((line.right for line in lines), default=0.0)
        self._longest = max((len(line.text) for line in lines), default=0)
        self._headings = headings

    def between(self, above: Line, below: Line) -> bool:
        """Whether the line below begins a block of its own."""
        level = self._headings.level(below)
        if self._headings.level(above) != level:
            return True
        if level is not None and not above.divided:
            return above.bottom - below.bottom > HEADING_GAP * max(above.size, below.size)
        if is_list_item(below.text) or _NUMBERED.match(below.text):
            return not above.divided
        if above.divided:
            return False
        return self._apart(above, below) or self._ended(above)

    def _apart(self, above: Line, below: Line) -> bool:
        """Whether white space parts them: a wide gap, or an indent."""
        if not self._gap:
            return False
        gap = above.bottom - below.bottom
        indented = below.left - above.left > INDENT and gap > 1
        return gap > WIDE_GAP * self._gap or (indented and _TERMINAL.search(above.text) is not None)

    def _ended(self, line: Line) -> bool:
        """Whether a paragraph ends with the line: with a sentence, and before the margin."""
        if _TERMINAL.search(line.text) is None:
            return False
        if self._widest:
            return line.right < SHORT_LINE * self._widest
        return len(line.text) < SHORT_LINE * self._longest


def _block(group: Sequence[Line], headings: Headings, vocabulary: Vocabulary) -> Block:
    text = group[0].text
    for above, below in pairwise(group):
        text = vocabulary.join(text, below.text) if above.divided else f"{text} {below.text}"
    level = headings.level(group[0])
    if level is not None and any(character.isalpha() for character in text):
        return Block(text, "heading", level)
    return Block(text, "line" if is_list_item(text) else "paragraph")
