"""Where terms stand in passages, as the segments of the table have them: nothing is read anew."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.library.segments import FIELDS, Segment, term_key
from assistant.ports import Occurrences

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """Rows of a segment, and the numbers that they have among all that are looked at."""

    segment: Segment
    numbers: Whole
    rows: Whole


def occurrences(
    located: Sequence[Located], count: int, terms: Sequence[str]
) -> tuple[Occurrences, Occurrences]:
    """Where distinct terms stand in `count` texts, and in their titles with headings."""
    lengths = np.zeros((len(FIELDS), count), np.int64)
    for one in located:
        lengths[:, one.numbers] = one.segment.lengths[:, one.rows]
    keys = np.array([term_key(field, term) for field in FIELDS for term in terms], np.uint64)
    spoken = lengths.sum(0)
    standing = [_standing(one, spoken[one.numbers], keys) for one in located if len(keys)]
    found = np.concatenate([np.empty((3, 0), np.int64), *standing], axis=1)
    texts, key, places = found[:, np.argsort(found[0], kind="stable")]
    headed = key >= len(terms)
    return (
        Occurrences(texts[~headed], key[~headed], places[~headed], lengths[0]),
        Occurrences(
            texts[headed],
            key[headed] % max(1, len(terms)),
            places[headed] - lengths[0][texts[headed]],
            lengths[1:].sum(0),
        ),
    )


def _standing(one: Located, spoken: Whole, keys: NDArray[np.uint64]) -> Whole:
    """Where terms stand in rows that have so many, field by field as they are spoken.

    Of shape `(3, n)`: the text, the number of the term's key, and how many terms stand before.
    """
    segment = one.segment
    wanted = segment.numbers(keys)
    order = np.argsort(wanted)
    places = np.arange(spoken.sum()) - np.repeat(np.cumsum(spoken) - spoken, spoken)
    said = segment.said[np.repeat(segment.begins[one.rows], spoken) + places]
    found = order[np.minimum(np.searchsorted(wanted, said, sorter=order), len(keys) - 1)]
    hit = np.flatnonzero(wanted[found] == said)
    return np.stack([np.repeat(one.numbers, spoken)[hit], found[hit], places[hit]])
