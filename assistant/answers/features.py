"""What is measured of a sentence, and of an answer, before either is trusted.

The names below are the keys of `weights.json`, which `benchmarks/fit_answers.py` makes from the
development sets.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answers.question import QuestionForm
from assistant.answers.words import stems

Matrix = NDArray[np.float32]

SENTENCE_FEATURES = (
    "cosine",
    "cosine_below_best",
    "context_cosine",
    "passage_score",
    "words",
    "words_with_context",
    "specific_words",
    "meets_form",
    "fails_form",
    "hangs",
    "first",
    "log_length",
    "short",
)
ANSWER_FEATURES = (
    "cosine",
    "context_cosine",
    "passage_score",
    "words",
    "words_with_context",
    "words_in_passage",
    "specific_missing",
    "specific_missing_in_passage",
    "fails_form",
)

# Opens on what another sentence named; a reader who sees it alone asks "who?" or "what?".
_REFERS = re.compile(
    r"^[\W_]*(?:this|that|these|those|it|its|they|their|them|he|she|his|her|such|both|here|there|"
    r"the (?:latter|former|same)|thus|therefore|hence|similarly|likewise|as such|as a result|"
    r"another|others?|an? (?:second|third|further|similar)(?: one)?|so|otherwise|instead|"
    r"(?:in|on|to|for|at|by) (?:this|that)|"
    r"ce|cet|cette|ces|ils?|elles?|cela|ceci|ainsi)\b",
    re.IGNORECASE,
)
# Opens on a mere connector; what follows it may stand by itself.
_CONNECTS = re.compile(
    r"^[\W_]*(?:however|but|and|or|also|moreover|besides|furthermore|additionally|in addition|then|"
    r"finally|lastly|overall|consequently|toutefois|cependant|mais|en outre|de plus|enfin)\b",
    re.IGNORECASE,
)
_SHORT = 6


@dataclass(frozen=True, slots=True)
class SentenceInput:
    """A sentence with what stands around it.

    `context` is the title and the headings above it; `passage` the passage's text; `first` says
    that it opens its passage. Cosines are with the question, in [-1, 1].
    """

    text: str
    context: str
    passage: str
    passage_score: float
    cosine: float
    context_cosine: float
    first: bool


def connects(text: str) -> bool:
    """Whether the sentence opens on a connector ("Additionally, …")."""
    return _CONNECTS.match(text) is not None


def refers(text: str) -> bool:
    """Whether the sentence opens on what the one before it named ("This also …")."""
    return _REFERS.match(_CONNECTS.sub("", text, count=1)) is not None


def hangs(text: str) -> bool:
    """Whether the sentence leans on the one before it, in either way."""
    return connects(text) or refers(text)


def sentence_features(form: QuestionForm, inputs: Sequence[SentenceInput]) -> Matrix:
    """`(n_sentences, len(SENTENCE_FEATURES))`, in the order of the sentences."""
    best = max((one.cosine for one in inputs), default=0.0)
    rows = [_sentence_row(form, one, best) for one in inputs]
    return np.asarray(rows, dtype=np.float32).reshape(len(rows), len(SENTENCE_FEATURES))


def _sentence_row(form: QuestionForm, one: SentenceInput, best: float) -> list[float]:
    own, context = stems(one.text), stems(one.context)
    words = one.text.split()
    meets = form.met_by(one.text)
    return [
        one.cosine,
        best - one.cosine,
        one.context_cosine,
        one.passage_score,
        _share(form.stems, own),
        _share(form.stems, own | context),
        form.names.share_in(one.text),
        float(meets and form.asks_something),
        float(not meets),
        float(hangs(one.text)),
        float(one.first),
        float(np.log1p(len(words))),
        float(len(words) < _SHORT),
    ]


def answer_features(
    form: QuestionForm, inputs: Sequence[SentenceInput], chances: Sequence[float]
) -> Matrix:
    """`(len(ANSWER_FEATURES),)`: what speaks for an answer, mostly of the likeliest sentence."""
    if not inputs:
        return np.zeros(len(ANSWER_FEATURES), dtype=np.float32)
    top = inputs[max(range(len(inputs)), key=lambda i: chances[i])]
    own, context = stems(top.text), stems(top.context)
    passage = stems(top.passage) | context
    row = [
        max(one.cosine for one in inputs),
        top.context_cosine,
        max(one.passage_score for one in inputs),
        _share(form.stems, own),
        _share(form.stems, own | context),
        _share(form.stems, passage),
        float(bool(form.names.missing_from(f"{top.context}\n{top.text}"))),
        float(bool(form.names.missing_from(f"{top.context}\n{top.passage}"))),
        float(not form.met_by(top.text)),
    ]
    return np.asarray(row, dtype=np.float32)


def _share(wanted: frozenset[str], found: frozenset[str]) -> float:
    return len(wanted & found) / len(wanted) if wanted else 1.0
