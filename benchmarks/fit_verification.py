"""Makes the forest that weighs whether a span carries a sentence.

    python -m benchmarks.fit_verification ../shared/data [--write]

Needs LightGBM (`pip install lightgbm`), which the product does not. Sentences of the development
sets are held against their texts as the product does it (`benchmarks.claims`). Printed is what
forests reach on conversations, documents and questions they have not seen, five parts in turn.
Their odds are shifted so that a support of a half lets through 19 of 20 true sentences, of those
that people wrote from passages as of those put in other words; that is the probability where about
three of four sentences are true. With `--write` the forest of all takes the place of those in use.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.grounding.faults import CHECKS
from assistant.grounding.features import FEATURES, row
from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.verify import SUPPORTED, refused
from assistant.models.encoder import LocalEncoder, open_token_encoder
from assistant.settings import Settings
from benchmarks.claims import Claim, Text, claims
from benchmarks.fit_answers import auc
from benchmarks.trees import nodes

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

OUT = Path(__file__).parents[1] / "assistant" / "grounding" / "verification.json"
PARTS = 5
FALSE_ALARMS = 0.05
# How much the sentences of a source count in all; of each, every kind counts alike or nearly so.
TRUST = {
    "clapnq": 1.0,
    "mtrag": 1.0,
    "mtrag_un": 1.0,
    "documents": 2.0,
    "reworded": 1.5,
    "expertqa": 3.0,
}
TREES = 300
SHAPE = {
    "objective": "binary",
    "learning_rate": 0.06,
    "num_leaves": 8,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 3.0,
    "monotone_constraints_method": "intermediate",
    "verbose": -1,
    "deterministic": True,
    "num_threads": 1,
    "seed": 1,
}
_MORE_IS_BETTER = "cosine cosine_best cosine_text share share_around share_all same run"
MORE_IS_BETTER = frozenset(_MORE_IS_BETTER.split())
MORE_IS_WORSE = {*CHECKS, "wrong", "wrong_ways", "framed", "new", "new_around", "figures_around"}


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Claims with the features of the span nearest to each."""

    claims: tuple[Claim, ...]
    rows: Floats

    @property
    def carried(self) -> Flags:
        """Which of them are."""
        return np.array([one.carried for one in self.claims])

    def of(self, *, source: str = "", kind: str = "", carried: bool | None = None) -> Flags:
        """Which of them are such."""
        return np.array(
            [
                (not source or one.source == source)
                and (not kind or one.kind == kind)
                and (carried is None or one.carried == carried)
                for one in self.claims
            ]
        )


def main() -> None:
    parser = argparse.ArgumentParser(description="Fits what tells whether a sentence is carried.")
    parser.add_argument("data", type=Path, help="the folder that holds the sets")
    parser.add_argument("--write", action="store_true", help="replace what is in use")
    options = parser.parse_args()
    with TemporaryDirectory() as home:
        made = measured(claims(options.data), open_token_encoder(Settings(home=Path(home))))
    print(Counter((one.source, one.carried) for one in made.claims))
    odds = held_out(made)
    never = refused(made.rows)
    shift = -least_odds(made, np.where(never, -np.inf, odds))
    for line in calibration(made, np.asarray(1 / (1 + np.exp(-odds)), np.float32)):
        print(line)
    print(f"odds shifted by {shift:.2f}")
    scores = 1 / (1 + np.exp(-odds - shift))
    for line in report(made, np.where(never, scores * SUPPORTED, scores)):
        print(line)
    if options.write:
        write(made, shift)


def measured(found: Iterator[Claim], encoder: LocalEncoder) -> Measured:
    kept: list[Claim] = []
    rows: list[list[float]] = []
    texts: tuple[Text, ...] = ()
    evidence = Evidence([], encoder)
    for claim in found:
        if claim.evidence != texts:
            texts = claim.evidence
            evidence = Evidence([EvidenceText(one.text, one.title) for one in texts], encoder)
        beside = evidence.beside(claim.text)
        if beside:
            kept.append(claim)
            rows.append(row(claim.text, beside[0][1]))
    return Measured(tuple(kept), np.array(rows, np.float32))


def weights(made: Measured) -> Floats:
    """As much for each source as it is trusted, shared by the roots of its kinds' numbers."""
    counts = Counter((one.source, one.kind) for one in made.claims)
    totals = Counter[str]()
    for (source, _), count in counts.items():
        totals[source] += count**0.5
    share = [
        TRUST[one.source] / totals[one.source] / counts[one.source, one.kind] ** 0.5
        for one in made.claims
    ]
    found: Floats = np.array(share, np.float32) * np.float32(len(share) / sum(share))
    return found


def fitted(made: Measured, chosen: Flags) -> Any:
    lightgbm = import_module("lightgbm")
    data = lightgbm.Dataset(
        made.rows[chosen],
        made.carried[chosen].astype(int),
        weight=weights(made)[chosen],
    )
    direction = [(one in MORE_IS_BETTER) - (one in MORE_IS_WORSE) for one in FEATURES]
    return lightgbm.train({**SHAPE, "monotone_constraints": direction}, data, TREES)


def held_out(made: Measured) -> Floats:
    """The logarithm of the odds of all by forests that have seen nothing of their group."""
    groups = sorted({one.group for one in made.claims})
    order = np.random.default_rng(7).permutation(len(groups))
    part = {groups[i]: number % PARTS for number, i in enumerate(order.tolist())}
    of = np.array([part[one.group] for one in made.claims])
    scores = np.zeros(len(of), np.float32)
    for number in range(PARTS):
        trees = fitted(made, of != number)
        scores[of == number] = trees.predict(made.rows[of == number], raw_score=True)
    return scores


def least_odds(made: Measured, odds: Floats) -> float:
    """The highest that refuses at most 1 of 20 written sentences, and of reworded ones."""
    written, reworded = made.of(source="clapnq", carried=True), made.of(source="reworded")
    both = [
        float(np.quantile(odds[one], FALSE_ALARMS, method="higher")) for one in (written, reworded)
    ]
    return min(both)


def report(made: Measured, scores: Floats) -> Iterator[str]:
    judged = made.of(source="expertqa")
    clear = judged & ~made.of(kind="partial")
    yield f"expertqa, AUC {auc(scores[judged], made.carried[judged]):.3f},"
    yield f"  without what is carried in part {auc(scores[clear], made.carried[clear]):.3f}"
    yield "refused of what is true:"
    for source in ("clapnq", "mtrag", "mtrag_un", "reworded", "documents"):
        true = made.of(source=source, carried=True)
        yield f"  {source} {(scores[true] < SUPPORTED).mean():.3f} of {true.sum()}"
    yield "caught, of sentences of documents and of answers:"
    verbatim = made.of(source="documents")
    planted = made.of(carried=False) & ~judged
    for kind in ("", *sorted({one.kind for one in made.claims if not one.carried})):
        wrong = made.of(kind=kind) & planted
        both = [_caught(scores, each) for each in (wrong & verbatim, wrong & ~verbatim)]
        yield f"  {kind or 'all'}: {', '.join(both)}"


def calibration(made: Measured, scores: Floats) -> Iterator[str]:
    """Of what is weighed alike, the share that is carried, each claim by its weight."""
    weight = weights(made)
    yield "before the odds are shifted, probability and share carried:"
    for low in np.arange(0, 1, 0.2):
        near = (scores >= low) & (scores < low + 0.2)
        share = np.average(made.carried[near], weights=weight[near])
        yield f"  {scores[near].mean():.2f} {share:.2f}"


def _caught(scores: Floats, of: Flags) -> str:
    return f"{(scores[of] < SUPPORTED).mean():.3f} of {of.sum()}" if of.any() else "–"


def write(made: Measured, shift: float) -> None:
    trees = fitted(made, np.ones(len(made.claims), np.bool_)).dump_model()["tree_info"]
    # A tree of one leaf shifts all alike.
    found = [[[round(shift, 6)]], *(nodes(tree["tree_structure"], FEATURES) for tree in trees)]
    lines = ",\n".join(map(json.dumps, found))
    text = f'{{"features": {json.dumps(list(FEATURES))},\n"trees": [\n{lines}\n]}}\n'
    OUT.write_text(text, "ascii")


if __name__ == "__main__":
    main()
