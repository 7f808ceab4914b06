"""When an answer is refused: weights and thresholds from judged questions, for `fit_answers`.

The forest's chance and the best passage's score are added in log odds; each set counts the same,
and what has an answer in it as much as what has none.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answers.scoring import log_odds

Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]

FILE = Path(__file__).parents[1] / "assistant" / "answers" / "refusal.json"
# Sets by the library that was asked: what is asked of another is not held out with it.
FAMILIES = (("clapnq", "clapnq_all"), ("squad2", "foreign"), ("mtrag_un", "mtrag"), ("domain",))
# Questions that were made to deceive, and conversations of which nearly all has an answer.
TRUST = {"squad2": 0.3, "foreign": 0.3, "mtrag": 0.5}
# The threshold is that with the best F1 of refusing over these, as long as it refuses no more than
# this share of what the documents of the domain answer.
JUDGED = ("clapnq", "clapnq_all", "mtrag_un", "domain")
MOST_REFUSED = 0.12
# From the chance on that is sure, one answer in so many has none behind it; what has a heading
# that names it is refused only where fewer than one in a hundred of what can be answered lies.
UNSURE, HARDLY_ANY = 0.1, 0.01
RATIOS = tuple(step / 10 for step in range(11))
_ROUNDS, _SHRUNK = 30, 1.0


def evidence(chances: Sequence[float], scores: Sequence[float]) -> Doubles:
    """`(n, 2)`: the log odds of the forest and of the best passage."""
    both = zip(chances, scores, strict=True)
    return np.array([(log_odds(chance), log_odds(score)) for chance, score in both])


def fitted(rows: Doubles, sources: NDArray[np.str_], labels: Flags) -> Doubles:
    """The weights of the forest, of the score, and one by itself.

    How much the score counts is tried out: as that with which refusing is best. What both say is
    then made a probability by a regression, by Newton's method.
    """
    ratio = max(RATIOS, key=lambda one: _best(rows @ (1.0, one), sources, labels)[0])
    both = np.column_stack([rows @ (1.0, ratio), np.ones(len(rows))])
    weight = np.zeros(len(rows))
    for source in set(sources.tolist()):
        for kind in (True, False):
            of_it = (sources == source) & (labels == kind)
            weight[of_it] = TRUST.get(source, 1.0) * 100 / max(1, of_it.sum())
    found = np.zeros(2)
    shrunk = np.diag([_SHRUNK, 0.0])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-both @ found))
        slope = both.T @ (weight * (chance - labels)) + shrunk @ found
        bend = (both.T * (weight * chance * (1 - chance))) @ both + shrunk
        found = found - np.linalg.solve(bend, slope)
    return np.array([found[0], ratio * found[0], found[1]])


def log_odds_of(rows: Doubles, weights: Doubles) -> Doubles:
    """What the weights make of the evidence."""
    found: Doubles = rows @ weights[:-1] + weights[-1]
    return found


def held_out(
    rows: Doubles, sources: NDArray[np.str_], labels: Flags, parts: NDArray[np.int64]
) -> tuple[Doubles, Doubles]:
    """Log odds by weights that have not seen the question, and that have not seen its sets."""
    by_question, by_set = np.zeros(len(rows)), np.zeros(len(rows))
    for part in set(parts.tolist()):
        own = parts == part
        by_question[own] = log_odds_of(rows[own], fitted(rows[~own], sources[~own], labels[~own]))
    for family in FAMILIES:
        own = np.isin(sources, family)
        by_set[own] = log_odds_of(rows[own], fitted(rows[~own], sources[~own], labels[~own]))
    return by_question, by_set


def refusing(odds: Doubles, labels: Flags, threshold: float) -> tuple[float, float, float, float]:
    """Precision, recall and F1 of refusing below the threshold; the share refused wrongly."""
    refused = odds < threshold
    right = float((refused & ~labels).sum())
    precision = right / max(1.0, float(refused.sum()))
    recall = right / max(1.0, float((~labels).sum()))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return precision, recall, f1, float((refused & labels).sum() / max(1, labels.sum()))


def threshold(odds: Doubles, sources: NDArray[np.str_], labels: Flags) -> float:
    """Where to refuse, in log odds."""
    return _best(odds, sources, labels)[1]


def _best(odds: Doubles, sources: NDArray[np.str_], labels: Flags) -> tuple[float, float]:
    """The best mean F1 of refusing that refuses few enough, and the threshold it is reached at."""
    judged = [sources == one for one in JUDGED if (sources == one).any()]
    own = (sources == "domain") & labels
    most = float(np.quantile(odds[own], MOST_REFUSED)) if own.any() else 2.0
    steps = [float(at) for at in np.arange(-3, 2, 0.05) if at <= most]
    return max(
        (float(np.mean([refusing(odds[s], labels[s], at)[2] for s in judged])), at) for at in steps
    )


def sure(odds: Doubles, sources: NDArray[np.str_], labels: Flags, least: float) -> float:
    """From where on hardly any answer has nothing behind it."""
    of_them = np.isin(sources, ("clapnq", "clapnq_all", "domain"))
    odds, labels = odds[of_them], labels[of_them]
    steps = np.arange(least, least + 4, 0.05)
    return next((float(at) for at in steps if (~labels[odds >= at]).mean() <= UNSURE), least + 4)


def hardly(odds: Doubles, sources: NDArray[np.str_], labels: Flags) -> float:
    """Below which hardly any question lies that the domain's documents answer."""
    return float(np.quantile(odds[(sources == "domain") & labels], HARDLY_ANY))


def write(weights: Doubles, limits: dict[str, float]) -> None:
    """The weights, and the chances from which on it is answered."""
    named = dict(zip(("forest", "score", "constant"), weights.tolist(), strict=True))
    chances = {name: 1 / (1 + np.exp(-odds)) for name, odds in limits.items()}
    found = {name: round(float(value), 4) for name, value in {**named, **chances}.items()}
    found = {**json.loads(FILE.read_text("ascii")), **found}  # one is of `french_refusal`
    FILE.write_text(json.dumps(found, indent=2) + "\n", "ascii")
