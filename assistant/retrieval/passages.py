"""From ranked candidates to the passages that are shown: pure functions.

What stands together is shown together, what is said twice is shown once, and where several
documents are about as good, no single one takes all the room.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.sameness import Wording, says_the_same
from assistant.types import (
    AlsoIn,
    Chunk,
    DocumentId,
    FoundChunk,
    Passage,
    StoredChunk,
    VersionId,
)

SPREAD = 0.2
"""The share that each passage of a document takes from the score of its next, for choosing."""
LONGEST = 3
"""Chunks that one passage may cover."""
# Nearer vectors are looked at word by word. What is embedded with a text, its title and headings,
# keeps even equal texts apart, but those are found without vectors.
_MAY_SAY_THE_SAME = 0.9
# Documents make room for each other among scores of at least this share of the best one's.
_CLOSE = 0.5
# Of places that say the same, one about as good as the best is shown if its document is shown.
_AS_GOOD = 0.95
# Products so small are computed in one thread: several wait for each other where others work.
_PRODUCT = 260_000

Read = Callable[[DocumentId, VersionId, int, int], str | None]
"""Characters `[start, end)` of a version's text; None where it is not kept any more."""
Measure = Callable[["RankedChunk"], float]
"""The cosine of the question and a candidate."""


@dataclass(frozen=True, slots=True)
class RankedChunk:
    """A candidate with its text; `score` is the probability that it answers, in [0, 1].

    `cosine` is None where the vectors did not find it, `vector` where none is kept.
    """

    stored: StoredChunk
    score: float
    cosine: float | None = None
    vector: NDArray[np.float32] | None = None


def assemble(
    ranked: Sequence[RankedChunk],
    top_k: int,
    *,
    read: Read,
    cosine: Measure,
    spread: float = SPREAD,
) -> list[Passage]:
    """The best `top_k` passages of candidates that come best first.

    With a `spread` of 0, passages are chosen by their scores alone; of 1, every document that comes
    close to the best passage has its turn before any has a second.
    """
    places = _chosen(_gathered(ranked), top_k, spread)
    # By spreading, one with a lower score may have been chosen first.
    places.sort(key=lambda place: -place.best.score)
    return [
        _passage(rank, place, read=read, cosine=cosine)
        for rank, place in enumerate(places, start=1)
    ]


def key(passage: Passage) -> tuple[DocumentId, VersionId, int, int]:
    """What tells a passage from every other."""
    stored = passage.stored
    return stored.document_id, stored.version_id, stored.chunk.start, stored.chunk.end


def shared(lists: Sequence[Sequence[Passage]], top_k: int) -> tuple[Passage, ...]:
    """The best of several lists in turn, each passage once, best first and ranked anew."""
    found: dict[tuple[DocumentId, VersionId, int, int], Passage] = {}
    for place in range(max(map(len, lists), default=0)):
        for passages in lists:
            if place < len(passages) and len(found) < top_k:
                found.setdefault(key(passages[place]), passages[place])
    best = sorted(found.values(), key=lambda one: -one.score)
    return tuple(replace(one, rank=rank) for rank, one in enumerate(best, start=1))


@dataclass(frozen=True, slots=True)
class _Said:
    """A candidate, and others that say the same, best first."""

    shown: RankedChunk
    others: tuple[RankedChunk, ...] = ()


@dataclass(slots=True)
class _Place:
    """Candidates that stand together, in reading order, with what says the same as any."""

    found: list[RankedChunk]
    others: list[RankedChunk] = field(default_factory=list)

    @property
    def best(self) -> RankedChunk:
        return max(self.found, key=lambda one: one.score)

    def touches(self, other: "_Place") -> bool:
        """Whether the two may be shown as one: of one section, side by side, and not too long."""
        # Most are of different documents: that is seen first, and quickly.
        if self.found[0].stored.document_id != other.found[0].stored.document_id:
            return False
        if len(self.found) + len(other.found) > LONGEST:
            return False
        if _section(self.found[0]) != _section(other.found[0]):
            return False
        return _follows(self.found[-1], other.found[0]) or _follows(other.found[-1], self.found[0])

    def take(self, other: "_Place") -> None:
        """Takes in what stands beside it."""
        self.found = sorted(self.found + other.found, key=lambda one: _chunk(one).start)
        self.others += other.others


def _gathered(ranked: Sequence[RankedChunk]) -> list[_Said]:
    """What is said, best first, each with every candidate that says it, or almost."""
    wordings = [Wording(_chunk(one).text) for one in ranked]
    near = _near(ranked)
    groups: dict[int, list[int]] = {}
    first: dict[str, int] = {}
    for i in range(len(ranked)):
        text = wordings[i].text
        leader = first.get(text)
        for j, cosine in near.get(i, ()) if leader is None else ():
            if j in groups and says_the_same(wordings[j], wordings[i], cosine):
                leader = j
                break
        first.setdefault(text, i if leader is None else leader)
        groups.setdefault(first[text], []).append(i)
    shown: set[tuple[DocumentId, VersionId]] = set()
    return [_said([ranked[i] for i in group], shown) for group in groups.values()]


def _near(ranked: Sequence[RankedChunk]) -> dict[int, list[tuple[int, float]]]:
    """The earlier ones whose vector is near to that of a candidate, and their cosines."""
    known = [(i, one.vector) for i, one in enumerate(ranked)]
    vectors = {i: vector for i, vector in known if vector is not None}
    if not vectors:
        return {}
    names, matrix = list(vectors), np.stack(list(vectors.values()))
    step = max(1, _PRODUCT // matrix.size)
    products = [matrix @ matrix[i : i + step].T for i in range(0, len(matrix), step)]
    cosines = np.concatenate(products, axis=1)
    found: dict[int, list[tuple[int, float]]] = {}
    for row, column in np.argwhere(np.tril(cosines, -1) >= _MAY_SAY_THE_SAME).tolist():
        pair = names[column], float(cosines[row, column])
        found.setdefault(names[row], []).append(pair)
    return found


def _said(group: Sequence[RankedChunk], shown: set[tuple[DocumentId, VersionId]]) -> _Said:
    """The group with the one to be shown; `shown` are the versions of those before, and grows.

    Of two copies of a document the same one is shown throughout, so that its places can be joined.
    """
    best = group[0]
    if len(group) > 1:
        good = (one for one in group if one.score >= _AS_GOOD * best.score)
        best = next((one for one in good if _version(one) in shown), best)
    shown.add(_version(best))
    return _Said(best, tuple(one for one in group if one is not best))


def _chosen(said: Sequence[_Said], top_k: int, spread: float) -> list[_Place]:
    """The places to show, at most `top_k`.

    The next one is always that with the highest score. For each place of the same document before
    it, that is lowered by the share `spread`, but never below what counts as close to the best:
    a document that alone answers keeps its places.
    """
    places: list[_Place] = []
    taken: Counter[DocumentId] = Counter()
    floor = _CLOSE * said[0].shown.score if said else 0.0
    waiting = [(-one.shown.score, i) for i, one in enumerate(said)]
    heapify(waiting)
    while waiting and len(places) < top_k:
        score, i = heappop(waiting)
        shown = said[i].shown
        document = _stored(shown).document_id
        lowered = max(shown.score * (1 - spread) ** taken[document], min(shown.score, floor))
        new = _Place([shown], list(said[i].others))
        # Lowered only when its turn comes: what waits never rises. What joins takes no room.
        if lowered < -score and not any(place.touches(new) for place in places):
            heappush(waiting, (-lowered, i))
            continue
        before = len(places)
        _join(places, new)
        taken[document] += len(places) - before
    return places


def _join(places: list[_Place], new: _Place) -> None:
    """Adds a place to those it touches, or by itself where it touches none."""
    for place in places:
        if place.touches(new):
            place.take(new)
            # What was added may close a gap between two.
            other = next((p for p in places if p is not place and place.touches(p)), None)
            if other is not None:
                place.take(other)
                places.remove(other)
            return
    places.append(new)


def _passage(rank: int, place: _Place, *, read: Read, cosine: Measure) -> Passage:
    best = place.best
    parts = tuple(FoundChunk(_stored(one), one.score, cosine(one)) for one in place.found)
    stored = _whole(place, read) if len(parts) > 1 else _stored(best)
    return Passage(
        rank=rank,
        score=best.score,
        stored=stored or _stored(best),
        cosine=cosine(best),
        also=_also(place),
        parts=parts if stored is not None and len(parts) > 1 else (),
    )


def _whole(place: _Place, read: Read) -> StoredChunk | None:
    """The chunks as one, with all that stands between them; None where it cannot be read."""
    stored, last = _stored(place.found[0]), _chunk(place.found[-1])
    text = read(stored.document_id, stored.version_id, stored.chunk.start, last.end)
    if text is None:
        return None
    return replace(stored, chunk=replace(stored.chunk, end=last.end, text=text))


def _also(place: _Place) -> tuple[AlsoIn, ...]:
    """The other places, best first; those that stand together are one."""
    joined: list[_Place] = []
    for one in place.others:
        _join(joined, _Place([one]))
    joined.sort(key=lambda other: -other.best.score)
    return tuple(
        AlsoIn(
            document_id=_stored(other.best).document_id,
            version_id=_stored(other.best).version_id,
            title=_stored(other.best).metadata.title,
            source_uri=_stored(other.best).source_uri,
            marking=_stored(other.best).metadata.marking,
            start=_chunk(other.found[0]).start,
            end=_chunk(other.found[-1]).end,
            score=other.best.score,
        )
        for other in joined
    )


def _stored(one: RankedChunk) -> StoredChunk:
    return one.stored


def _chunk(one: RankedChunk) -> Chunk:
    return one.stored.chunk


def _version(one: RankedChunk) -> tuple[DocumentId, VersionId]:
    return _stored(one).document_id, _stored(one).version_id


def _section(one: RankedChunk) -> tuple[DocumentId, VersionId, tuple[str, ...]]:
    return *_version(one), _chunk(one).headings


def _follows(one: RankedChunk, other: RankedChunk) -> bool:
    """Whether the second stands right after the first, or begins in it."""
    before, after = _chunk(one), _chunk(other)
    overlaps = before.start < after.start <= before.end
    return overlaps or after.ordinal == before.ordinal + 1
