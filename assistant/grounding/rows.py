"""Rows of tables as they are read: each cell after the head of its column, in one line.

What a row says it says by its own cells and the heads above them. The other rows of the table speak
of others, so that they are no surroundings in which a name may be found.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from assistant.grounding.terms import Kind, terms

_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE)
_LABELLED = re.compile(
    r"(?<=^)[^\W_][^:;|\n]{0,60}:[^;\n]+(?:; [^:;|\n]{1,60}:[^;\n]+)+(?=$)", re.MULTILINE
)
_HEADING = re.compile(r"^#+[ \t]+(.+)$", re.MULTILINE)
_RULE = re.compile(r"[\s|:-]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a line of words, and the heads of its table with the heading above it.

    `cells` are those behind the first, each with the head of its column.
    """

    words: str
    around: str
    cells: tuple[tuple[str, str], ...]

    def answers(self, sentence: str) -> bool:
        """Whether the sentence says what a cell says, and of every column that it names.

        Who says that a country "has" what a row is of says nothing of the cell, which may be "no".
        """
        said = _telling(sentence)
        heard = [(_telling(head), bool(_telling(cell) & said)) for head, cell in self.cells]
        named = all(yes for head, yes in heard if head and head <= said)
        return named and any(yes for _, yes in heard) and not self._crossed(sentence)

    def _crossed(self, sentence: str) -> bool:
        """Whether what one column has alone is said behind the head of another."""
        heads = {key: i for i, (head, _) in enumerate(self.cells) for key in _telling(head)}
        every = [_telling(cell) for _, cell in self.cells]
        named = {heads[one.key] for one in terms(sentence) if one.key in heads}
        last = -1
        for one in terms(sentence):
            last = heads.get(one.key, last)
            of = [i for i, cell in enumerate(every) if one.key in cell and one.key not in heads]
            if len(of) == 1 and last >= 0 and of[0] != last and of[0] in named:
                return "respectively" not in sentence
        return False


_NO_ROW = Row("", "", ())


def rows(text: str) -> Mapping[int, Row]:
    """The rows of the tables of a text, by where they start; heads and rules say nothing."""
    return {**dict(_found(text)), **dict(_labelled(text))}


def _labelled(text: str) -> Iterator[tuple[int, Row]]:
    """Rows that are written as such: "Feature: Members; NATO: 32; Commonwealth: 56"."""
    for match in _LABELLED.finditer(text):
        line = match.group()
        cells = tuple(_cell(one) for one in line.split("; "))
        yield match.start(), Row(line, _heading_before(text, match.start()), cells)


def _cell(written: str) -> tuple[str, str]:
    head, _, cell = written.partition(":")
    return head.strip(), cell.strip()


def _found(text: str) -> Iterator[tuple[int, Row]]:
    every = list(_ROW.finditer(text))
    heads: list[str] = []
    above, end = "", 0
    for i, match in enumerate(every):
        written, start = match.group(), match.start() + _indent(match.group())
        # A line that is no row ends a table.
        if text[end : match.start()].strip() or not i:
            heads, above = [], _heading_before(text, match.start())
        end = match.end()
        if i + 1 < len(every) and _RULE.fullmatch(every[i + 1].group()):
            heads = _cells(written)
            yield start, _NO_ROW
        elif _RULE.fullmatch(written):
            yield start, _NO_ROW
        else:
            cells = _cells(written)
            named = tuple(zip_longest(heads[1:], cells[1:], fillvalue=""))
            yield start, Row(_read(cells[0], named), f"{above}\n{', '.join(heads)}", named)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _heading_before(text: str, start: int) -> str:
    """The last heading; what else introduces a table may name whoever stands in other rows."""
    return next(reversed(_HEADING.findall(text, 0, start)), "")


def _read(name: str, cells: tuple[tuple[str, str], ...]) -> str:
    """The first cell names the row; each of the others follows the head of its column."""
    said = (f"{head}: {cell}" if head else cell for head, cell in cells if cell)
    return "; ".join([name, *said])


@lru_cache(maxsize=1024)
def _telling(text: str) -> frozenset[str]:
    return frozenset(one.key for one in terms(text) if one.kind is not Kind.COMMON)
