"""How likely a sentence belongs to the answer, and how likely there is one."""

import math
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np

from assistant.answers.answerable import answer_features
from assistant.answers.features import Asked, Floats, Shown, sentence_features
from assistant.retrieval.trees import Forest


class Scored:
    """The sentences of chunks with their chances in [0, 1], chunk by chunk, and of an answer."""

    def __init__(self, asked: Asked, shown: Sequence[Shown]) -> None:
        rows = sentence_features(asked, shown)
        self.chances: list[float] = likely(_forest("sentence").predict(rows)).tolist()
        self.answer = 0.0
        if self.chances:
            row = answer_features(asked, shown, rows, self.chances)[None]
            self.answer = float(likely(_forest("answer").predict(row))[0])


# What the passages' own score tells beside the forest, in log odds: `benchmarks/domain_answers.py`
# shows what other weights refuse and answer.
_BACKING, _OFFSET = 0.5, 0.3
_SUREST = 0.999


def backed(chance: float, score: float) -> float:
    """How likely there is an answer, by the forest and by the best passage's score, in [0, 1].

    The forest has learned from the words of encyclopaedias and the score from conversations, so
    that one is right where the other has met nothing alike.
    """
    odds = _log_odds(chance) + _BACKING * _log_odds(score) + _OFFSET
    return 1 / (1 + math.exp(-odds))


def _log_odds(probability: float) -> float:
    within = min(max(probability, 1 - _SUREST), _SUREST)
    return math.log(within / (1 - within))


def likely(scores: Floats) -> Floats:
    """Probabilities of the forests' scores."""
    chances: Floats = (1 / (1 + np.exp(-scores))).astype(np.float32)
    return chances


@lru_cache(maxsize=2)
def _forest(name: str) -> Forest:
    with as_file(files("assistant.answers") / f"{name}.json") as path:
        return Forest.read(path)
