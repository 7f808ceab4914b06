"""Rows of tables as they are read: each cell after the head of its column, in one line.

What a row says it says by its own cells and the heads above them. The other rows of the table speak
of others, so that they are no surroundings in which a name may be found.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"[\s|:-]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a line of words, and the heads of its table with what introduces it."""

    words: str
    around: str


def rows(text: str) -> Mapping[int, Row]:
    """The rows of the tables of a text, by where they start; heads and rules are none."""
    return dict(_found(text))


def _found(text: str) -> Iterator[tuple[int, Row]]:
    heads: list[str] = []
    last, around = -1, ""
    for match in _ROW.finditer(text):
        cells = _cells(match.group())
        # A line that is no row ends a table.
        if text[last : match.start()].strip() or last < 0:
            heads, around = cells, _line_before(text, match.start())
        elif not _RULE.fullmatch(match.group()) and heads:
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            yield start, Row(_read(heads, cells), f"{around}\n{', '.join(heads)}")
        last = match.end()


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _line_before(text: str, start: int) -> str:
    return text[:start].rstrip().rpartition("\n")[2]


def _read(heads: list[str], cells: list[str]) -> str:
    """The first cell names the row; each of the others follows the head of its column."""
    named = zip(heads[1:], cells[1:], strict=False)
    return "; ".join([cells[0], *(f"{head}: {cell}" for head, cell in named if cell)])
