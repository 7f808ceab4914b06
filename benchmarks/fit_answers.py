"""Makes the forests that choose sentences and tell whether the library answers.

    python -m benchmarks.fit_answers ../shared/data HOME --keep FOLDER [--write]

Needs LightGBM (`pip install lightgbm`), which the product does not. Each set's texts are taken into
a library below FOLDER by the product's own ingest and asked with the product's own retrieval; HOME
is a data directory into which `documents` of the data folder was ingested. The first forest says
how likely a sentence belongs to the answer: from clapnq_answers (what people chose, of the passage
alone and of what is found) and squad2 (the sentence that holds the answer).
The second says how likely the library answers at all: from these, from questions of one set asked
of another, from the conversations of mtrag_un, and from the domain's questions and foreign ones.
`fit_refusal` then weighs it beside the best passage's score, and finds where to refuse. Printed is
what they reach on questions they have not seen, five parts in turn, and on sets whose questions the
weights have not seen; with `--write` what all were fitted on takes the place of those in use.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answers.answerable import ANSWER_FEATURES, answer_features
from assistant.answers.features import SENTENCE_FEATURES
from assistant.answers.scoring import likely
from benchmarks import fit_refusal
from benchmarks.answer_examples import Example, Flags, Floats, domain_examples, examples
from benchmarks.trees import nodes

OUT = Path(__file__).parents[1] / "assistant" / "answers"
PARTS = 5
# squad2's unanswerable questions were made to deceive; few people ask such.
TRUST = {"sentence": {"squad2": 0.3, "mtrag": 0.5}, "answer": {"squad2": 0.7}}
TREES = {"sentence": 150, "answer": 200}
LEAVES = {"sentence": 4, "answer": 6}
SHAPE = {
    "objective": "binary",
    "learning_rate": 0.05,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
    "verbose": -1,
    "deterministic": True,
    "num_threads": 1,
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Fits what is chosen and when it is refused.")
    parser.add_argument("data", type=Path, help="the folder that holds the sets")
    parser.add_argument("--keep", type=Path, required=True, help="where the libraries are kept")
    parser.add_argument("--write", action="store_true", help="replace what is in use")
    parser.add_argument("home", type=Path, help="the data directory of the domain's library")
    options = parser.parse_args()
    made = [*examples(options.data, options.keep), *domain_examples(options.data, options.home)]
    print(Counter((one.source, one.answerable) for one in made))
    chances = held_out(made, "sentence", [_sentence_rows(one) for one in made])
    rows = [
        (answer_features(one.asked, one.shown, one.rows, likely(c).tolist())[None], None)
        for one, c in zip(made, chances, strict=True)
    ]
    answers = [(row, np.array([one.answerable])) for (row, _), one in zip(rows, made, strict=True)]
    scores = np.concatenate(held_out(made, "answer", answers))
    rows_of = fit_refusal.evidence(likely(scores).tolist(), [one.score for one in made])
    weights, limits = refusal(made, rows_of)
    chosen_by(made, [likely(one) for one in chances])
    if options.write:
        fit_refusal.write(weights, limits)
        write("sentence", SENTENCE_FEATURES, made, [_sentence_rows(one) for one in made])
        write("answer", ANSWER_FEATURES, made, answers)


def _sentence_rows(one: Example) -> tuple[Floats, Flags | None]:
    known = one.chosen is not None and one.chosen.any()
    return one.rows, one.chosen if known else None


Rows = Sequence[tuple[Floats, Flags | None]]


def fitted(kind: str, made: Sequence[Example], rows: Rows) -> Any:
    """Trees over the rows that are labelled."""
    trust = TRUST[kind]
    lightgbm = import_module("lightgbm")
    known = [(e.source, r, c) for e, (r, c) in zip(made, rows, strict=True) if c is not None]
    counts = Counter(source for source, r, _ in known for _ in range(len(r)))
    weights = [
        np.full(len(r), trust.get(source, 1.0) * 1000 / counts[source]) for source, r, _ in known
    ]
    weight = np.concatenate(weights)
    data = lightgbm.Dataset(
        np.concatenate([r for _, r, _ in known]),
        np.concatenate([c for _, _, c in known]).astype(int),
        weight=weight * len(weight) / weight.sum(),
    )
    return lightgbm.train({**SHAPE, "num_leaves": LEAVES[kind], "seed": 1}, data, TREES[kind])


def held_out(made: Sequence[Example], kind: str, rows: Rows) -> list[Floats]:
    """The scores of all rows by trees that have seen nothing of their group."""
    part = _parts(made).tolist()
    scores: list[Floats] = [np.zeros(0, np.float32)] * len(made)
    for number in range(PARTS):
        seen = [i for i in range(len(made)) if part[i] != number]
        trees = fitted(kind, [made[i] for i in seen], [rows[i] for i in seen])
        for i in range(len(made)):
            if part[i] == number and len(rows[i][0]):
                scores[i] = trees.predict(rows[i][0], raw_score=True)
    return scores


def _parts(made: Sequence[Example]) -> NDArray[np.int64]:
    """Which part each example is tried in, those of a group in one."""
    groups = sorted({one.group for one in made})
    order = np.random.default_rng(7).permutation(len(groups))
    part = {groups[i]: number % PARTS for number, i in enumerate(order.tolist())}
    return np.array([part[one.group] for one in made])


def write(kind: str, names: Sequence[str], made: Sequence[Example], rows: Rows) -> None:
    trees = fitted(kind, made, rows).dump_model()["tree_info"]
    lines = ",\n".join(json.dumps(nodes(tree["tree_structure"], names)) for tree in trees)
    text = f'{{"features": {json.dumps(list(names))},\n"trees": [\n{lines}\n]}}\n'
    (OUT / f"{kind}.json").write_text(text, "ascii")


def auc(scores: Floats, labels: Flags) -> float:
    positive, negative = scores[labels], scores[~labels]
    wins = (positive[:, None] > negative).mean() + 0.5 * (positive[:, None] == negative).mean()
    return float(wins)


def refusal(
    made: Sequence[Example], rows: fit_refusal.Doubles
) -> tuple[fit_refusal.Doubles, dict[str, float]]:
    """The weights of all, and the thresholds, which are chosen on what was held out."""
    asked_of = np.array([one.source for one in made])
    labels = np.array([one.answerable for one in made])
    parts = _parts(made)
    odds, by_set = fit_refusal.held_out(rows, asked_of, labels, parts)
    limit = fit_refusal.threshold(odds, asked_of, labels)
    for source in sorted(set(asked_of.tolist())):
        of_it = asked_of == source
        for name, found in (("questions unseen", odds), ("sets unseen", by_set)):
            figures = fit_refusal.refusing(found[of_it], labels[of_it], limit)
            area = auc(found[of_it], labels[of_it]) if 0 < labels[of_it].mean() < 1 else 1.0
            print(
                f"{source}, {name}: AUC {area:.3f}; refused with precision {figures[0]:.2f},"
                f" recall {figures[1]:.2f}, F1 {figures[2]:.3f}; {figures[3]:.2f} of what can be"
                " answered"
            )
    limits = {
        "answers": limit,
        "sure": fit_refusal.sure(odds, asked_of, labels, limit),
        "named": fit_refusal.hardly(odds, asked_of, labels),
    }
    weights = fit_refusal.fitted(rows, asked_of, labels)
    print(weights, limits)
    return weights, limits


def chosen_by(made: Sequence[Example], chances: Sequence[Floats]) -> None:
    """Prints how well sentences are chosen."""
    for source in ("clapnq", "clapnq_all"):
        values = [
            f1_of(one.chosen, best_set(chance))
            for one, chance in zip(made, chances, strict=True)
            if one.source == source
            and one.answerable
            and one.chosen is not None
            and one.chosen.any()
        ]
        print(f"{source}: F1 of chosen sentences {np.mean(values):.3f} of {len(values)}")


def best_set(chances: Floats) -> Flags:
    """The sentences whose F1 is likely the highest."""
    order = np.argsort(-chances)
    size = np.arange(1, len(chances) + 1)
    value = 2 * np.cumsum(chances[order]) / (size + chances.sum())
    chosen = np.zeros(len(chances), bool)
    chosen[order[: 1 + int(np.argmax(value))]] = True
    return chosen


def f1_of(wanted: Flags, got: Flags) -> float:
    both = float((wanted & got).sum())
    return 2 * both / float(wanted.sum() + got.sum())


if __name__ == "__main__":
    main()
