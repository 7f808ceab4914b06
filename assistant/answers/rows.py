"""Rows of tables: which of a row's cells answer, as spans of its text.

A table is read in as lines, `Header: cell; Header: cell`; nobody reads aloud like that.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answers.pool import Pooled
from assistant.answers.question import Expected, QuestionForm
from assistant.answers.words import exact_words, initials, stems

Span = tuple[int, int]

_NAME = r"(?P<name>[^\W_][^:;.\n]{0,59}): "
_OPENS = re.compile(_NAME)
_NEXT = re.compile(rf"; {_NAME}")
_FEWEST_SIDES = 2
_OF_PLACE = re.compile(r"\b(?:location|place|seat|lieu|siège)\b", re.IGNORECASE)
_OF_TIME = re.compile(r"(?:date|year|when|since|time|année|quand|depuis)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """A cell under its header: `[start, end)` is "Header: cell" in the row."""

    header: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """What a row is about, its first cell without the header, and its other cells."""

    about: Span
    first: str
    columns: tuple[Column, ...]

    def named(self, form: QuestionForm) -> tuple[Column, ...]:
        """The columns whose headers the question names."""
        return tuple(one for one in self.columns if _is_named(form, one.header))

    def spans(self, form: QuestionForm, told: Sequence[int] = ()) -> list[Span]:
        """The columns that were asked for, as spans; those side by side are one.

        Those that are `told`, by their numbers in the row. Else all of them, where none is named,
        or one of two things that are compared.
        """
        named = tuple(self.columns[i - 1] for i in told if i) or self.named(form)
        wanted = named if told or len(named) >= 1 + form.asks_contrast else self.columns
        found: list[Span] = []
        for before, one in zip((None, *wanted), wanted, strict=False):
            if before is not None and self.columns.index(one) == self.columns.index(before) + 1:
                found[-1] = (found[-1][0], one.end)
            else:
                found.append((one.start, one.end))
        return found


def row_of(one: Pooled) -> Row | None:
    """The sentence as the row of a table; None where it is none, or it is not sure.

    A row is a whole line, and another line of its chunk begins with the same header, or it has
    three headers.
    """
    text, chunk = one.text, one.source.stored.chunk.text
    opening = _OPENS.match(text)
    if opening is None or not _is_a_line(one):
        return None
    row = _read(text, opening)
    alone = f"\n{chunk}".count(f"\n{opening.group()}") < 2  # there is no other
    return None if row is None or (alone and len(row.columns) < _FEWEST_SIDES) else row


@lru_cache(maxsize=4096)
def read_row(line: str) -> Row | None:
    """The line as the row of a table, if it may be one."""
    opening = _OPENS.match(line)
    return None if opening is None else _read(line, opening)


def compared(form: QuestionForm, pool: Sequence[Pooled]) -> Pooled | None:
    """The likeliest row of a table that has a column for each of the things compared, if any."""
    if not form.asks_contrast:
        return None
    found = [one for one in pool if (row := row_of(one)) and len(row.named(form)) >= _FEWEST_SIDES]
    return max(found, key=lambda one: one.chance, default=None)


def of_the_table(row: Pooled, pool: Sequence[Pooled]) -> list[Pooled]:
    """The rows with the same headers, in their order."""
    headers = _headers(row)
    found = [one for one in pool if one.place[:2] == row.place[:2] and _headers(one) == headers]
    return sorted(found, key=lambda one: one.place)


def is_of_place(header: str) -> bool:
    """Whether a header says that its cells are places."""
    return _OF_PLACE.search(header) is not None


def is_of_time(header: str) -> bool:
    """Whether a header says that its cells are dates."""
    return _OF_TIME.match(header) is not None


def _headers(one: Pooled) -> tuple[str, ...] | None:
    row = row_of(one)
    return None if row is None else (row.first, *(each.header for each in row.columns))


def _is_a_line(one: Pooled) -> bool:
    text, part = one.source.stored.chunk.text, one.part
    return f"\n{text}"[part.start] == "\n" and f"{text}\n"[part.end] == "\n"


def _read(text: str, opening: re.Match[str]) -> Row | None:
    nexts = list(_NEXT.finditer(text, opening.end()))
    if not nexts:
        return None
    ends = [*(found.start() for found in nexts[1:]), len(text)]
    columns = tuple(
        Column(found["name"], found.start("name"), end)
        for found, end in zip(nexts, ends, strict=True)
    )
    return Row((opening.end(), nexts[0].start()), opening["name"], columns)


def _is_named(form: QuestionForm, header: str) -> bool:
    """Whether the question has the header, or one has the initials of the other: EU."""
    own = stems(header)
    if own and own <= form.stems:
        return True
    if form.asks_place and is_of_place(header):
        return True
    if form.expected is Expected.TIME and is_of_time(header):
        return True
    return bool(initials(header) & form.names.words or form.names.initials & exact_words(header))
