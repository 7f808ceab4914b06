"""What people ask in words of their own of what a profile has below a label."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from assistant.answers.cells import Cell
from assistant.answers.subjects import Subject
from assistant.answers.words import Names, exact_words, stems
from assistant.retrieval.standalone import content_words

_ASIDE = re.compile(r"\([^)]*\)|\b(?:19|20)\d\d\b")
# Who asks more than this many words beyond what a label stands for asks something else.
_MOST_BEYOND = 2


def cells_asked(question: str, names: Names, subject: Subject, cells: Sequence[Cell]) -> list[Cell]:
    """The cells of the subject whose label is asked for in words of `labels.txt`, the shortest.

    The `names` of the question that are not the subject's, nor part of what asks, stand in the
    cell. Empty where nothing is asked so.
    """
    for label, asked in _labels():
        found = asked.search(question)
        if found is None or _beyond(question, found, subject.stems) > _MOST_BEYOND:
            continue
        others = names.missing_from(f"{subject.name} {found.group()}")
        told = [c for c in cells if label <= _label(c) and others <= around(c)]
        if told:
            shortest = min(len(_label(one)) for one in told)
            return [one for one in told if len(_label(one)) == shortest]
    return []


def around(cell: Cell) -> frozenset[str]:
    """The words of a cell, its label and its document's title."""
    title = cell.stored.metadata.title
    return exact_words(f"{title}\n{cell.heading}\n{cell.key}\n{cell.value}")


def _beyond(question: str, found: re.Match[str], subjects: frozenset[str]) -> int:
    """How many words a question has before and behind what is asked, but those of its subjects."""
    rest = f"{question[: found.start()]} {question[found.end() :]}"
    return sum(not stems(word) <= subjects for word in content_words(rest))


def _label(cell: Cell) -> frozenset[str]:
    return stems(_ASIDE.sub("", f"{cell.heading} {cell.key}"))


@cache
def _labels() -> tuple[tuple[frozenset[str], re.Pattern[str]], ...]:
    """The labels of `labels.txt` as stems, each with what asks for it."""
    text = (files("assistant.answers") / "labels.txt").read_text("utf-8")
    lines = [line.partition(": ") for line in text.splitlines() if line and line[0] != "#"]
    return tuple(
        (stems(label), re.compile(rf"\b(?:{asked})", re.IGNORECASE)) for label, _, asked in lines
    )
