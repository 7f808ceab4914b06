"""What a term is, told right behind a line that is nothing but the term: "3.1. Harbour Pilot."."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.answers.pool import Pooled
from assistant.answers.question import QuestionForm
from assistant.answers.words import stems

_NUMBERED = re.compile(r"^(?:(?:\d+|[A-Z])(?:\.\d+)*[.)]|\([a-z0-9]{1,4}\)|[•*–-])\s*")
_LINES = re.compile(r"\n|(?<=[^\W\d][^\W\d]\.)\s")
_CLOSING = " .:;—–-“”\"'‘’"
# Characters between the term and what it is, such as a line's end.
_NEAR = 4
_MOST = 2
# A heading has so many words, and those with fewer letters may be written small.
_LONGEST, _SHORT = 8, 4
_GOES_ON = re.compile(r"^(?:the|this) term\b|^it\b|^ce terme\b", re.IGNORECASE)


def bare_term(text: str) -> str:
    """A line without its number and what closes it: of "3.1. Harbour Pilot." the words."""
    return _NUMBERED.sub("", text).strip(_CLOSING)


def is_a_numbered_heading(text: str) -> bool:
    """Whether a sentence is no more than the heading of a paragraph: "3.1. Harbour Pilot."."""
    words = bare_term(text).split()
    if not _NUMBERED.match(text) or not 0 < len(words) <= _LONGEST:
        return False
    return all(word[0].isupper() or len(word) < _SHORT for word in words) and words[0][0].isupper()


def has_the_term(form: QuestionForm, text: str) -> bool:
    """Whether a line of a text is nothing but the term and its number, and something follows."""
    lines = [line.strip() for line in _LINES.split(text)]
    return len(form.stems) > 1 and any(_is_the_term(form, line) for line in lines[:-1])


def told_below_the_term(form: QuestionForm, pool: Sequence[Pooled]) -> list[Pooled]:
    """The sentences of `pool` that say what a term is below a line that is just the term, if any.

    The first has the term for its label. What goes on of "the term" is told with it.
    """
    if not form.asks_definition or form.asks_person:
        return []
    told: list[Pooled] = []
    for line, one in pairwise(sorted(pool, key=lambda each: each.place)):
        if told and line is not told[-1] and line.place != told[-1].place:
            break
        if not _follows(line, one):
            continue
        if told:
            if len(told) < _MOST and _GOES_ON.match(one.text):
                told.append(one)
        elif _is_the_term(form, line.text) and not bare_term(one.text)[:1].islower():
            told = [replace(one, label=bare_term(line.text))]
    return told


def _is_the_term(form: QuestionForm, text: str) -> bool:
    term = bare_term(text)
    return term[:1].isupper() and stems(term) == form.stems


def _follows(line: Pooled, one: Pooled) -> bool:
    between = one.place[2] - line.place[2] - len(line.text)
    return line.place[:2] == one.place[:2] and 0 <= between <= _NEAR
