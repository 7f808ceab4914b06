"""One score from two: how candidates of both indexes are put in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.retrieval.candidates import Candidate

# Set on the development sets (docs/benchmarks.md): the cosine carries most of the meaning, the
# words decide between near meanings and find names, numbers and acronyms.
DENSE_WEIGHT = 0.75
# BM25 has no upper end; at this score, higher than most, it counts half.
BM25_HALF = 80.0


@dataclass(frozen=True, slots=True)
class Fused:
    """A candidate with its score in [0, 1] and its cosine, estimated where it was not measured."""

    candidate: Candidate
    score: float
    cosine: float


def fuse(candidates: Sequence[Candidate]) -> list[Fused]:
    """Candidates best first; equal scores in the order of their chunk's id.

    The score is a weighted sum of the cosine and of `bm25 / (bm25 + BM25_HALF)`. A candidate that
    dense search did not return is given the lowest cosine that it did: it cannot be nearer.
    """
    floor = min((c.cosine for c in candidates if c.cosine is not None), default=0.0)
    fused = [_fused(candidate, floor) for candidate in candidates]
    return sorted(fused, key=lambda one: (-one.score, one.candidate.stored.chunk.chunk_id))


def _fused(candidate: Candidate, floor: float) -> Fused:
    cosine = floor if candidate.cosine is None else candidate.cosine
    words = candidate.bm25 or 0.0
    score = DENSE_WEIGHT * max(0.0, cosine) + (1 - DENSE_WEIGHT) * words / (words + BM25_HALF)
    return Fused(candidate, min(1.0, score), cosine)
