"""Where terms stand in passages, as the segments of the table have them: nothing is read anew."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.library.segments import FIELDS, Segment, halves
from assistant.ports import Occurrences
from assistant.types import ChunkId

Whole = NDArray[np.int64]


def occurrences(
    segments: Sequence[Segment], names: Sequence[ChunkId], terms: Sequence[str]
) -> tuple[Occurrences, Occurrences] | None:
    """Where distinct terms stand in the texts of chunks, and in their titles with headings.

    None where one of the chunks is in no segment.
    """
    both = halves(names)
    texts: list[Occurrences] = []
    titles: list[Occurrences] = []
    numbers: list[Whole] = []
    for segment in segments:
        rows = segment.find(both[:, 0], both[:, 1])
        at = np.flatnonzero(rows >= 0)
        if not len(at):
            continue
        numbers.append(at)
        begins, lengths = segment.begins[rows[at]], segment.lengths[:, rows[at]].astype(np.int64)
        texts.append(_within(segment, begins, lengths[0], terms, FIELDS[:1]))
        rest = lengths[1:].sum(0)
        titles.append(_within(segment, begins + lengths[0], rest, terms, FIELDS[1:]))
    if sum(map(len, numbers)) < len(names):
        return None
    return _joined(texts, numbers), _joined(titles, numbers)


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


def _joined(parts: Sequence[Occurrences], numbers: Sequence[Whole]) -> Occurrences:
    """One of several, whose texts get the numbers they have in the whole."""
    lengths = np.zeros(sum(map(len, numbers)), np.int64)
    for part, at in zip(parts, numbers, strict=True):
        lengths[at] = part.lengths
    texts = np.concatenate([at[p.texts] for p, at in zip(parts, numbers, strict=True)])
    order = np.argsort(texts, kind="stable")
    return Occurrences(
        texts[order],
        np.concatenate([part.terms for part in parts])[order],
        np.concatenate([part.places for part in parts])[order],
        lengths,
    )
