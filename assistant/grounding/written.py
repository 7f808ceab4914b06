"""Figures, names and words as a text writes them, which is how a reader finds them there."""

import re

from assistant.grounding.states import is_state
from assistant.grounding.terms import Kind, Term, terms

_SCALE = re.compile(r"[\s-]+(?:thousand|million|billion|trillion)s?\b")
_WHOSE = re.compile(r"[’']s?$")
# "Naval and Coastal Services" are one name.
_SHARED = re.compile(r"\s+(?:and|of|of the)\s+[A-Z][\w-]+\s+[A-Z]|\s+of\s+(?:the\s+)?[A-Z]")
_LONG_NAME = 3
YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
CLAUSE_ENDS = re.compile(r"[,;:()—–]|[.!?](?=\s|$)")


def figure_in_full(key: str, text: str) -> str:
    """A figure as a text writes it: "7.5 million"; what is none as it is."""
    figure = number_of(text, key)
    scale = _SCALE.match(text, figure.end) if figure else None
    return figure.text + (scale[0] if scale else "") if figure else key


def in_full(name: str, sentence: str) -> str:
    """The name with those beside it, unless another is a state's: "Panama Canal"."""
    for run in runs(sentence):
        words = [_WHOSE.sub("", one.text) for one in run]
        if (
            name in words
            and len(words) <= _LONG_NAME
            and not any(is_state(word) for word in words if word != name)
        ):
            return joined(run, sentence)
    return name


def says(text: str, words: str) -> bool:
    """Whether a text has words, as they are written or in another form of each."""
    if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE):
        return True
    keys = [one.key for one in terms(words)]
    return bool(keys) and set(keys) <= {one.key for one in terms(text)}


def is_written(text: str, words: str) -> bool:
    """Whether a text has words just as they are written, in any case."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


def number_of(text: str, key: str) -> Term | None:
    """The number of a text with that value, if it has one."""
    return next((one for one in terms(text) if one.kind is Kind.NUMBER and one.key == key), None)


def figure_of(text: str, words: str) -> Term | None:
    """The number or month of a text that the words give."""
    keys = {words.lower(), words, *(one.key for one in terms(words))}
    figures = (one for one in terms(text) if one.kind in {Kind.NUMBER, Kind.MONTH})
    return next((one for one in figures if one.key in keys or one.text == words), None)


def kind_of(one: Term) -> str:
    """What kind of figure it is; a year is one of its own."""
    return "year" if YEAR.fullmatch(one.key) else str(one.kind)


def counted_behind(text: str, figure: Term) -> frozenset[str]:
    """The keys of what stands directly behind a figure."""
    found = terms(text)
    i = found.index(figure)
    behind = [one for one in found[i + 1 : i + 4] if one.kind in {Kind.WORD, Kind.NAME}]
    signs = [one.key for one in found[max(0, i - 1) : i + 2] if one.key in {"percent", "$", "€"}]
    joined = [one for one in behind if not CLAUSE_ENDS.search(text, figure.end, one.start)]
    return frozenset((*(one.key for one in joined[:1]), *signs))


def is_whole(name: str, text: str) -> bool:
    """Whether a name stands in a text, and not within another: "Great" in "Great Britain"."""
    found = [one for one in runs(text) if joined(one, text) == name]
    if not found:
        first = terms(text)[:1]
        return [one.text for one in first] == name.split() and first[0].text[0].isupper()
    return not all(_SHARED.match(text, one[-1].end) for one in found)


def runs(text: str) -> list[list[Term]]:
    """The names of a text, each with the words that belong to it."""
    found: list[list[Term]] = []
    for one in terms(text):
        if one.kind is not Kind.NAME:
            continue
        if found and not text[found[-1][-1].end : one.start].strip():
            found[-1].append(one)
        else:
            found.append([one])
    return found


def joined(run: list[Term], text: str) -> str:
    """The words of a name as the text has them."""
    return _WHOSE.sub("", text[run[0].start : run[-1].end])
