"""What two sequences share, found in time that grows with their length, not with its square."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

Block = tuple[int, int, int]
"""Where a run of equal items begins in the one and in the other, and how long it is."""
Span = tuple[int, int, int, int]

_ROUGH = 4_000_000
"""Up to so many pairs are compared each with each; beyond, unalike parts stay unalike."""
_DEPTH = 12


def matches(one: Sequence[str], other: Sequence[str]) -> list[Block]:
    """Runs of equal items in order, the same items always giving the same runs.

    Items that stand once in both are lined up first, and what lies between them by itself: the
    patience comparison of Bram Cohen. What is left is compared item by item where it is small.
    """
    blocks: list[Block] = []
    todo: list[tuple[Span, int]] = [((0, len(one), 0, len(other)), 0)]
    while todo:
        span, depth = todo.pop()
        inner = _trimmed(one, other, span, blocks)
        if inner[0] == inner[1] or inner[2] == inner[3]:
            continue
        anchors = _anchors(one, other, inner) if depth < _DEPTH else []
        if not anchors:
            blocks.extend(_compared(one, other, inner))
            continue
        start, begin = inner[0], inner[2]
        for i, j in [*anchors, (inner[1], inner[3])]:
            todo.append(((start, i, begin, j), depth + 1))
            if i < inner[1]:
                blocks.append((i, j, 1))
            start, begin = i + 1, j + 1
    return _joined(sorted(blocks))


def _trimmed(one: Sequence[str], other: Sequence[str], span: Span, blocks: list[Block]) -> Span:
    """The span without equal items at its ends, which go to the blocks."""
    start, end, begin, stop = span
    at = start
    while at < end and begin + at - start < stop and one[at] == other[begin + at - start]:
        at += 1
    length = at - start
    if length:
        blocks.append((start, begin, length))
    start, begin = start + length, begin + length
    length = 0
    while length < min(end - start, stop - begin) and (
        one[end - length - 1] == other[stop - length - 1]
    ):
        length += 1
    if length:
        blocks.append((end - length, stop - length, length))
    return start, end - length, begin, stop - length


def _anchors(one: Sequence[str], other: Sequence[str], span: Span) -> list[tuple[int, int]]:
    """Places of items that stand once in both, as many as are in the same order."""
    start, end, begin, stop = span
    ones, others = Counter(one[start:end]), Counter(other[begin:stop])
    at = {item: j for j, item in enumerate(other[begin:stop], begin) if others[item] == 1}
    pairs = [
        (i, at[item])
        for i, item in enumerate(one[start:end], start)
        if ones[item] == 1 and item in at
    ]
    return _rising(pairs)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs in which the second numbers rise too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        last[length : length + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _compared(one: Sequence[str], other: Sequence[str], span: Span) -> list[Block]:
    start, end, begin, stop = span
    if (end - start) * (stop - begin) > _ROUGH:
        return []
    found = LCSseq.opcodes(one[start:end], other[begin:stop])
    return [
        (start + each.src_start, begin + each.dest_start, each.src_end - each.src_start)
        for each in found
        if each.tag == "equal"
    ]


def _joined(blocks: Sequence[Block]) -> list[Block]:
    joined: list[Block] = []
    for i, j, length in blocks:
        if joined:
            before, beside, long = joined[-1]
            if before + long == i and beside + long == j:
                joined[-1] = (before, beside, long + length)
                continue
        joined.append((i, j, length))
    return joined
