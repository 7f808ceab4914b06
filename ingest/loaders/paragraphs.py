"""Lines of a page to paragraphs, items and headings."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import TypeVar

from ingest.loaders.blocks import Block, is_list_item
from ingest.loaders.lines import Line
from ingest.normalise import MAX_HEADING_CHARS

LARGER = 1.15  # times the size of the body: a heading
BOLDER = 200  # more weight than the body's: a heading
MOST_HEADINGS = 0.25  # of the lines; more, and size says nothing
DEEPEST = 9
WIDE_GAP = 1.4  # times the usual distance of lines: a new paragraph
HEADING_GAP = 1.5  # times its size: a heading goes on in the next line
INDENT = 8.0  # points
SHORT_LINE = 0.8  # of the widest line: a paragraph may end here

# What is set before a hyphen far more often than it ends a syllable.
_PREFIXES = frozenset({"non", "self", "well", "cross", "half", "all", "ex"})
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

N = TypeVar("N", int, float)

_NUMBERED = re.compile(
    r"(?:(?:SEC\.|SECTION|ARTICLE|CHAPTER|TITLE|PART|ANNEX|APPENDIX|§)\s?[\dIVXL]+[A-Za-z]?"
    r"|(?:DIVISION|(?:SUB)?TITLE|SUBCHAPTER|PART|ANNEX|APPENDIX)\s[A-Z\d]{1,4})[.:—–-]",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"\s\d{1,4}$")  # of a table of contents: it ends in the number of a page
_TERMINAL = re.compile(r"[.!?:;][\"”’»)\]]*$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_PIECE = re.compile(r"([^\W\d_]+)-$")
_FIRST_PIECE = re.compile(r"[^\W\d_]+")


class Vocabulary:
    """The words of a document, to tell a divided word from one that has a hyphen."""

    def __init__(self, lines: Iterable[Line]) -> None:
        words: set[str] = set()
        divided = False
        for line in lines:
            found = [word.lower() for word in _WORD.findall(line.text)]
            # The pieces of a divided word are no words of the document.
            words.update(found[int(divided) : len(found) - int(line.divided)])
            divided = line.divided
        self._words = frozenset(words)

    def join(self, before: str, after: str) -> str:
        """The two lines as one, where the first ends in a hyphen."""
        last, first = _LAST_PIECE.search(before), _FIRST_PIECE.match(after)
        if last is None or first is None or not _goes_on(last.group(1), first.group()):
            return before + after
        one, other = last.group(1).lower(), first.group().lower()
        return (before if self._is_hyphened(one, other) else before[:-1]) + after

    def _is_hyphened(self, one: str, other: str) -> bool:
        if one + other in self._words:
            return False
        if f"{one}-{other}" in self._words or one in _PREFIXES:
            return True
        return min(len(one), len(other)) > 2 and one in self._words and other in self._words


def _goes_on(piece: str, following: str) -> bool:
    """Whether a word may go on in the next line: in small letters, or in capitals throughout."""
    return following[0].islower() or (piece.isupper() and following.isupper())


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
        if self._by_size.get(group[0].size) is not None or _NUMBERED.match(text):
            return True
        return _TERMINAL.search(text) is None and not is_list_item(text)


def _numbered_apart(run: Sequence[Line]) -> Iterator[list[Line]]:
    """The run, parted where a numbered heading begins, or far below the line before."""
    group: list[Line] = []
    for line in run:
        if group and _begins(group[-1], line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins(above: Line, below: Line) -> bool:
    if above.divided:
        return False
    far = above.bottom - below.bottom > HEADING_GAP * max(above.size, below.size)
    return far or _NUMBERED.match(below.text) is not None


def _own_rank(text: str) -> int:
    """How high a heading is by what it calls itself: a title before a chapter, and so on."""
    found = _NUMBERED.match(text)
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


def flow(
    lines: Sequence[Line], levels: Sequence[int | None], vocabulary: Vocabulary
) -> Iterator[Block]:
    """The headings, paragraphs and items of one page, given the levels of its lines."""
    breaks = _Breaks(lines)
    group: list[Line] = []
    level: int | None = None
    for line, its_level in zip(lines, levels, strict=True):
        if group and (level != its_level or breaks.between(group[-1], line, level)):
            yield _block(group, level, vocabulary)
            group = []
        group.append(line)
        level = its_level
    if group:
        yield _block(group, level, vocabulary)


class _Breaks:
    """Tells where on a page one block ends and another begins."""

    def __init__(self, lines: Sequence[Line]) -> None:
        gaps = [above.bottom - below.bottom for above, below in pairwise(lines)]
        self._gap = median([gap for gap in gaps if gap > 1] or [0.0])
        self._widest = max((line.right for line in lines), default=0.0)
        self._longest = max((len(line.text) for line in lines), default=0)

    def between(self, above: Line, below: Line, level: int | None) -> bool:
        """Whether the line below begins a block of its own; both are of the level."""
        if above.paragraph or below.paragraph:
            return self._recognised_apart(above, below)
        if level is not None:
            return _begins(above, below)
        if above.divided:
            return False
        if above.row or below.row or is_list_item(below.text) or _NUMBERED.match(below.text):
            return True
        return self._apart(above, below) or self._ended(above)

    def _recognised_apart(self, above: Line, below: Line) -> bool:
        """Whether lines read from an image are of two blocks; a sentence is not parted."""
        if above.divided:
            return False
        if is_list_item(below.text) or _NUMBERED.match(below.text):
            return True
        if above.paragraph == below.paragraph:
            return self._ended(above)
        if _TERMINAL.search(above.text) is not None:
            return True
        return not below.text[:1].islower() and len(above.text) < SHORT_LINE * self._longest

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


def _block(group: Sequence[Line], level: int | None, vocabulary: Vocabulary) -> Block:
    text = group[0].text
    for above, below in pairwise(group):
        text = vocabulary.join(text, below.text) if above.divided else f"{text} {below.text}"
    if level is not None and any(character.isalpha() for character in text):
        return Block(text, "heading", level)
    return Block(text, "line" if group[0].row or is_list_item(text) else "paragraph")
