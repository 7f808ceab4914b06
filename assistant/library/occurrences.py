"""Where terms stand in passages, as the segments of the table have them: nothing is read anew."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.library.segments import FIELDS, Segment
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
    texts: list[Occurrences] = []
    titles: list[Occurrences] = []
    for one in located:
        segment = one.segment
        begins = segment.begins[one.rows]
        lengths = segment.lengths[:, one.rows].astype(np.int64)
        texts.append(_within(segment, begins, lengths[0], terms, FIELDS[:1]))
        rest = lengths[1:].sum(0)
        titles.append(_within(segment, begins + lengths[0], rest, terms, FIELDS[1:]))
    numbers = [one.numbers for one in located]
    return _joined(texts, numbers, count), _joined(titles, numbers, count)


def _within(
    segment: Segment, begins: Whole, lengths: Whole, terms: Sequence[str], fields: Sequence[str]
) -> Occurrences:
    """Where terms stand in runs of a segment that are spoken in these fields."""
    texts = np.repeat(np.arange(len(begins)), lengths)
    places = np.arange(len(texts)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    said = segment.said[np.repeat(begins, lengths) + places]
    wanted = np.concatenate([segment.numbers(field, terms) for field in fields])
    order = np.argsort(wanted, kind="stable")
    at = np.searchsorted(wanted, said, sorter=order)
    found = order[np.minimum(at, len(wanted) - 1)] if len(wanted) else at
    hit = np.flatnonzero(wanted[found] == said) if len(wanted) else at[:0]
    number = found[hit] % len(terms) if len(terms) else hit
    return Occurrences(texts[hit], number, places[hit], lengths)


def _joined(parts: Sequence[Occurrences], numbers: Sequence[Whole], count: int) -> Occurrences:
    """One of several, whose texts get the numbers they have in the whole."""
    lengths = np.zeros(count, np.int64)
    if len(parts) == 1 and len(numbers[0]) == count:
        return parts[0]
    for part, at in zip(parts, numbers, strict=True):
        lengths[at] = part.lengths
    none = np.empty(0, np.int64)
    texts = np.concatenate([none, *(at[p.texts] for p, at in zip(parts, numbers, strict=True))])
    order = np.argsort(texts, kind="stable")
    return Occurrences(
        texts[order],
        np.concatenate([none, *(part.terms for part in parts)])[order],
        np.concatenate([none, *(part.places for part in parts)])[order],
        lengths,
    )
