"""Whether there is an answer: what speaks for it, and what of the question is not met.

The names below are the columns of the forest in `answer.json`, which `benchmarks/fit_answers.py`
makes from the development sets.
"""

import re
from collections.abc import Sequence

import numpy as np

from assistant.answers.features import SENTENCE_FEATURES, Asked, Floats, Shown
from assistant.answers.reading import AskedTokens, Reading
from assistant.answers.words import stems

OF_WORDS = (
    "names_missing",
    "figures_missing",
    "names_asked",
    "share_missing",
    "share_missing_here",
    "lowest",
    "second_lowest",
    "lowest_here",
    "second_lowest_here",
    "mean_here",
    "substitute",
    "negated_asked",
    "negated_here",
    "degrees_asked",
    "degrees_missing",
)
OF_PASSAGES = ("near_most", "likeness_most", "words_most", "passage_most", "second_near", "chance")
ANSWER_FEATURES = (*(f"top_{name}" for name in SENTENCE_FEATURES), *OF_WORDS, *OF_PASSAGES)

_NEGATION = re.compile(
    r"\b(?:not|never|no|none|without|nor|neither|cannot|ne|pas)\b|n[’']t\b", re.I
)
# Words that two sentences may differ in and else be the same.
_DEGREE = re.compile(
    r"\b(?:first|last|only|most|least|largest|smallest|highest|lowest|oldest|youngest|best|worst|"
    r"main|before|after|more|less|fewer|later|earlier|north|south|east|west|all|every|any|"
    r"increas\w+|decreas\w+|major|minor)\b",
    re.IGNORECASE,
)
# From this nearness on, a word that is not there has a stand-in.
_TOLD = 0.2


def answer_features(
    asked: Asked, shown: Sequence[Shown], rows: Floats, chances: Sequence[float]
) -> Floats:
    """`(len(ANSWER_FEATURES),)`: what speaks for an answer, and what of the question is not met.

    `rows` are the features of the sentences, which are as likely as `chances` say.
    """
    if not len(rows):
        return np.zeros(len(ANSWER_FEATURES), np.float32)
    best = int(np.argmax(chances))
    column = SENTENCE_FEATURES.index
    near = np.sort(rows[:, column("near")])
    of_passages = [
        near[-1],
        rows[:, column("likeness")].max(),
        rows[:, column("words")].max(),
        rows[:, column("passage")].max(),
        near[-2] if len(near) > 1 else 0.0,
        chances[best],
    ]
    return np.array([*rows[best], *_by_asked_words(asked, shown, best), *of_passages], np.float32)


def _by_asked_words(asked: Asked, shown: Sequence[Shown], best: int) -> list[float]:
    """What becomes of each word of the question in the chunk and the sentence at hand."""
    reading, row = _at(shown, best)
    stored, here = reading.stored, reading.parts[row].text
    around = "\n".join((stored.metadata.title, *stored.chunk.headings, stored.chunk.text))
    there, nearby = stems(around), stems(f"{stored.metadata.title}\n{here}")
    everywhere = np.maximum(reading.near.max(0), reading.above)
    met = _by_word(asked.tokens, everywhere)
    met_here = _by_word(asked.tokens, reading.near[row])
    missing = {word for word in met if stems(word) and not stems(word) & there}
    missing_here = [word for word in met if stems(word) and not stems(word) & nearby]
    lowest, lowest_here = sorted([*met.values(), 1.0, 1.0]), sorted([*met_here.values(), 1.0, 1.0])
    degrees = [one.lower() for one in _DEGREE.findall(asked.text)]
    return [
        sum(word[:1].isupper() for word in missing),
        sum(word[:1].isdigit() for word in missing),
        sum(word[:1].isupper() for word in met),
        len(missing) / (len(met) or 1),
        len(missing_here) / (len(met) or 1),
        *lowest[:2],
        *lowest_here[:2],
        float(np.mean([*met_here.values(), 0.0])),
        max((met[word] for word in missing if met[word] > _TOLD), default=0.0),
        len(_NEGATION.findall(asked.text)),
        len(_NEGATION.findall(here)),
        len(degrees),
        sum(degree not in here.lower() for degree in degrees),
    ]


def _at(shown: Sequence[Shown], number: int) -> tuple[Reading, int]:
    """The chunk of a sentence, and its number there."""
    for one in shown:
        if number < len(one.reading.parts):
            return one.reading, number
        number -= len(one.reading.parts)
    raise IndexError(number)


def _by_word(tokens: AskedTokens, near: Floats) -> dict[str, float]:
    """How near each telling word of the question is met: the mean of its tokens."""
    parts: dict[str, list[float]] = {}
    for word, weight, value in zip(tokens.words, tokens.weights, near, strict=True):
        if weight == 1.0:
            parts.setdefault(word, []).append(float(value))
    return {word: sum(values) / len(values) for word, values in parts.items()}
