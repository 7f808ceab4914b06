"""Rows of cells as lines that can be read and quoted one at a time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

LONGEST_HEADER = 80
_NUMBER = re.compile(r"[-+(]?[\d.,'\s]*\d[\d.,'\s%)]*")
_MIDNIGHT = time()
_EXACT = 2**53  # beyond it a float says less than its digits


def lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Each row as `Header: cell; Header: cell`, or as `a | b` where the first is no header."""
    filled = (row for row in rows if any(row))
    first = next(filled, None)
    if first is None:
        return
    second = next(filled, None)
    header = trimmed(first) if second is not None and is_header(first) else ()
    if not header:
        yield spelt(first, ())
    if second is not None:
        yield spelt(second, header)
    for row in filled:
        yield spelt(row, header)


def spelt(row: Sequence[str], header: Sequence[str]) -> str:
    """One row; cells beyond the header stand by themselves."""
    if not header:
        return " | ".join(cell for cell in row if cell)
    names = [*header, *[""] * (len(row) - len(header))]
    pairs = zip(names, row, strict=False)
    return "; ".join(f"{name}: {cell}" if name else cell for name, cell in pairs if cell)


def is_header(row: Sequence[str]) -> bool:
    """Whether the row names columns: short words, none twice, two at least."""
    named = [cell for cell in row if cell]
    return (
        len(named) >= 2
        and len(named) == len(trimmed(row))
        and len(set(named)) == len(named)
        and all(len(cell) <= LONGEST_HEADER and not _NUMBER.fullmatch(cell) for cell in named)
    )


def trimmed(row: Sequence[str]) -> Sequence[str]:
    """The row without the empty cells at its end."""
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def shown(value: object) -> str:
    """A cell's value as a reader expects it: dates in ISO form, whole numbers without a point."""
    match value:
        case bool():
            return "yes" if value else "no"
        case float():
            whole = value.is_integer() and abs(value) < _EXACT
            return str(int(value)) if whole else f"{value:.12g}"
        case datetime() | date() | time() | timedelta():
            return _moment(value)
        case _:
            return " ".join(str("" if value is None else value).split())


def _moment(value: date | time | timedelta) -> str:
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if not isinstance(value, datetime):
        return value.isoformat()
    whole = value.time() == _MIDNIGHT
    return value.date().isoformat() if whole else value.isoformat(" ", "seconds")
