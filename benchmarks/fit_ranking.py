"""Makes the forests of the second stage from the development sets.

    python -m benchmarks.fit_ranking ../shared/data --keep FOLDER [--write]

Needs LightGBM (`pip install lightgbm`), which the product does not. Each set's corpus is taken into
a library below FOLDER by the product's own ingest, and used again where it exists. Printed is what
each conversational domain reaches with trees that were fitted on the other sets only, and how
true the probabilities are; with `--write` the trees of all sets take the place of those in use.
"""

import argparse
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.backends import Backends, open_backends
from assistant.retrieval.asking import ask
from assistant.retrieval.calibration import EVIDENCE, Calibration, evidence
from assistant.retrieval.features import FEATURES
from assistant.retrieval.standalone import resolve
from assistant.settings import read_settings
from assistant.types import Filters, Role, Turn
from benchmarks.trees import nodes
from cli.evaluation.judged import SCHEME, JudgedSet, Query, read_corpus, read_judged_set, read_lines
from cli.evaluation.metrics import mean, ndcg
from cli.evaluation.retrieval import take_in_set

Floats = NDArray[np.float32]

CONVERSATIONS = ("mtrag_clapnq", "mtrag_fiqa", "mtrag_cloud")
MORE = ("mtrag_un_clapnq", "mtrag_un_fiqa")
MOST_GOLDEN = 8
"""More passages than these are marked for a question that is about a whole subject."""
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
    "deterministic": True,
    "num_threads": 1,
}
# Questions made from one passage each repeat its words; people's own in a conversation do not.
TRUST = {"squad2": 0.1}
SINGLE_TURN = 400
SHOWN = 20
"""Candidates of a question that calibration looks at."""
_STEPS, _RIDGE = 30, 1.0
STEPS = tuple(step / 10 for step in range(10))


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The candidates of one question: features, whether each answers, and its document."""

    features: Floats
    answers: NDArray[np.bool_]
    documents: tuple[str, ...]
    gains: Mapping[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description="Fits the second stage of retrieval.")
    parser.add_argument("data", type=Path, help="the folder that holds the sets")
    parser.add_argument("--keep", type=Path, required=True, help="where the libraries are kept")
    parser.add_argument("--write", action="store_true", help="replace what is in use")
    options = parser.parse_args()
    sets = {name: list(_rows_of(options.data / name, options.keep)) for name in CONVERSATIONS}
    for name in MORE:
        sets[name] = list(_more(options.data, name, options.keep))
    sets["squad2"] = list(_squad(options.data / "squad2", options.keep))
    held: list[tuple[Rows, Floats]] = []
    for name, rows in sets.items():
        # What is of the same domain is left out with it.
        scores = _held_out(rows, {k: v for k, v in sets.items() if _domain(k) != _domain(name)})
        held += zip(rows, scores, strict=True)
        answered = [i for i, one in enumerate(rows) if one.gains]
        reached = _ndcg([rows[i] for i in answered], [scores[i] for i in answered])
        print(f"{name}: nDCG@5 {reached:.3f} by trees fitted on the other sets")
    _print_reliability(held)
    if options.write:
        everything = _trusted(sets)
        _write("ranking.json", FEATURES, everything)
        without = [name for name in FEATURES if not name.startswith("tokens")]
        _write("ranking_without_tokens.json", without, everything)
        named = zip((*EVIDENCE, "constant"), _calibrated(held), strict=True)
        found = json.dumps({name: round(weight, 6) for name, weight in named}, indent=2)
        (OUT / "calibration.json").write_text(found + "\n", "ascii")


def _rows_of(folder: Path, keep: Path) -> Iterator[Rows]:
    judged = read_judged_set(folder, Path("queries_lastturn.jsonl"), None)
    yield from _gathered(judged, folder.name, keep)


def _more(data: Path, name: str, keep: Path) -> Iterator[Rows]:
    """Further turns of conversations over the texts of another set."""
    domain = _domain(name)
    queries: list[Query] = []
    judgements: dict[str, dict[str, float]] = {}
    for _, line in read_lines(data / "mtrag_un" / "tasks.jsonl"):
        task = json.loads(line)
        golden = {one["doc_id"]: 1.0 for one in task["gold_passages"]}
        if task["domain"] == domain and 0 < len(golden) <= MOST_GOLDEN:
            said = tuple(Turn(Role(one["role"]), one["text"]) for one in task["history"])
            queries.append(Query(task["task_id"], task["question"], said))
            judgements[task["task_id"]] = golden
    corpus = tuple(read_corpus(data / f"mtrag_{domain}" / "corpus.jsonl"))
    yield from _gathered(JudgedSet(corpus, tuple(queries), judgements), f"mtrag_{domain}", keep)


def _domain(name: str) -> str:
    return name.rpartition("_")[2]


def _squad(folder: Path, keep: Path) -> Iterator[Rows]:
    """Questions without a conversation; half of them have no answer."""
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    some = random.Random(1).sample([json.loads(line) for line in lines], SINGLE_TURN)
    judgements = {
        one["_id"]: {one["source_passage"]: 1.0} if one["answerable"] else {} for one in some
    }
    queries = tuple(Query(one["_id"], one["text"], ()) for one in some)
    corpus = tuple(read_corpus(folder / "corpus.jsonl"))
    yield from _gathered(JudgedSet(corpus, queries, judgements), folder.name, keep)


def _gathered(judged: JudgedSet, name: str, keep: Path) -> Iterator[Rows]:
    settings = read_settings().model_copy(update={"home": keep / name})
    with open_backends(settings, "benchmarks.fit_ranking") as backends:
        take_in_set(judged, backends, settings)
        for query in judged.queries:
            yield _question(query, judged.judgements.get(query.query_id, {}), backends)


def _question(query: Query, gains: Mapping[str, float], backends: Backends) -> Rows:
    question, now = resolve(query.text, query.history), datetime.now(UTC)
    retriever = backends.retriever
    searched = retriever.search.at(now, Filters())
    assert searched is not None
    asking = ask(question, backends.encoder, searched.lexical)
    found = retriever.candidates(searched, asking.asked, question)
    known = retriever.search.ledger.chunks([c.chunk_id for c in found.candidates], now, Filters())
    names = tuple(one.source_uri.removeprefix(SCHEME) for one in known.values())
    answers = np.array([gains.get(name, 0) > 0 for name in names])
    return Rows(retriever.ranker.rows(asking, found), answers, names, gains)


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
    return lightgbm.train({**SHAPE, "seed": seed}, data, TREES // SEEDS)


def _trusted(sets: Mapping[str, Sequence[Rows]]) -> list[tuple[Rows, float]]:
    return [(one, TRUST.get(name, 1.0)) for name, rows in sets.items() for one in rows]


def _held_out(rows: Sequence[Rows], others: Mapping[str, Sequence[Rows]]) -> list[Floats]:
    """The scores of a set's candidates by trees that have seen nothing of it."""
    columns = range(len(FEATURES))
    forests = [_forest(_trusted(others), columns, seed) for seed in range(SEEDS)]
    return [np.sum([forest.predict(one.features) for forest in forests], axis=0) for one in rows]


def _ndcg(rows: Sequence[Rows], scores: Sequence[Floats]) -> float:
    values: list[float] = []
    for one, each in zip(rows, scores, strict=True):
        order = np.argsort(-each, kind="stable")
        ranking = list(dict.fromkeys(one.documents[i] for i in order))
        values.append(ndcg(ranking, one.gains, 5))
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


def _print_reliability(held: Sequence[tuple[Rows, Floats]]) -> None:
    """How often passages answer that were given a probability, by halves that saw the other."""
    given: list[float] = []
    true: list[bool] = []
    for half in (0, 1):
        weights = Calibration(_calibrated(held[1 - half :: 2]))
        for one, scores in held[half::2]:
            best = np.argsort(-scores)[:SHOWN]
            given += weights.probabilities(one.features, scores)[best].tolist()
            true += one.answers[best].tolist()
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
