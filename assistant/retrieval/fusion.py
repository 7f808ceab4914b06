"""One score from two: how candidates of both indexes are put in order."""

from collections.abc import Sequence

from assistant.retrieval.candidates import Candidate

# Set on the development sets (docs/benchmarks.md): the cosine carries most of the meaning, the
# words decide between near meanings and find names, numbers and acronyms.
DENSE_WEIGHT = 0.7
# BM25 has no upper end; at this score it counts half.
BM25_HALF = 10.0


def fuse(candidates: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """Candidates with a score in [0, 1], best first; equal scores by place in the library.

    A weighted sum of the cosine and of `bm25 / (bm25 + BM25_HALF)`. A candidate that dense search
    did not return is given the lowest cosine that it did: it cannot be nearer than that.
    """
    floor = min((c.cosine for c in candidates if c.cosine is not None), default=0.0)
    scored = [(candidate, _score(candidate, floor)) for candidate in candidates]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].stored.chunk.chunk_id))


def _score(candidate: Candidate, floor: float) -> float:
    cosine = floor if candidate.cosine is None else candidate.cosine
    words = candidate.bm25 or 0.0
    score = DENSE_WEIGHT * max(0.0, cosine) + (1 - DENSE_WEIGHT) * words / (words + BM25_HALF)
    return min(1.0, score)
