"""Labelled cells of a profile, `key: value` lines below headings, read together with their labels.

"total: 41 harbours" tells nothing by itself; below "Harbours" in a profile of Skagen it does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answers.pool import Pooled
from assistant.answers.words import stems
from assistant.types import StoredChunk

_KEY = re.compile(r"(?P<key>[^\W_][^:;.\n]{0,79}?(?:: [^:;.,\n\d]{1,60}){0,2}) ?: (?P<value>\S.*)")
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
# A heading among the lines of a chunk: no colon fills it and nothing ends it.
_HEADING = re.compile(r"[A-ZÀ-Þ][^:;,.!?%\n]{0,79}(?<!\s)")
# A key with a capital after a word that nothing ends: "Head: Ana Silva Deputy head: João Costa".
# One of a single word stands after no name, whose last word it would be.
_NEXT = re.compile(
    r"(?:(?<=[^\s.;:,]) (?=[A-ZÀ-Þ][^\W\d_]+(?: [a-zà-ÿ][\w-]*){1,3}: \S)|"
    r"(?<![^\s.;:,])[^\sA-ZÀ-Þ.;:,][^\s.;:,]* (?=[A-ZÀ-Þ][^\W\d_]+: \S))"
)
_FEWEST = 2
# Parts of a title: whom a document is about, and who published it.
_BETWEEN = re.compile(r"\s+[—–|-]\s+")
OF_IT = " — "
"""Stands between what a cell is of and what it says."""
_FIGURE = re.compile(r"[$€£]?\d.{0,60}$")
_STOPS = (".", "?", "!")
# Heading, key, value, start, end, and whether it opens what is below the heading.
_Line = tuple[str, str, str, int, int, bool]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and its label: `[start, end)` of the chunk is the line of both.

    The `heading` is the one the key belongs to, empty where the key stands by itself; the key is
    empty where a value has none but the heading. `first` says that it opens what is below that.
    """

    stored: StoredChunk
    heading: str
    key: str
    value: str
    start: int
    end: int
    first: bool

    @property
    def label(self) -> frozenset[str]:
        """The stems of heading and key."""
        return stems(self.heading) | stems(self.key)


def cells_of(chunks: Sequence[StoredChunk]) -> list[Cell]:
    """The labelled cells of a document's chunks, which are given in order."""
    found: list[Cell] = []
    before: tuple[str, ...] | None = None
    for stored in chunks:
        headings = stored.chunk.headings
        above = headings[-1] if headings and headings[-1] != stored.metadata.title else ""
        opens = headings != before
        found += [Cell(stored, *line) for line in _lines(stored.chunk.text, above, opens=opens)]
        before = headings
    if sum(bool(one.key) for one in found) < _FEWEST:
        return []
    # Where keys are written small, one with a capital is no part of what is above it, unless it
    # opens that by a name: below "Forces" stands "Skagen Coast Guard: …".
    small = any(one.key[:1].islower() for one in found)
    return [
        replace(one, heading="", first=True)
        if small and one.key[:1].isupper() and not _names_what_it_heads(one)
        else one
        for one in found
    ]


def _names_what_it_heads(one: Cell) -> bool:
    """Whether it stands first below its heading, and its key is a name with words of its own."""
    capitals = sum(word[0].isupper() for word in _WORD.findall(one.key))
    named = capitals >= _FEWEST and ":" not in one.key
    return one.first and named and not stems(one.heading) <= stems(one.key)


def has_keys(stored: StoredChunk) -> bool:
    """Whether a line of the chunk has a key before its value."""
    return any(line[1] for line in _lines(stored.chunk.text, "", opens=False))


def is_keyed(one: Pooled) -> bool:
    """Whether it is a line with a key before its value, be it the only one of its chunk."""
    return not one.text.endswith(_STOPS) and _KEY.fullmatch(one.text) is not None


def cell_of(one: Pooled) -> Cell | None:
    """The labelled cell that a sentence opens; None where it is none, or it is not sure.

    A figure that is all a line says, below a heading, has that for its label.
    """
    figure = _FIGURE.match(one.text) is not None
    if one.text.endswith(_STOPS) or not (figure or ": " in one.text):
        return None
    stored, part = one.source.stored, one.part
    cells = cells_of([stored])
    if found := next((c for c in cells if c.start == part.start and (c.key or figure)), None):
        return found
    above = stored.chunk.headings[-1:]
    if not figure or part.start or not above:
        return None
    return Cell(stored, above[0], "", one.text, part.start, part.end, first=True)


def label_of(cell: Cell, subject: str = "") -> str:
    """What a cell's value is of: whom the document is about, and the heading of the key."""
    named = subject or _BETWEEN.split(cell.stored.metadata.title)[0]
    return OF_IT.join(dict.fromkeys(part for part in (named, cell.heading) if part))


@lru_cache(maxsize=1024)
def _lines(text: str, above: str, *, opens: bool) -> tuple[_Line, ...]:
    """The cells among the lines of a text; none where keys repeat below one heading, as in rows."""
    found = [line for line in _read(text, above, opens=opens) if line[1] or line[-1]]
    keys = [line[:2] for line in found if line[1]]
    return tuple(found) if len(set(keys)) == len(keys) else ()


def _read(text: str, above: str, *, opens: bool) -> Iterator[_Line]:
    heading, first = above, opens
    lines = list(_LINE.finditer(text))
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        keyed = _KEY.fullmatch(line.group())
        if keyed is None and following is not None and _HEADING.fullmatch(line.group()):
            heading, first = line.group(), True
            continue
        for start, end in _cells(line) if keyed else [line.span()]:
            said = text[start:end]
            each = _KEY.fullmatch(said)
            key, value = (each["key"], each["value"]) if each else ("", said)
            yield heading, key, value, start, end, first
            first = False


def _cells(line: re.Match[str]) -> list[tuple[int, int]]:
    """The spans of the cells of a line: lines that were written below each other may be one."""
    cuts = [one.end() - 1 for one in _NEXT.finditer(line.group())]
    starts = [line.start(), *(line.start() + cut + 1 for cut in cuts)]
    return list(zip(starts, [*(start - 1 for start in starts[1:]), line.end()], strict=True))
