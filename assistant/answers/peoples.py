"""Other names of a country: its people, its capital where that stands for its government."""

import re
from collections.abc import Mapping, Sequence, Set
from functools import cache, lru_cache
from importlib.resources import files

from assistant.spelling import unaccented

_SPACE = re.compile(r"[\s-]+")


def named_otherwise(word: str, text: str) -> bool:
    """Whether the text names the country of which this word is a name: "Dutch", "Netherlands"."""
    known, plain = _peoples(), _plain(word)
    # A plural is asked in both its forms.
    others = known.get(plain) or known.get(f"{plain}s") or known.get(plain.removesuffix("s"))
    return others is not None and others.search(f" {_plain(text)} ") is not None


def countries_named_otherwise(words: Set[str], text: str) -> Set[str]:
    """Those of the words that make a country's name of several, if the text has another of it.

    "Cape Verde" is named where "Cabo Verde" is.
    """
    there = f" {_plain(text)} "
    return frozenset().union(
        *(name for name, others in _in_words() if name <= words and others.search(there))
    )


@cache
def names_of_countries() -> tuple[tuple[str, ...], ...]:
    """The names of each country, in small letters without accents, the usual one first."""
    lines = (files("assistant.answers") / "peoples.txt").read_text("utf-8").splitlines()
    return tuple(tuple(_plain(name) for name in line.split(",")) for line in lines if line)


@cache
def _in_words() -> tuple[tuple[frozenset[str], re.Pattern[str]], ...]:
    """The names of countries in several words, each with the pattern of all names of it."""
    return tuple(
        (words, _pattern(names))
        for names in names_of_countries()
        for name in names
        if len(words := frozenset(name.split()) - {"the", "of"}) > 1
    )


@cache
def _peoples() -> Mapping[str, re.Pattern[str]]:
    """For every name of a country in one word, a pattern of all its names."""
    found: dict[str, re.Pattern[str]] = {}
    for names in names_of_countries():
        pattern = _pattern(names)
        found |= {name: pattern for name in names if " " not in name}
    return found


def _pattern(names: Sequence[str]) -> re.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")


@lru_cache(maxsize=512)
def _plain(text: str) -> str:
    return _SPACE.sub(" ", unaccented(text.lower())).strip()
