"""How sure a mean over questions is, and a difference of two: by drawing anew, from one seed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUNDS = 10_000
SEED = 7
TEST = f"paired randomisation test, two-sided, {ROUNDS:,} rounds"
_SHARE = 0.95
# Numbers drawn at once: all of a large set would not fit the memory.
_AT_ONCE = 2_000_000
# Two ways of adding up the same numbers differ by less.
_SAME = 1e-12

Values = NDArray[np.float64]
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much the second of two is better, question by question.

    `interval` holds the mean with 95 % confidence; `p` is how often chance alone would make a mean
    at least this far from none. Wins are questions that the second does better.
    """

    mean: float
    interval: Interval
    p: float
    wins: int
    ties: int
    losses: int


def intervals(values: Sequence[Sequence[float]]) -> list[Interval]:
    """The 95 % interval of each column's mean, by the bootstrap over rows (Efron, 1979).

    Rows are questions, columns measures. All columns are drawn together, and two sets of rows of
    the same length are drawn alike.
    """
    table = np.asarray(values, dtype=np.float64)
    rows = len(table)
    even = np.full(rows, 1 / rows)
    means = _rounds(rows, lambda draw, n: draw.multinomial(rows, even, size=n) @ table / rows)
    edges = np.quantile(means, [(1 - _SHARE) / 2, (1 + _SHARE) / 2], axis=0)
    return [(float(low), float(high)) for low, high in edges.T]


def difference(first: Sequence[float], second: Sequence[float]) -> Difference:
    """How the second of two differs from the first; both have the same questions in one order.

    The interval is a bootstrap over the questions' differences; `p` comes from a randomisation
    test, which turns each question's difference around by chance (Fisher's, as recommended by
    Smucker, Allan and Carterette, 2007).
    """
    by_question = np.asarray(second, dtype=np.float64) - np.asarray(first, dtype=np.float64)
    by_question[np.abs(by_question) < _SAME] = 0.0
    (interval,) = intervals(by_question.reshape(-1, 1).tolist())
    return Difference(
        mean=float(by_question.mean()),
        interval=interval,
        p=_by_chance(by_question),
        wins=int((by_question > 0).sum()),
        ties=int((by_question == 0).sum()),
        losses=int((by_question < 0).sum()),
    )


def _by_chance(by_question: Values) -> float:
    """In (0, 1]: the observed arrangement is one of those that chance could make."""
    rows = len(by_question)
    sums = _rounds(rows, lambda draw, n: (draw.integers(0, 2, (n, rows)) * 2 - 1) @ by_question)
    far = np.abs(sums) >= abs(float(by_question.sum())) - _SAME * rows
    return (1 + int(far.sum())) / (1 + ROUNDS)


def _rounds(rows: int, drawn: Callable[[np.random.Generator, int], Values]) -> Values:
    """What so many rounds come to, a portion at a time."""
    draw = np.random.default_rng(SEED)
    portion = max(1, _AT_ONCE // rows)
    return np.concatenate(
        [drawn(draw, min(portion, ROUNDS - done)) for done in range(0, ROUNDS, portion)]
    )
