"""The second stage: candidates put in order by how well they fit the question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Protocol

import numpy as np

from assistant.ports import LexicalSearch, Occurrences, Snapshots
from assistant.retrieval.asking import Asking
from assistant.retrieval.calibration import Calibration
from assistant.retrieval.candidates import Candidate
from assistant.retrieval.features import FEATURES, Compared, Floats, features
from assistant.retrieval.places import read_occurrences
from assistant.retrieval.tokens import matches
from assistant.retrieval.trees import Forest
from assistant.types import ChunkId

_WITH_TOKENS, _WITHOUT = "ranking.json", "ranking_without_tokens.json"


class Signs(Protocol):
    """The signs of the tokens of chunks."""

    def get(self, embedder: str, chunk_ids: Sequence[ChunkId]) -> Mapping[ChunkId, bytes]:
        """The signs of those of the chunks whose texts have some."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate; `score` is the probability that it answers, in [0, 1]."""

    candidate: Candidate
    score: float


@dataclass(frozen=True, slots=True)
class Ranker:
    """Orders candidates by forests that were fitted on judged questions (`fit_ranking`)."""

    signs: Signs
    embedder: str
    snapshots: Snapshots | None = None

    def rank(
        self, asking: Asking, found: Sequence[Candidate], lexical: LexicalSearch
    ) -> list[Ranked]:
        """The candidates best first; equal scores in the order of their chunk's id."""
        if not found:
            return []
        rows = self.rows(asking, found, lexical)
        known = not np.isnan(rows[:, FEATURES.index("tokens")]).any()
        scores = _forest(_WITH_TOKENS if known else _WITHOUT).predict(rows)
        # Candidates come by their chunks' ids, and equal scores stay in that order.
        order = np.argsort(-scores, kind="stable")
        likely = _calibration().probabilities(rows, scores)
        return [Ranked(found[i], round(float(likely[i]), 4)) for i in order]

    def rows(self, asking: Asking, found: Sequence[Candidate], lexical: LexicalSearch) -> Floats:
        """The features of each candidate, `(n, len(FEATURES))`."""
        ids = [one.stored.chunk.chunk_id for one in found]
        kept = self.signs.get(self.embedder, ids) if len(asking.signs) else {}
        texts, titles = self._occurrences(asking, found, lexical)
        compared = Compared(
            vectors=np.stack([_vector(one, asking) for one in found]),
            texts=texts,
            titles=titles,
            documents=[one.stored.document_id for one in found],
            tokens=matches(asking.signs, asking.weights, [kept.get(i) for i in ids]),
        )
        return features(asking.asked, compared)

    def _occurrences(
        self, asking: Asking, found: Sequence[Candidate], lexical: LexicalSearch
    ) -> tuple[Occurrences, Occurrences]:
        """Where the terms stand in texts and titles: as the table has it, else read here."""
        terms = asking.asked.looked_for()
        ids = [one.stored.chunk.chunk_id for one in found]
        known = None if self.snapshots is None else self.snapshots.occurrences(ids, terms)
        if known is not None:
            return known
        titles = {title: lexical.terms(title) for title in set(map(_title, found))}
        return (
            read_occurrences([lexical.terms(one.stored.chunk.text) for one in found], terms),
            read_occurrences([titles[_title(one)] for one in found], terms),
        )


def _vector(one: Candidate, asking: Asking) -> Floats:
    if one.vector is not None:
        return one.vector
    # Where no vector is kept, its nearness to the question is all that is known.
    return asking.asked.near * np.float32(one.cosine or 0.0)


def _title(one: Candidate) -> str:
    return "\n".join((one.stored.metadata.title, *one.stored.chunk.headings))


@lru_cache(maxsize=4)
def _forest(name: str) -> Forest:
    with as_file(files("assistant.retrieval") / name) as path:
        return Forest.read(path)


@lru_cache(maxsize=1)
def _calibration() -> Calibration:
    with as_file(files("assistant.retrieval") / "calibration.json") as path:
        return Calibration.read(path)
