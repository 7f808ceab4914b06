"""The rows of the tables of a section, and the entries of its lists by years, cell by cell."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.rows import read_row
from assistant.types import Passage, StoredChunk

Neighbours = Callable[[StoredChunk, int], Sequence[StoredChunk]]
"""The chunks of a version up to so many before and after one, in order, with itself."""

_SIDE = 2  # how many chunks of a section to either side of one that was found
_LINE = re.compile(r"[^\n]+")
_ENTRY = re.compile(r"(?P<year>1[5-9]\d\d|20\d\d) (?P<said>[A-ZÀ-Þ][^\d\n]*?)(?=\s+\d{4} |\s*$)")
_FEWEST = 2
_FEWEST_ENTRIES = 3
_YEAR = "Year"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and its header."""

    header: str
    text: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row, or an entry by its year, at `[start, end)` of its chunk.

    The header of what an entry says is the `label`, the heading it stands under; rows have none.
    """

    stored: StoredChunk
    start: int
    end: int
    cells: tuple[Cell, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a section, with the prose of its chunks."""

    rows: tuple[GridRow, ...]
    prose: str


def grids(passages: Sequence[Passage], neighbours: Neighbours) -> Iterator[Grid]:
    """The tables of the sections that passages are of; the first of these is whole."""
    sections: dict[tuple[str, tuple[str, ...]], list[StoredChunk]] = {}
    for one in (each.stored for passage in passages for each in passage.chunks):
        if any(_rows(one)):
            sections.setdefault((one.version_id, one.chunk.headings), []).append(one)
    for number, chunks in enumerate(sections.values()):
        yield _grid(chunks if number else _whole(chunks[0], neighbours))


def _whole(found: StoredChunk, neighbours: Neighbours) -> list[StoredChunk]:
    """The chunks of a section beside the one that was found."""
    near = neighbours(found, _SIDE)
    return [one for one in near if one.chunk.headings == found.chunk.headings]


def _grid(chunks: Sequence[StoredChunk]) -> Grid:
    rows = [row for chunk in chunks for row in _rows(chunk)]
    firsts = [row.cells[0].header for row in rows]
    several = (row for row in rows if firsts.count(row.cells[0].header) >= _FEWEST)
    return Grid(tuple(several), "\n".join(_prose(chunk) for chunk in chunks))


def _rows(stored: StoredChunk) -> Iterator[GridRow]:
    text = stored.chunk.text
    for line in _LINE.finditer(text):
        if row := read_row(line.group()):
            said = line.group()
            others = (Cell(one.header, said[one.start : one.end]) for one in row.columns)
            cells = (Cell(row.first, said[slice(*row.about)]), *map(_bare, others))
            yield GridRow(stored, *line.span(), cells)
    yield from _entries(stored)


def _bare(cell: Cell) -> Cell:
    """The cell without the header before it."""
    return Cell(cell.header, cell.text.removeprefix(f"{cell.header}: "))


def _entries(stored: StoredChunk) -> Iterator[GridRow]:
    """The entries of lines that consist of nothing else."""
    text, heading = stored.chunk.text, stored.chunk.headings[-1] if stored.chunk.headings else ""
    # The first column's header is no part of what the heading names.
    label = heading.removeprefix(f"{_YEAR} ")
    found = list(_ENTRY.finditer(text))
    if len(found) < _FEWEST_ENTRIES or _ENTRY.sub("", text).strip():
        return
    for one in found:
        yield GridRow(
            stored, *one.span(), (Cell(_YEAR, one["year"]), Cell(label, one["said"])), label
        )


def _prose(stored: StoredChunk) -> str:
    return "\n".join(line for line in _LINE.findall(stored.chunk.text) if read_row(line) is None)
