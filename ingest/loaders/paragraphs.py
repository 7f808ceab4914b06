"""Lines of a page to paragraphs, items and headings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from ingest.loaders.blocks import Block, is_list_item
from ingest.loaders.headings import NUMBERED, TERMINAL, begins_heading
from ingest.loaders.lines import Line

WIDE_GAP = 1.4  # times the usual distance of lines: a new paragraph
INDENT = 8.0  # points
SHORT_LINE = 0.8  # of the widest line: a paragraph may end here

# What is set before a hyphen far more often than it ends a syllable.
_PREFIXES = frozenset({"non", "self", "well", "cross", "half", "all", "ex"})
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
        return (before[:-1] if self.divides(before, after) else before) + after

    def divides(self, before: str, after: str) -> bool:
        """Whether a hyphen that a line ends in only divides a word that goes on in the next."""
        last, first = _LAST_PIECE.search(before), _FIRST_PIECE.match(after)
        if last is None or first is None or not _goes_on(last.group(1), first.group()):
            return False
        return not self._is_hyphened(last.group(1).lower(), first.group().lower())

    def _is_hyphened(self, one: str, other: str) -> bool:
        if one + other in self._words:
            return False
        if f"{one}-{other}" in self._words or one in _PREFIXES:
            return True
        return min(len(one), len(other)) > 2 and one in self._words and other in self._words


def _goes_on(piece: str, following: str) -> bool:
    """Whether a word may go on in the next line: in small letters, or in capitals throughout."""
    return following[0].islower() or (piece.isupper() and following.isupper())


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
            return begins_heading(above, below)
        if above.divided:
            return False
        if above.row or below.row or is_list_item(below.text) or NUMBERED.match(below.text):
            return True
        return self._apart(above, below) or self._ended(above)

    def _recognised_apart(self, above: Line, below: Line) -> bool:
        """Whether lines read from an image are of two blocks; a sentence is not parted."""
        if above.divided:
            return False
        if is_list_item(below.text) or NUMBERED.match(below.text):
            return True
        if above.paragraph == below.paragraph:
            return self._ended(above)
        if TERMINAL.search(above.text) is not None:
            return True
        return not below.text[:1].islower() and len(above.text) < SHORT_LINE * self._longest

    def _apart(self, above: Line, below: Line) -> bool:
        """Whether white space parts them: a wide gap, or an indent."""
        if not self._gap:
            return False
        gap = above.bottom - below.bottom
        indented = below.left - above.left > INDENT and gap > 1
        return gap > WIDE_GAP * self._gap or (indented and TERMINAL.search(above.text) is not None)

    def _ended(self, line: Line) -> bool:
        """Whether a paragraph ends with the line: with a sentence, and before the margin."""
        if TERMINAL.search(line.text) is None:
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
