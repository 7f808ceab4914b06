"""Late interaction: each token of a question beside the nearest token of a passage."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_WORD = 8
"""Bytes compared at once."""


def matches(asked: NDArray[np.uint8], weights: Floats, passages: Sequence[bytes | None]) -> Floats:
    """How near the nearest token of each passage is to the tokens of a question, `(n, 3)`.

    `asked` holds the signs of the question's tokens, row by row, and `weights` how much each
    counts; a passage's signs come token after token. The nearness of two tokens is 1 where all
    signs agree and -1 where none does. Given are its mean, its weighted mean, and the least among
    the tokens that weigh at least half of the heaviest. They are NaN for a passage whose signs are
    not known, and 0 for one without a token that tells anything.
    """
    found = np.full((len(passages), 3), np.nan, np.float32)
    found[[signs is not None for signs in passages]] = 0.0
    some = {row: signs for row, signs in enumerate(passages) if signs}
    if not some or not len(asked):
        return found
    width = asked.shape[1]
    tokens = np.frombuffer(b"".join(some.values()), np.uint64)
    tokens = tokens.reshape(-1, width // _WORD)
    lengths = [len(signs) // width for signs in some.values()]
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    nearest = np.minimum.reduceat(differing(asked.view(np.uint64), tokens), starts, axis=1)
    near = 1 - nearest.astype(np.float32) / (4 * width)
    heavy = weights >= weights.max(initial=0.0) / 2
    rows = list(some)
    found[rows, 0] = near.mean(0)
    found[rows, 1] = weights @ near / (float(weights.sum()) or 1.0)
    found[rows, 2] = near[heavy].min(0)
    return found


def differing(asked: NDArray[np.uint64], tokens: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """In how many signs each pair of tokens differs, `(asked, tokens)`."""
    total = np.zeros((len(asked), len(tokens)), np.uint8)
    # What stands side by side is compared several at once.
    for part, column in enumerate(np.ascontiguousarray(tokens.T)):
        total += np.bitwise_count(asked[:, part, None] ^ column)
    return total
