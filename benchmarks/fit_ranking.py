"""Makes the forests of the second stage from the development sets.

    python -m benchmarks.fit_ranking ../shared/data --keep FOLDER [--others 1500] [--write]

Needs LightGBM (`pip install lightgbm`), which the product does not. Each set's corpus is taken into
a library below FOLDER by the product's own ingest, and used again where it exists; with `--others`,
of a conversational set only what answers anything and so many texts beside, drawn at random.

What is asked is told in `benchmarks/ranking_sets.py`. Printed is what each set reaches with trees
that were fitted on other domains only, beside reciprocal rank fusion of the same candidates, what
claims and questions reach that nothing is fitted on, and how true the probabilities are. With
`--write` the trees of all sets take the place of those in use.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.calibration import EVIDENCE, Calibration, evidence
from assistant.retrieval.features import FEATURES
from benchmarks.ranking_sets import (
    CONVERSATIONS,
    FEW,
    MORE,
    MOST_OF_FEW,
    Floats,
    Rows,
    Sets,
    domain,
    gathered,
)
from benchmarks.trees import nodes
from cli.evaluation.metrics import mean, ndcg

OUT = Path(__file__).parents[1] / "assistant" / "retrieval"
# Small trees: there are some hundreds of conversations to learn from.
TREES, SEEDS = 300, 3
SHAPE = {
    "objective": "lambdarank",
    "num_leaves": 7,
    "learning_rate": 0.05,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "verbose": -1,
    # The more of these, the better, whatever a set of some hundred questions says.
    "monotone_constraints_method": "basic",
    "deterministic": True,
    "num_threads": 1,
}
RISING = (
    "cosine",
    "cosine_within",
    "cosine_near",
    "words",
    "words_title",
    "words_all",
    "coverage",
    "coverage_title",
    "coverage_both",
    "has_rarest",
    "pairs",
    "window",
    "feedback",
    "tokens",
    "tokens_rare",
    "tokens_least",
)
# Questions made from one passage each repeat its words; people's own in a conversation do not.
TRUST = {"squad2": 0.1}
OF_FEW = 0.3
SHOWN = 20
"""Candidates of a question that calibration looks at."""
_STEPS, _RIDGE = 30, 1.0
STEPS = tuple(step / 10 for step in range(10))


def main() -> None:
    parser = argparse.ArgumentParser(description="Fits the second stage of retrieval.")
    parser.add_argument("data", type=Path, help="the folder that holds the sets")
    parser.add_argument("--keep", type=Path, required=True, help="where the libraries are kept")
    parser.add_argument("--write", action="store_true", help="replace what is in use")
    parser.add_argument("--others", type=int, help="texts of a set beside those that answer")
    options = parser.parse_args()
    sets, aside = gathered(options.data, options.keep, options.others)
    held = [*_held_out(sets, sets), *_held_out(aside, sets)]
    for few in (False, True):
        _print_reliability(held, few=few)
    if options.write:
        everything = _trusted(sets)
        _write("ranking.json", FEATURES, everything)
        without = [name for name in FEATURES if not name.startswith("tokens")]
        _write("ranking_without_tokens.json", without, everything)
        named = zip((*EVIDENCE, "constant"), _calibrated(held), strict=True)
        found = json.dumps({name: round(weight, 6) for name, weight in named}, indent=2)
        (OUT / "calibration.json").write_text(found + "\n", "ascii")


def _rising(columns: Sequence[int]) -> list[int]:
    names = [FEATURES[i].removesuffix("_spread").removesuffix("_behind") for i in columns]
    return [int(name in RISING) for name in names]


def _forest(rows: Sequence[tuple[Rows, float]], columns: Sequence[int], seed: int) -> Any:
    """Trees that order the candidates of each question (LambdaMART; Burges, 2010)."""
    lightgbm = import_module("lightgbm")
    useful = [(one, trust) for one, trust in rows if one.answers.any()]
    data = lightgbm.Dataset(
        np.concatenate([one.features[:, columns] for one, _ in useful]),
        np.concatenate([one.answers for one, _ in useful]).astype(int),
        group=[len(one.answers) for one, _ in useful],
        weight=np.concatenate([np.full(len(one.answers), trust) for one, trust in useful]),
    )
    return lightgbm.train(
        {**SHAPE, "monotone_constraints": _rising(columns), "seed": seed}, data, TREES // SEEDS
    )


def _trusted(sets: Sets) -> list[tuple[Rows, float]]:
    return [
        (one, TRUST.get(name.removesuffix(FEW), 1.0) * (OF_FEW if name.endswith(FEW) else 1.0))
        for name, rows in sets.items()
        for one in rows
    ]


def _held_out(sets: Sets, fitted: Sets) -> Iterator[tuple[Rows, Floats]]:
    """The scores of candidates by trees that have seen nothing of their domain; prints measures."""
    columns = range(len(FEATURES))

    @cache
    def forests(left_out: str) -> list[Any]:
        others = {name: rows for name, rows in fitted.items() if domain(name) != left_out}
        return [_forest(_trusted(others), columns, seed) for seed in range(SEEDS)]

    for name, rows in sets.items():
        own = forests(domain(name))
        scores = [np.sum([each.predict(one.features) for each in own], axis=0) for one in rows]
        depth = 5 if name.removesuffix(FEW) in (*CONVERSATIONS, *MORE.values()) else 10
        reached = _ndcg(rows, scores, depth), _ndcg(rows, [one.fused for one in rows], depth)
        print(
            f"| {name} | {len(rows)} | nDCG@{depth} | {reached[1]:.3f} | {reached[0]:.3f} |",
            flush=True,
        )
        yield from zip(rows, scores, strict=True)


def _ndcg(rows: Sequence[Rows], scores: Sequence[Floats], depth: int) -> float:
    """The mean over the questions that have an answer."""
    values: list[float] = []
    for one, each in zip(rows, scores, strict=True):
        order = np.argsort(-each, kind="stable")
        ranking = list(dict.fromkeys(one.documents[i] for i in order))
        values += [ndcg(ranking, one.gains, depth)] if one.gains else []
    return mean(values)


def _calibrated(held: Sequence[tuple[Rows, Floats]]) -> NDArray[np.float64]:
    """A logistic regression by Newton's method, over the best candidates of each question."""
    parts, labels = [], []
    for one, scores in held:
        best = np.argsort(-scores)[:SHOWN]
        parts.append(evidence(one.features, scores)[best])
        labels.append(one.answers[best])
    known, wanted = np.concatenate(parts).astype(float), np.concatenate(labels).astype(float)
    known = np.column_stack([known, np.ones(len(known))])
    weights = np.zeros(known.shape[1])
    for _ in range(_STEPS):
        expected = 1 / (1 + np.exp(-np.clip(known @ weights, -30, 30)))
        slope = known.T @ (wanted - expected) - _RIDGE * weights
        curve = (known * (expected * (1 - expected))[:, None]).T @ known
        weights += np.linalg.solve(curve + _RIDGE * np.eye(len(weights)), slope)
    return weights


def _print_reliability(held: Sequence[tuple[Rows, Floats]], *, few: bool) -> None:
    """How often passages answer that were given a probability, by halves that saw the other.

    Those in a whole library, or those among a few passages.
    """
    given: list[float] = []
    true: list[bool] = []
    for half in (0, 1):
        weights = Calibration(_calibrated(held[1 - half :: 2]))
        for one, scores in held[half::2]:
            if (len(scores) <= MOST_OF_FEW) != few:
                continue
            best = np.argsort(-scores)[:SHOWN]
            given += weights.probabilities(one.features, scores)[best].tolist()
            true += one.answers[best].tolist()
    print("\namong a few passages" if few else "\nin the whole library")
    print("\n| score | passages | mean score | answer |\n|---|---|---|---|")
    for low in STEPS:
        inside = [i for i, p in enumerate(given) if low <= p < low + 0.1]
        if inside:
            shares = mean([given[i] for i in inside]), mean([float(true[i]) for i in inside])
            print(
                f"| {low:.1f}-{low + 0.1:.1f} | {len(inside)} | {shares[0]:.3f} | {shares[1]:.3f} |"
            )


def _write(name: str, columns: Sequence[str], rows: list[tuple[Rows, float]]) -> None:
    numbers = [FEATURES.index(column) for column in columns]
    trees = [
        tree
        for seed in range(SEEDS)
        for tree in _forest(rows, numbers, seed).dump_model()["tree_info"]
    ]
    lines = ",\n".join(json.dumps(nodes(tree["tree_structure"], columns)) for tree in trees)
    names = json.dumps(list(FEATURES))
    (OUT / name).write_text(f'{{"features": {names},\n"trees": [\n{lines}\n]}}\n', "ascii")


if __name__ == "__main__":
    main()
