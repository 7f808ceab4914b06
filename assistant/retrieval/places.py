"""What the places of a question's terms tell of passages: how often, how near to each other."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.ports import Occurrences

Floats = NDArray[np.float32]

_WINDOW = 25
_NEAR = 5
_IN_ORDER = 1.5
_FADES = 0.3
# No text has as many terms: places of different texts lie farther apart than any window.
_TEXT = 1 << 24


def read_occurrences(texts: Sequence[Sequence[str]], terms: Sequence[str]) -> Occurrences:
    """Where distinct terms stand in texts, which are given by their terms in order."""
    number = {term: i for i, term in enumerate(terms)}
    found = [
        (i, number[term], place)
        for i, text in enumerate(texts)
        for place, term in enumerate(text)
        if term in number
    ]
    rows = np.array(found, np.int64).reshape(-1, 3)
    lengths = np.array([len(text) for text in texts], np.int64)
    return Occurrences(rows[:, 0], rows[:, 1], rows[:, 2], lengths)


def among_first(found: Occurrences, terms: int) -> Occurrences:
    """Those of the first so many terms."""
    kept = found.terms < terms
    return Occurrences(found.texts[kept], found.terms[kept], found.places[kept], found.lengths)


def frequencies(found: Occurrences, terms: int) -> Floats:
    """How often each of the first so many terms stands in each text: `(n_texts, terms)`."""
    found = among_first(found, terms)
    texts = len(found.lengths)
    counts = np.bincount(found.texts * terms + found.terms, minlength=texts * terms)
    return counts.reshape(texts, terms).astype(np.float32)


def firsts(found: Occurrences) -> Floats:
    """How far into each text the first term stands, in [0, 1]; 1 where none does."""
    first = np.ones(len(found.lengths), np.float32)
    texts, at = np.unique(found.texts, return_index=True)
    first[texts] = found.places[at] / found.lengths[texts]
    return first


def pairs(found: Occurrences, weight: Floats) -> Floats:
    """Terms that follow each other closely: more where they do so in the question too."""
    one, other = found.terms[:-1], found.terms[1:]
    apart = np.diff(found.places)
    close = (found.texts[:-1] == found.texts[1:]) & (one != other) & (apart <= _NEAR)
    at = np.flatnonzero(close)
    count = len(weight)
    names = np.minimum(one, other)[at] * count + np.maximum(one, other)[at]
    # Of a pair that stands in a text more than once, the first counts.
    _, first = np.unique(found.texts[at] * count * count + names, return_index=True)
    at = at[first]
    in_order = np.where(other[at] == one[at] + 1, _IN_ORDER, 1.0)
    value = np.minimum(weight[one[at]], weight[other[at]]) * in_order
    value = value / (1 + _FADES * (apart[at] - 1))
    total = np.bincount(found.texts[at], weights=value, minlength=len(found.lengths))
    return total.astype(np.float32)


def windows(found: Occurrences, weight: Floats) -> Floats:
    """The most of the question that stands within one window of each text, in [0, 1]."""
    best = np.zeros(len(found.lengths), np.float32)
    here = found.texts * _TEXT + found.places
    last = np.full((len(here), len(weight)), -_TEXT)
    last[np.arange(len(here)), found.terms] = here
    last = np.maximum.accumulate(last, axis=0) if len(here) else last
    # Added up without the linear algebra of the machine, which at times warns of what is no number
    # where all are.
    within = np.where(here[:, None] - last <= _WINDOW, weight, np.float32(0)).sum(axis=1)
    np.maximum.at(best, found.texts, within.astype(np.float32))
    return best
