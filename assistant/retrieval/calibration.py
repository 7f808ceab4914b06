"""From rank scores to probabilities: how likely a passage answers the question."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.features import FEATURES

Floats = NDArray[np.float32]

EVIDENCE = ("score", "best", "lead", "cosine_near", "coverage_both", "words_all", "rarest")
_TOP = ("cosine_near", "coverage_both", "words_all", "rarest")


def evidence(rows: Floats, scores: Floats) -> Floats:
    """What a probability is estimated from, `(n, len(EVIDENCE))`, for the rows of one question.

    Beside a candidate's own score only what is the same for all of them counts, so that the order
    of the probabilities is that of the scores: the best score, how far it leads the fifth, and the
    highest of some features.
    """
    ordered = np.sort(scores)[::-1]
    lead = ordered[0] - ordered[min(4, len(ordered) - 1)]
    top = [float(rows[:, FEATURES.index(name)].max()) for name in _TOP]
    shared = np.array([ordered[0], lead, *top], np.float32)
    return np.column_stack([scores, np.broadcast_to(shared, (len(scores), len(shared)))])


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """A logistic regression: a weight for each of `EVIDENCE` and one by itself, the last."""

    weights: NDArray[np.float64]

    @classmethod
    def read(cls, path: Path) -> Self:
        """The regression in a file, as `benchmarks.fit_ranking` writes it."""
        found = json.loads(path.read_text(encoding="ascii"))
        return cls(np.array([*(found[name] for name in EVIDENCE), found["constant"]]))

    def probabilities(self, rows: Floats, scores: Floats) -> Floats:
        """How likely each candidate answers, in [0, 1], in the order of the rows."""
        sums = evidence(rows, scores) @ self.weights[:-1] + self.weights[-1]
        found: Floats = (1 / (1 + np.exp(-sums))).astype(np.float32)
        return found
