"""A cross-encoder's reading of the best candidates, beside the second stage's."""

import logging
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.errors import ModelError
from assistant.ports import Reranker
from assistant.retrieval.features import Floats
from assistant.retrieval.passages import RankedChunk

logger = logging.getLogger(__name__)

READ = 30
"""Candidates that a cross-encoder reads; those behind them stay where they are."""
_LEAST, _MOST = 1e-4, 1 - 1e-4


def reranked(
    question: str, ranked: Sequence[RankedChunk], reranker: Reranker | None, read: int = READ
) -> list[RankedChunk]:
    """The candidates, best first, the first of them in an order that both readings agree on.

    The order is by the mean of both logits, where the cross-encoder's are first brought to the
    spread of the second stage's: cross-encoders differ in their scale. The scores of the
    second stage are given out again in the new order, as they alone are known to be
    probabilities: which passages answer may change, how likely there is an answer does not.

    Where the cross-encoder fails, the order stays as it is, and the log says so.
    """
    ranked = list(ranked)
    first, rest = ranked[:read], ranked[read:]
    if reranker is None or len(first) < 2:
        return ranked
    try:
        texts = [_text(one) for one in first]
        found = np.array(reranker.scores(question, texts), np.float32)
    except (ModelError, MemoryError) as error:
        logger.warning("Passages stay in the order of the second stage: %s", error)
        return ranked
    if not np.isfinite(found).all():
        logger.warning(
            "Passages stay in the order of the second stage: %s gave scores that are no numbers.",
            reranker.name,
        )
        return ranked
    own = _logits([one.score for one in first])
    order = np.argsort(-(own + _scaled(found, own)), kind="stable")
    scores = sorted((one.score for one in first), reverse=True)
    return [
        replace(first[int(i)], score=score) for i, score in zip(order, scores, strict=True)
    ] + rest


def _text(one: RankedChunk) -> str:
    stored = one.stored
    # As the embedder read it: a passage often leaves what it is about to its title.
    return "\n".join((stored.metadata.title, *stored.chunk.headings, stored.chunk.text))


def _logits(scores: Sequence[float]) -> Floats:
    likely = np.clip(np.array(scores, np.float32), _LEAST, _MOST)
    found: Floats = np.log(likely / (1 - likely))
    return found


def _scaled(found: Floats, like: Floats) -> Floats:
    """What is all the same has no say; where the second stage has none, the other decides."""
    spread = float(found.std()) or 1.0
    scaled: Floats = (found - found.mean()) / spread * (float(like.std()) or 1.0)
    return scaled
