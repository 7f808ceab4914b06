"""A token's vector in 24 bytes: on which side of the mean it lies in each dimension.

What is nearest among the tokens of a text tells more than the one vector of all of them (late
interaction; Khattab and Zaharia, 2020). The signs of half the dimensions order passages as the
whole vectors do, in a sixty-fourth of the room (docs/benchmarks.md).
"""

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

BYTES = 24

_STOP_WORDS = (
    "a about after all also an and any are as at be been being but by can could did do does for "
    "from had has have he her his how i if in into is it its may more most my no not of on one or "
    "other our out s she should so some such t than that the their them then there these they "
    "this those to up us was we were what when where which who will with would you your"
)


class TokenSigns:
    """The signs of token vectors of the default embedder, whose tokens `vocabulary` numbers."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        means = files("assistant.models") / "token_means.json"
        self._means = np.array(json.loads(means.read_text(encoding="ascii")), np.float32)
        words = set(_STOP_WORDS.split())
        common = {
            number
            for token, number in vocabulary.items()
            if token in words or not any(map(str.isalnum, token)) or token.startswith("[")
        }
        self._telling = np.ones(max(vocabulary.values()) + 1, bool)
        self._telling[list(common)] = False

    def telling(self, ids: Sequence[int]) -> list[int]:
        """The places of the tokens that have signs: no stop words, no punctuation."""
        found: list[int] = np.flatnonzero(self._telling[np.asarray(ids)]).tolist()
        return found

    def of(self, ids: Sequence[int], hidden: NDArray[np.float32]) -> NDArray[np.uint8]:
        """The signs `(n, BYTES)` of the telling tokens."""
        return self.of_all(hidden[self.telling(ids)])

    def of_all(self, hidden: NDArray[np.float32]) -> NDArray[np.uint8]:
        """The signs `(n, BYTES)` of tokens whose vectors have the shape `(n, dimension)`."""
        lengths = np.linalg.norm(hidden, axis=1, keepdims=True)
        return np.packbits(hidden[:, : 8 * BYTES] > self._means * lengths, axis=1)
