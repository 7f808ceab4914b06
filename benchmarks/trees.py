"""Trees of LightGBM as the product reads them."""

from collections.abc import Sequence
from typing import Any


def nodes(root: dict[str, Any], columns: Sequence[str]) -> list[list[float | str]]:
    """The nodes of a tree as `assistant.retrieval.trees.Forest.read` takes them."""
    found: list[list[float | str]] = []

    def add(node: dict[str, Any]) -> int:
        number = len(found)
        if "leaf_value" in node:
            found.append([round(node["leaf_value"], 6)])
            return number
        found.append([])
        left, right = add(node["left_child"]), add(node["right_child"])
        cut = float(f"{node['threshold']:.6g}")
        found[number] = [columns[node["split_feature"]], cut, left, right]
        return number

    add(root)
    return found
