"""Sections: what stands between one heading and the next."""

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.types import Heading, LoadedDocument

_BELOW = 0.5  # of a level
# The heading that a count begins with: "Article 1", "Artikel I", "1."
_FIRST = re.compile(
    r"^\W*(?:[^\W\d_]+\.?\s+(?:1|I|1er|premier|one)\b|(?:1|I)(?:[.)]|\W*$))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Section:
    """The text under a heading, `[start, end)` without outer white space.

    `headings` is the path down to it. `heading_start` is where the headings directly above it
    begin, or `start` where there is none.
    """

    start: int
    end: int
    heading_start: int
    headings: tuple[str, ...]


def sections(document: LoadedDocument) -> list[Section]:
    """The sections that have text, in order; a document of headings alone is one section."""
    text = document.text
    path: list[tuple[float, str]] = []
    over = levels_of_titles(document)
    found: list[Section] = []
    starts = [heading.start for heading in document.headings] + [len(text)]
    _append(found, text, 0, starts[0], None, ())
    for heading, until in zip(document.headings, starts[1:], strict=True):
        level = over.get(heading, heading.level)
        path = [*_above(path, level), (level, text[heading.start : heading.end])]
        _append(found, text, heading.end, until, heading, tuple(name for _, name in path))
    return found or [Section(0, len(text), 0, ())]


def levels_of_titles(document: LoadedDocument) -> dict[Heading, float]:
    """The headings that name all that follows though they are smaller, with their true levels.

    A treaty has its name in each of its languages so: "Article 1" begins what it is the name of,
    and ends it as little as the articles after it.
    """
    found: dict[Heading, float] = {}
    headings, text = document.headings, document.text
    for heading, after in pairwise(headings):
        numbered = _FIRST.match(text[after.start : after.end])
        if numbered and headings[0].level < after.level < heading.level:
            found[heading] = after.level - _BELOW
    return found


def common(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The headings both paths begin with."""
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    return one[:shared]


def _above(path: list[tuple[float, str]], level: float) -> list[tuple[float, str]]:
    return [(above, name) for above, name in path if above < level]


def _append(
    found: list[Section],
    text: str,
    start: int,
    end: int,
    heading: Heading | None,
    headings: tuple[str, ...],
) -> None:
    body = text[start:end]
    stripped = body.strip()
    if stripped:
        first = start + len(body) - len(body.lstrip())
        heading_start = heading.start if heading else first
        found.append(Section(first, first + len(stripped), heading_start, headings))
