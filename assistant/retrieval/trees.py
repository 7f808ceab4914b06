"""A small forest of regression trees, read from a file that people can read."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Whole = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Trees side by side, each array of shape `(trees, nodes)`; a leaf leads to itself.

    A row goes left where its feature is at most the threshold.
    """

    features: tuple[str, ...]
    feature: Whole
    threshold: Floats
    left: Whole
    right: Whole
    value: Floats
    depth: int

    @classmethod
    def read(cls, path: Path) -> Self:
        """The forest in a file, as `benchmarks.fit_ranking` writes it.

        Each tree is a list of nodes, the root first: `[feature, threshold, left, right]` with the
        nodes' numbers in the tree, or `[value]` for a leaf.
        """
        found = json.loads(path.read_text(encoding="ascii"))
        names: list[str] = found["features"]
        trees: list[list[list[float | str]]] = found["trees"]
        shape = len(trees), max(map(len, trees), default=1)
        feature, left, right = (np.zeros(shape, np.int32) for _ in range(3))
        threshold, value = (np.zeros(shape, np.float32) for _ in range(2))
        for i, tree in enumerate(trees):
            for j, node in enumerate(tree):
                if len(node) == 1:
                    left[i, j] = right[i, j] = j
                    value[i, j] = node[0]
                else:
                    name, cut, yes, no = node
                    feature[i, j] = names.index(str(name))
                    threshold[i, j] = cut
                    left[i, j], right[i, j] = int(yes), int(no)
        depth = max((_depth(left[i], right[i], 0) for i in range(len(trees))), default=0)
        return cls(tuple(names), feature, threshold, left, right, value, depth)

    def predict(self, rows: Floats) -> Floats:
        """The sum of all trees for each row of shape `(rows, features)`; higher is better."""
        trees = np.arange(len(self.feature))
        at = np.zeros((len(rows), len(trees)), np.int32)
        number = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            goes_left = rows[number, self.feature[trees, at]] <= self.threshold[trees, at]
            at = np.where(goes_left, self.left[trees, at], self.right[trees, at])
        total: Floats = self.value[trees, at].sum(1, dtype=np.float64).astype(np.float32)
        return total


def _depth(left: Whole, right: Whole, node: int) -> int:
    if left[node] == node:
        return 0
    return 1 + max(_depth(left, right, int(left[node])), _depth(left, right, int(right[node])))
