"""What is seen of a sentence beside a question.

The names below are the columns of the forest in `sentence.json`, which `benchmarks/fit_answers.py`
makes from the development sets.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answers.question import Expected, QuestionForm
from assistant.answers.reading import AskedTokens, Reading
from assistant.answers.words import stems

Floats = NDArray[np.float32]

SENTENCE_FEATURES = (
    "near",
    "near_behind",
    "near_best",
    "near_least",
    "near_least_behind",
    "near_own",
    "near_with_above",
    "near_before",
    "near_after",
    "near_rank",
    "likeness",
    "likeness_behind",
    "likeness_best",
    "likeness_rank",
    "words",
    "words_behind",
    "words_with_above",
    "longest_word",
    "passage",
    "passage_behind",
    "score",
    "score_behind",
    "score_rank",
    "passage_near",
    "passage_least",
    "passage_mean",
    "passage_lead",
    "words_missing",
    "passages",
    "place",
    "through",
    "sentences",
    "log_length",
    "meets_form",
    "fails_form",
    "refers",
    "connects",
    "figures",
    "names",
    "commas",
    "asks_list",
    "asks_definition",
    "asks_time",
    "asks_quantity",
    "asks_name",
    "asked",
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
_FIGURE = re.compile(r"\d+")
_INNER_NAME = re.compile(r"(?<=[\w,;] )[A-ZÀ-Þ]\w+")


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question as sentences are measured by it."""

    text: str
    form: QuestionForm
    tokens: AskedTokens


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A chunk that was read, with the cosine of question and chunk, in [-1, 1].

    `score` is how likely the ranking of passages takes it to answer, in [0, 1].
    """

    reading: Reading
    cosine: float
    score: float


def connects(text: str) -> bool:
    """Whether the sentence opens on a connector ("Additionally, …")."""
    return _CONNECTS.match(text) is not None


def refers(text: str) -> bool:
    """Whether the sentence opens on what the one before it named ("This also …")."""
    return _REFERS.match(_CONNECTS.sub("", text, count=1)) is not None


def sentence_features(asked: Asked, shown: Sequence[Shown]) -> Floats:
    """`(n_sentences, len(SENTENCE_FEATURES))`, chunk by chunk in their order."""
    tables = [_of_chunk(asked, one) for one in shown if one.reading.parts]
    if not tables:
        return np.zeros((0, len(SENTENCE_FEATURES)), np.float32)
    columns = {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}
    rows = len(columns["near"])
    columns["near_best"] = columns["near"] - columns["near"].max()
    columns["likeness_best"] = columns["likeness"] - columns["likeness"].max()
    columns["passage_behind"] = columns["passage"] - columns["passage"].max()
    columns |= _by_score([one for one in shown if one.reading.parts])
    shared = {"passages": len(tables), **_of_question(asked)}
    columns |= {name: np.full(rows, value, np.float32) for name, value in shared.items()}
    return np.stack([columns[name] for name in SENTENCE_FEATURES], axis=1).astype(np.float32)


def _of_chunk(asked: Asked, one: Shown) -> dict[str, Floats]:
    reading, weights = one.reading, asked.tokens.weights
    total = float(weights.sum()) or 1.0
    heavy = weights >= weights.max(initial=0.0) / 2
    near = reading.near @ weights / total
    least = reading.near[:, heavy].min(1)
    best = reading.near.max(0)
    everywhere = np.maximum(best, reading.above)
    ordered = np.sort(near)
    mine = (reading.near >= best - 1e-6) @ weights / total
    count = len(near)
    alike = {
        "passage": one.cosine,
        "passage_near": float(everywhere @ weights) / total,
        "passage_least": float(everywhere[heavy].min()),
        "passage_mean": float(near.mean()),
        "passage_lead": float(ordered[-1] - ordered[-2]) if count > 1 else 0.0,
        "sentences": count,
    }
    return {
        "near": near,
        "near_behind": near - near.max(),
        "near_least": least,
        "near_least_behind": least - least.max(),
        "near_own": mine,
        "near_with_above": np.maximum(reading.near, reading.above) @ weights / total,
        "near_before": np.concatenate([[0.0], near[:-1]]),
        "near_after": np.concatenate([near[1:], [0.0]]),
        "near_rank": _rank(near),
        "likeness": reading.likeness,
        "likeness_behind": reading.likeness - reading.likeness.max(),
        "likeness_rank": _rank(reading.likeness),
        "place": np.arange(count),
        "through": np.arange(count) / max(1, count - 1),
        **{name: np.full(count, value, np.float32) for name, value in alike.items()},
        **_by_words(asked.form, reading),
    }


def _by_score(shown: Sequence[Shown]) -> dict[str, Floats]:
    """What the ranking of passages thought of each sentence's, which has seen the whole library."""
    scores = np.array([one.score for one in shown], np.float32)
    ranks = (scores[None] > scores[:, None]).sum(1).astype(np.float32)
    times = [len(one.reading.parts) for one in shown]
    return {
        "score": np.repeat(scores, times),
        "score_behind": np.repeat(scores - scores.max(), times),
        "score_rank": np.repeat(ranks, times),
    }


def _by_words(form: QuestionForm, reading: Reading) -> dict[str, Floats]:
    stored = reading.stored
    above = stems("\n".join((stored.metadata.title, *stored.chunk.headings)))
    texts = [part.text for part in reading.parts]
    own = [stems(text) for text in texts]
    missing = form.stems.difference(above, *own)
    words = np.array([_share(form.stems, each) for each in own])
    # Of equally long ones always the same: sets have another order in every process.
    longest = max(form.stems, key=lambda stem: (len(stem), stem), default="")
    met = np.array([form.met_by(text) for text in texts])
    return {
        "words": words,
        "words_behind": words - words.max(),
        "words_with_above": np.array([_share(form.stems, each | above) for each in own]),
        "longest_word": np.array([longest in each for each in own]) * 1.0,
        "words_missing": np.full(len(texts), len(missing) / (len(form.stems) or 1)),
        "meets_form": (met & form.asks_something) * 1.0,
        "fails_form": ~met * 1.0,
        "log_length": np.log1p([len(text.split()) for text in texts]),
        "refers": np.array([refers(text) for text in texts]) * 1.0,
        "connects": np.array([connects(text) for text in texts]) * 1.0,
        "figures": np.array([len(_FIGURE.findall(text)) for text in texts]),
        "names": np.array([len(_INNER_NAME.findall(text)) for text in texts]),
        "commas": np.array([text.count(",") for text in texts]),
    }


def _of_question(asked: Asked) -> dict[str, float]:
    form = asked.form
    return {
        "asks_list": form.asks_list,
        "asks_definition": form.asks_definition,
        "asks_time": form.expected is Expected.TIME,
        "asks_quantity": form.expected is Expected.QUANTITY,
        "asks_name": form.expected is Expected.NAME,
        "asked": len(asked.tokens.words),
    }


def _rank(values: Floats) -> Floats:
    rank = np.empty(len(values), np.float32)
    rank[np.argsort(-values, kind="stable")] = np.arange(len(values))
    return rank


def _share(wanted: frozenset[str], found: frozenset[str]) -> float:
    return len(wanted & found) / len(wanted) if wanted else 1.0
