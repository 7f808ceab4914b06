"""Tables that a model writes, as lines that can be proved one by one."""

import re
from collections.abc import Iterator, Sequence

_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?")
_EDGES = re.compile(r"^\s*\||\|\s*$")


def in_lines(text: str) -> str:
    """The text with every row of a Markdown table as an item, each cell after its column's name.

    A row by itself says nothing that a passage could carry, and its heading nothing at all.
    """
    return "\n".join(_written(text.split("\n")))


def _written(lines: Sequence[str]) -> Iterator[str]:
    columns: list[str] | None = None
    for line, below in zip(lines, (*lines[1:], ""), strict=True):
        if "|" not in line:
            columns = None
            yield line
        elif _RULE.fullmatch(below) and columns is None:
            columns = _cells(line)
        elif columns is None:
            yield line
        elif not _RULE.fullmatch(line):
            yield _item(columns, _cells(line))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _EDGES.sub("", line).split("|")]


def _item(columns: Sequence[str], cells: Sequence[str]) -> str:
    named = (*columns, *[""] * (len(cells) - len(columns)))
    said = (
        f"{name}: {cell}" if name else cell
        for name, cell in zip(named, cells, strict=False)
        if cell
    )
    return f"- {'; '.join(said)}"
