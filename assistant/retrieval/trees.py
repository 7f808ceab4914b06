"""A small forest of regression trees, read from a file that people can read."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Node = list[float | str]


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Trees side by side, all walked at once.

    A tree's few questions are answered whether its path asks them or not; the answers as the bits
    of a number tell its leaf. `column` and `threshold` have the shape `(trees, questions)`, where
    the answer is yes for a feature that is at most the threshold; `value` is `(trees, answers)`.
    There are as many questions as fill bytes: what is asked only to fill them is answered no.
    """

    features: tuple[str, ...]
    column: NDArray[np.intp]
    threshold: Floats
    value: Floats

    @classmethod
    def read(cls, path: Path) -> Self:
        """The forest in a file, as `benchmarks.fit_ranking` writes it.

        Each tree is a list of nodes, the root first: `[feature, threshold, yes, no]` with the
        nodes' numbers in the tree, or `[value]` for a leaf.
        """
        found = json.loads(path.read_text(encoding="ascii"))
        names: list[str] = found["features"]
        trees: list[list[Node]] = found["trees"]
        asked = max((sum(len(node) > 1 for node in tree) for tree in trees), default=0)
        column = np.zeros((len(trees), -(-asked // 8) * 8), np.intp)
        threshold = np.full(column.shape, np.nan, np.float32)
        value = np.zeros((len(trees), 1 << asked), np.float32)
        for i, tree in enumerate(trees):
            bits = {j: bit for bit, j in enumerate(j for j, n in enumerate(tree) if len(n) > 1)}
            for j, bit in bits.items():
                column[i, bit] = names.index(str(tree[j][0]))
                threshold[i, bit] = tree[j][1]
            value[i] = list(_leaves(tree, bits, 1 << asked))
        return cls(tuple(names), column, threshold, value)

    def predict(self, rows: Floats) -> Floats:
        """The sum of all trees for each row of shape `(rows, features)`; higher is better."""
        if not len(rows):
            return np.zeros(0, np.float32)
        trees, answers = self.value.shape
        yes = np.take(rows, self.column.ravel(), axis=1) <= self.threshold.ravel()
        told = np.packbits(yes, axis=1, bitorder="little")
        told = told.reshape(len(rows), trees, self.column.shape[1] // 8)
        leaf = np.arange(trees) * answers
        for byte in range(told.shape[2]):
            leaf = leaf + (told[:, :, byte].astype(np.int64) << 8 * byte)
        reached = np.take(self.value, np.broadcast_to(leaf, (len(rows), trees)))
        total: Floats = reached.sum(1, dtype=np.float64).astype(np.float32)
        return total


def _leaves(tree: Sequence[Node], bits: dict[int, int], answers: int) -> Iterator[float]:
    """The value that a tree comes to, for each way its questions can be answered."""
    for answer in range(answers):
        at = 0
        while len(tree[at]) > 1:
            at = int(tree[at][2] if answer >> bits[at] & 1 else tree[at][3])
        yield float(tree[at][0])
