"""The second stage: candidates put in order by how well they fit the question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import NamedTuple, Protocol

import numpy as np

from assistant.retrieval.asking import Asking
from assistant.retrieval.calibration import Calibration
from assistant.retrieval.candidates import Candidate, Found
from assistant.retrieval.designations import standing
from assistant.retrieval.features import FEATURES, Compared, Floats, features
from assistant.retrieval.tokens import matches
from assistant.retrieval.trees import Forest
from assistant.types import ChunkId

# In the trees' scores, in which a passage that is right lies about so far above one that is not.
_AS_NAMED = 6.0
_WITH_TOKENS, _WITHOUT = "ranking.json", "ranking_without_tokens.json"


class Signs(Protocol):
    """The signs of the tokens of chunks."""

    def get(self, embedder: str, chunk_ids: Sequence[ChunkId]) -> Mapping[ChunkId, bytes]:
        """The signs of those of the chunks whose texts have some."""


class Ranked(NamedTuple):
    """A candidate; `score` is the probability that it answers, in [0, 1]."""

    candidate: Candidate
    score: float


@dataclass(frozen=True, slots=True)
class Ranker:
    """Orders candidates by forests that were fitted on judged questions (`fit_ranking`)."""

    signs: Signs
    embedder: str

    def rank(self, asking: Asking, found: Found) -> list[Ranked]:
        """The candidates best first; equal scores in the order of their chunk's id."""
        if not found.candidates:
            return []
        compared = self.compared(asking, found)
        rows = features(asking.asked, compared)
        known = not np.isnan(rows[:, FEATURES.index("tokens")]).any()
        scores = _forest(_WITH_TOKENS if known else _WITHOUT).predict(rows)
        if named := asking.asked.named:
            terms = asking.asked.looked_for()
            held = standing(named, terms, compared.texts, compared.titles)
            scores += _AS_NAMED * asking.asked.naming * held
        # Candidates come by their chunks' ids, and equal scores stay in that order.
        order = np.argsort(-scores, kind="stable")
        likely: list[float] = _calibration().probabilities(rows, scores)[order].tolist()
        each = zip(order.tolist(), likely, strict=True)
        return [Ranked(found.candidates[i], round(score, 4)) for i, score in each]

    def rows(self, asking: Asking, found: Found) -> Floats:
        """The features of each candidate, `(n, len(FEATURES))`."""
        return features(asking.asked, self.compared(asking, found))

    def compared(self, asking: Asking, found: Found) -> Compared:
        """The candidates as they are compared."""
        texts, titles = found.rows.occurrences(asking.asked.looked_for())
        return Compared(
            vectors=_vectors(found, asking.asked.near),
            texts=texts,
            titles=titles,
            documents=[one.document_id for one in found.candidates],
            tokens=matches(asking.signs, asking.weights, self._signs(asking, found)),
        )

    def _signs(self, asking: Asking, found: Found) -> Sequence[bytes | None]:
        """Those of the rows, and for others what is kept of them elsewhere."""
        if not len(asking.signs):
            return [None] * len(found.candidates)
        signs = found.rows.signs()
        named = zip(found.candidates, signs, strict=True)
        others = [one.chunk_id for one, known in named if known is None]
        if not others:
            return signs
        kept = self.signs.get(self.embedder, others)
        named = zip(found.candidates, signs, strict=True)
        return [kept.get(one.chunk_id) if known is None else known for one, known in named]


def _vectors(found: Found, near: Floats) -> Floats:
    if found.kept.all():
        return found.vectors
    # Where no vector is kept, its nearness to the question is all that is known.
    cosines = np.array([one.cosine or 0.0 for one in found.candidates], np.float32)
    alike = cosines[:, None] * near
    return np.where(found.kept[:, None], found.vectors, alike) if found.kept.any() else alike


@lru_cache(maxsize=4)
def _forest(name: str) -> Forest:
    with as_file(files("assistant.retrieval") / name) as path:
        return Forest.read(path)


@lru_cache(maxsize=1)
def _calibration() -> Calibration:
    with as_file(files("assistant.retrieval") / "calibration.json") as path:
        return Calibration.read(path)
