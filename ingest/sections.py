"""Sections: what stands between one heading and the next."""

from dataclasses import dataclass

from assistant.types import Heading, LoadedDocument


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
    path: list[tuple[int, str]] = []
    found: list[Section] = []
    starts = [heading.start for heading in document.headings] + [len(text)]
    _append(found, text, 0, starts[0], None, ())
    for heading, until in zip(document.headings, starts[1:], strict=True):
        path = [*_above(path, heading), (heading.level, text[heading.start : heading.end])]
        _append(found, text, heading.end, until, heading, tuple(name for _, name in path))
    return found or [Section(0, len(text), 0, ())]


def common(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The headings both paths begin with."""
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    return one[:shared]


def _above(path: list[tuple[int, str]], heading: Heading) -> list[tuple[int, str]]:
    return [(level, name) for level, name in path if level < heading.level]


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
