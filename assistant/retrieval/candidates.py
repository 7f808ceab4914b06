"""Candidates for a question: what both indexes find and the ledger lets stand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assistant.ports import Ledger, LexicalIndex, Vector, VectorIndex
from assistant.types import ChunkId, Filters, StoredChunk


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk with its scores: `cosine` in [-1, 1] and `bm25` from 0 up, None where not found."""

    stored: StoredChunk
    cosine: float | None
    bm25: float | None


@dataclass(frozen=True, slots=True)
class CandidateSearch:
    """Searches both indexes and keeps what was valid at a time and passes the filters.

    The indexes hold retired versions too, and Chroma's own filters cost more than ten times the
    query, so each index is asked for more until `limit` candidates stand or it has no more.
    """

    vectors: VectorIndex
    lexical: LexicalIndex
    ledger: Ledger
    limit: int

    def find(
        self, vector: Vector, words: str, as_of: datetime, filters: Filters
    ) -> list[Candidate]:
        """At least `limit` candidates of each index where it has them, in no promised order."""
        known: dict[ChunkId, StoredChunk] = {}

        def standing(chunk_ids: list[ChunkId]) -> None:
            known.update(self.ledger.chunks(chunk_ids, as_of, filters))

        dense = self._over_fetch(lambda n: self.vectors.search(vector, n), standing, known)
        lexical = self._over_fetch(lambda n: self.lexical.search(words, n), standing, known)
        found = dict.fromkeys([*dense, *lexical])
        return [Candidate(known[c], dense.get(c), lexical.get(c)) for c in found]

    def _over_fetch(
        self,
        search: Callable[[int], list[tuple[ChunkId, float]]],
        standing: Callable[[list[ChunkId]], None],
        known: dict[ChunkId, StoredChunk],
    ) -> dict[ChunkId, float]:
        wanted, asked_for = self.limit, self.limit
        seen: set[ChunkId] = set()
        while True:
            found = search(asked_for)
            fresh = [chunk_id for chunk_id, _ in found if chunk_id not in seen]
            standing([chunk_id for chunk_id in fresh if chunk_id not in known])
            seen.update(fresh)
            kept = {chunk_id: score for chunk_id, score in found if chunk_id in known}
            if len(kept) >= wanted or len(found) < asked_for:
                return dict(list(kept.items())[:wanted])
            asked_for *= 4
