"""Designations such as STANAG 2067, AJP-3 and UNSCR 1386, found however they are written.

Numbers say little to an embedder, and "AJP-3.2" is near to "AJP-3" in every other way. So what a
question names by letters and a number is also looked for as it stands, in each of its spellings.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from assistant.ports import Occurrences

Floats = NDArray[np.float32]
Designation = tuple[tuple[str, ...], ...]
"""The terms of each of its spellings, in their order."""

PARTS = tuple("123456789")
"""What makes another of a small number where it follows: AJP-3.2 is not AJP-3."""
_SMALL = 2
_NUMBER = r"(?P<number>\d+(?:[.-]\d+)*)\b"
_NO = r"\s*(?:no\.?|n°|№)?\s*"
# Letters and a number written as one word: other words of that kind are short (CO2, B2B).
_TOGETHER = re.compile(r"\b([A-Z]{3,})(\d+)\b")
# How each series is written: what it is known by, and its spellings before the number.
_SERIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"STANAG|standardi[sz]ation\s+agreement", ("STANAG", "standardization agreement")),
    (r"AJP|allied\s+joint\s+publication", ("AJP", "allied joint publication")),
    (
        r"U\.?N\.?S\.?C\.?R\.?|SCR|S/RES/|r[eé]solution",
        ("UNSCR", "SCR", "S/RES/", "resolution", "résolution"),
    ),
    (r"PDD|presidential\s+decision\s+directive", ("PDD", "presidential decision directive")),
    (r"E\.?O\.?|executive\s+order", ("EO", "executive order")),
    (r"DoDD|DoD\s+directive", ("DoDD", "DoD directive")),
    (r"DoDI|DoD\s+instruction", ("DoDI", "DoD instruction")),
)
_KNOWN = tuple(
    (re.compile(rf"(?<!\w)(?:{named}){_NO}[-‑–]?\s*{_NUMBER}", re.IGNORECASE), spellings)
    for named, spellings in _SERIES
)
_ANY = re.compile(rf"\b(?P<name>[A-Z][A-Za-z&/]*[A-Z])(?:{_NO}|\s*[-‑–]\s*){_NUMBER}")
_BETWEEN = re.compile(r"[-‑–—/()]")

Terms = Callable[[str], Sequence[str]]


def written_apart(text: str) -> str:
    """The text with a space between the letters and the number of a designation: STANAG 2067."""
    return _TOGETHER.sub(r"\1 \2", text)


def spellings(question: str) -> list[list[str]]:
    """How each designation of a question may be written, in the question's order."""
    found: dict[tuple[str, str], list[str]] = {}
    for pattern, names in _KNOWN:
        for match in pattern.finditer(question):
            found[match["number"], names[0]] = [*_written(names, match["number"])]
    numbers = {number for number, _ in found}
    for match in _ANY.finditer(question):
        if match["number"] not in numbers:
            found[match["number"], match["name"]] = [*_written((match["name"],), match["number"])]
    return list(found.values())


def named_in(question: str, text: str) -> bool:
    """Whether the text has every designation of a question; not where the question has none.

    AJP-3.2 does not stand for AJP-3.
    """
    found, there = spellings(question), _spaced(text)
    return bool(found) and all(
        any(re.search(rf"(?<!\w){re.escape(_spaced(one))}(?!\w|\.\d)", there) for one in each)
        for each in found
    )


def _spaced(text: str) -> str:
    return " ".join(_BETWEEN.sub(" ", text.lower()).split())


def also_written(question: str) -> str:
    """The question with its designations as one word each, so that they are searched as phrases."""
    joined = (re.sub(r"[\s/]+", "-", one) for each in spellings(question) for one in each)
    return " ".join((question, *joined))


def designations(question: str, terms: Terms) -> tuple[Designation, ...]:
    """The designations of a question by the terms of an index."""
    return tuple(
        tuple(dict.fromkeys(tuple(terms(one)) for one in each)) for each in spellings(question)
    )


def looked_for(named: Sequence[Designation]) -> list[str]:
    """The terms that must be looked for to tell where designations stand."""
    found = [term for each in named for spelling in each for term in spelling]
    return [*found, *PARTS] if any(_is_small(each) for each in named) else found


def standing(named: Sequence[Designation], terms: Sequence[str], *places: Occurrences) -> Floats:
    """The share of the designations that each text has in any of the places, in [0, 1]."""
    number = {term: i for i, term in enumerate(terms)}
    held = np.zeros((len(places[0].lengths), len(named)), bool)
    for (i, each), found in product(enumerate(named), places):
        for spelling in each:
            held[_texts(found, [number[term] for term in spelling], _parts(each, number)), i] = True
    share: Floats = held.mean(1, dtype=np.float32)
    return share


def _texts(found: Occurrences, sequence: Sequence[int], parts: Sequence[int]) -> NDArray[np.int64]:
    """The texts in which terms stand one after the other, and no further part after them."""
    if not sequence:
        return np.empty(0, np.int64)
    width = int(found.lengths.max(initial=0)) + len(sequence) + 1
    at = found.texts * width + found.places
    spots = at[found.terms == sequence[0]]
    for offset, term in enumerate(sequence[1:], start=1):
        spots = spots[np.isin(spots + offset, at[found.terms == term])]
    further = at[np.isin(found.terms, parts)]
    spots = spots[~np.isin(spots + len(sequence), further)]
    texts: NDArray[np.int64] = spots // width
    return texts


def _parts(each: Designation, number: dict[str, int]) -> list[int]:
    return [number[part] for part in PARTS] if _is_small(each) else []


def _is_small(each: Designation) -> bool:
    last = each[0][-1] if each and each[0] else ""
    return last.isdigit() and len(last) <= _SMALL


def _written(names: Sequence[str], number: str) -> Iterator[str]:
    for name in names:
        apart = "" if name.endswith("/") else " "
        yield f"{name}{apart}{number}"
        if apart:
            yield f"{name} no {number}"
            yield f"{name.replace(' ', '')}{number}"
    if number != (bare := number.lstrip("0")) and bare:
        yield f"{names[0]} {bare}"
