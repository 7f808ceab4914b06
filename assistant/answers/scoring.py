"""How likely a sentence belongs to the answer, and how likely there is one."""

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files

import numpy as np

from assistant.answers.features import (
    ANSWER_FEATURES,
    SENTENCE_FEATURES,
    Matrix,
    SentenceInput,
    answer_features,
    sentence_features,
)
from assistant.answers.question import QuestionForm


class AnswerScorer:
    """Two logistic regressions whose weights are `weights.json`, fitted on the development sets."""

    def __init__(self) -> None:
        file = files("assistant.answers") / "weights.json"
        weights: Mapping[str, Mapping[str, float]] = json.loads(file.read_text(encoding="utf-8"))
        self._sentence = _row(weights["sentence"], SENTENCE_FEATURES)
        self._answer = _row(weights["answer"], ANSWER_FEATURES)

    def sentences(self, form: QuestionForm, inputs: Sequence[SentenceInput]) -> list[float]:
        """The chance of each sentence to belong to the answer, in [0, 1]."""
        chances: list[float] = _logistic(sentence_features(form, inputs), self._sentence).tolist()
        return chances

    def answer(
        self, form: QuestionForm, inputs: Sequence[SentenceInput], chances: Sequence[float]
    ) -> float:
        """The chance that these sentences answer at all, in [0, 1]; 0 where there are none."""
        if not inputs:
            return 0.0
        return float(_logistic(answer_features(form, inputs, chances), self._answer))


def _row(weights: Mapping[str, float], names: Sequence[str]) -> Matrix:
    return np.asarray([*(weights[name] for name in names), weights["intercept"]], np.float32)


def _logistic(rows: Matrix, weights: Matrix) -> Matrix:
    chances: Matrix = 1 / (1 + np.exp(-(rows @ weights[:-1] + weights[-1])))
    return chances
