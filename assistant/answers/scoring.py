"""How likely a sentence belongs to the answer, and how likely there is one."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
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


_SUREST = 0.999


@dataclass(frozen=True, slots=True)
class Refusal:
    """How the forest's chance and the best passage's score are weighed, and when that is enough.

    The first three are weights of log odds. The library answers from the chance `answers` on; from
    `named` on where a heading names what is asked for. From `sure` on an answer may speak of it by
    other names. `benchmarks.fit_answers` finds them. From `said` on it is answered by the sentences
    that say all of the question (docs/benchmarks.md). A French question that is read in English
    words is answered from the best passage's score `translated` on, which
    `benchmarks.french_refusal` finds.
    """

    forest: float
    score: float
    constant: float
    answers: float
    sure: float
    named: float
    translated: float
    said: float

    def chance(self, forest: float, score: float) -> float:
        """How likely there is an answer, in [0, 1].

        The forest has learned from the words of encyclopaedias and the score from conversations, so
        that one is right where the other has met nothing alike.
        """
        odds = self.forest * log_odds(forest) + self.score * log_odds(score) + self.constant
        return 1 / (1 + math.exp(-odds))


@cache
def refusal() -> Refusal:
    """The weights and thresholds in use."""
    return Refusal(**json.loads((files("assistant.answers") / "refusal.json").read_text("ascii")))


def log_odds(probability: float) -> float:
    """The log odds of a probability, within what is certain."""
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
