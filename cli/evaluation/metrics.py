"""Measures of a ranking against judgements, as information retrieval defines them."""

from collections.abc import Mapping, Sequence
from math import ceil, log2

Gains = Mapping[str, float]
"""How relevant each judged document is to one query; 0 or less is not relevant."""

DEPTH = 100
"""How far down a ranking is looked, at most."""


def measures(ranking: Sequence[str], gains: Gains) -> dict[str, float]:
    """Every measure of one ranking by its name, each in [0, 1], higher is better."""
    return {
        "ndcg@5": ndcg(ranking, gains, 5),
        "ndcg@10": ndcg(ranking, gains, 10),
        "recall@5": recall(ranking, gains, 5),
        "recall@10": recall(ranking, gains, 10),
        f"recall@{DEPTH}": recall(ranking, gains, DEPTH),
        "mrr": reciprocal_rank(ranking, gains, DEPTH),
    }


def ndcg(ranking: Sequence[str], gains: Gains, k: int) -> float:
    """Normalised discounted cumulative gain at `k`, in [0, 1], higher is better.

    The gain of a document is its judgement, its discount log2(rank + 1), as in Järvelin and
    Kekäläinen (2002) and `trec_eval`. 0 where nothing is relevant.
    """
    best = sorted((gain for gain in gains.values() if gain > 0), reverse=True)
    ideal = _discounted(best[:k])
    return _discounted([max(gains.get(one, 0.0), 0.0) for one in ranking[:k]]) / (ideal or 1.0)


def recall(ranking: Sequence[str], gains: Gains, k: int) -> float:
    """The share of the relevant documents among the first `k`, in [0, 1]; 0 where none is."""
    relevant = {one for one, gain in gains.items() if gain > 0}
    return len(relevant.intersection(ranking[:k])) / (len(relevant) or 1)


def reciprocal_rank(ranking: Sequence[str], gains: Gains, k: int) -> float:
    """One over the rank of the first relevant document; 0 where the first `k` have none."""
    return next(
        (1 / rank for rank, one in enumerate(ranking[:k], start=1) if gains.get(one, 0.0) > 0), 0.0
    )


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean; 0 of nothing."""
    return sum(values) / (len(values) or 1)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least `share`, in (0, 1], of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(ceil(share * len(ordered)), 1) - 1] if ordered else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))
