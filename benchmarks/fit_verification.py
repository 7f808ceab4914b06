"""Makes the forest that weighs whether a span carries a sentence.

    python -m benchmarks.fit_verification ../shared/data [--write]

Needs LightGBM (`pip install lightgbm`), which the product does not. Sentences of the development
sets are held against their texts as the product does it (`benchmarks.claims`). Printed is what
forests reach on conversations, documents and questions they have not seen, five parts in turn.
Their odds are shifted so that a support of a half lets through 18 of 19 true sentences, of those
that people wrote from passages as of those put in other words; by another value where a sentence
has most of its words in the order of its span, because there people change little.
With `--write` the forests of all take the place of those in use.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.grounding.faults import CHECKS
from assistant.grounding.features import FEATURES, TOKENS, UNCOVERED, row
from assistant.grounding.settled import settled
from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.verify import FRAMED, SUPPORTED, refused
from assistant.models.encoder import open_token_encoder
from assistant.ports import TokenEncoder
from assistant.settings import Settings
from benchmarks.additions import JUDGED
from benchmarks.claims import claims, some
from benchmarks.fit_answers import auc
from benchmarks.kept import Kept
from benchmarks.planted_claims import is_addition
from benchmarks.told_claims import Claim, Text
from benchmarks.trees import nodes

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

OUT = Path(__file__).parents[1] / "assistant" / "grounding"
# The second is for embedders that do not tell their tokens.
FILES = {"verification.json": True, "verification_plain.json": False}
PARTS = 5
# Held out, they refuse 1 of 19 sentences that people wrote from a passage, and of reworded ones.
# Stricter ones refuse many more of these, more lenient ones carry what only sounds alike.
LEAST_ODDS = (-3.1, -1.4)
# How much the sentences of a source count in all; of each, every kind counts alike or nearly so.
TRUST = {
    "clapnq": 2.0,
    "mtrag": 3.0,
    "mtrag_un": 1.5,
    "documents": 3.0,
    "reworded": 2.0,
    "expertqa": 3.0,
    "clauses": 1.5,
    # For judging alone: these are further from their texts than errors planted, which are missed
    # where forests have learnt from them.
    "rewritten": 0.0,
}
TREES = 500
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
_MORE_IS_BETTER = "cosine cosine_best cosine_text share share_around share_all share_meant same run"
MORE_IS_BETTER = frozenset((*_MORE_IS_BETTER.split(), *TOKENS))
_MORE_IS_WORSE = (
    "wrong wrong_ways framed new new_around figures_around new_meant before_that small turned"
)
TOKEN_COLUMNS = [FEATURES.index(one) for one in TOKENS]
MORE_IS_WORSE = {*CHECKS, *UNCOVERED, *_MORE_IS_WORSE.split()}
# Who has any of this is refused before, and the forest learns nothing of it.
SETTLED_COLUMN = FEATURES.index("added")


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Claims with the features of the span nearest to each, and whether it is refused anyhow."""

    claims: tuple[Claim, ...]
    rows: Floats
    settled: Flags

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
    parser.add_argument("--keep", type=Path, help="a folder that keeps what was embedded")
    options = parser.parse_args()
    with TemporaryDirectory() as home:
        encoder = Kept(open_token_encoder(Settings(home=Path(home))), options.keep)
        made = measured(some(claims(options.data)), encoder)
        encoder.save()
    print(Counter((one.source, one.carried) for one in made.claims))
    for name, tokens in FILES.items():
        print(name)
        shift = judged_held_out(made, tokens=tokens)
        if options.write:
            write(made, shift, name, tokens=tokens)


def judged_held_out(made: Measured, *, tokens: bool) -> tuple[float, float]:
    """Prints what forests reach on what they have not seen; by how much their odds are shifted."""
    odds = held_out(made, tokens=tokens)
    never = refused(made.rows) | made.settled
    least = LEAST_ODDS
    for line in calibration(made, np.asarray(1 / (1 + np.exp(-odds)), np.float32)):
        print(line)
    print(f"odds shifted by {-least[0]:.2f}, where most is the same by {-least[1]:.2f}")
    shift = np.where(framed(made), -least[1], -least[0])
    scores = 1 / (1 + np.exp(-odds - shift))
    for line in report(made, np.where(never, scores * SUPPORTED, scores)):
        print(line)
    return -least[0], -least[1]


def measured(found: Iterable[Claim], encoder: TokenEncoder) -> Measured:
    kept: list[Claim] = []
    rows: list[list[float]] = []
    anyhow: list[bool] = []
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
            anyhow.append(settled(claim.text, beside[0][1]))
    return Measured(tuple(kept), np.array(rows, np.float32), np.array(anyhow))


def weights(made: Measured) -> Floats:
    """As much for each source as it is trusted, shared by the roots of its kinds' numbers.

    Nothing for the clauses that are for judging alone.
    """
    kinds = [one.kind.split(":")[0] for one in made.claims]
    counts = Counter((one.source, kind) for one, kind in zip(made.claims, kinds, strict=True))
    totals = Counter[str]()
    for (source, kind), count in counts.items():
        totals[source] += count**0.5 * (kind != JUDGED)
    share = [
        kind != JUDGED and TRUST[one.source] / totals[one.source] / counts[one.source, kind] ** 0.5
        for one, kind in zip(made.claims, kinds, strict=True)
    ]
    found: Floats = np.array(share, np.float32) * np.float32(len(share) / sum(share))
    return found


def fitted(made: Measured, chosen: Flags, *, tokens: bool = True) -> Any:
    lightgbm = import_module("lightgbm")
    rows = made.rows[chosen]
    rows[:, SETTLED_COLUMN] = 0
    if not tokens:
        rows[:, TOKEN_COLUMNS] = 0
    data = lightgbm.Dataset(
        rows,
        made.carried[chosen].astype(int),
        weight=weights(made)[chosen],
    )
    direction = [(one in MORE_IS_BETTER) - (one in MORE_IS_WORSE) for one in FEATURES]
    return lightgbm.train({**SHAPE, "monotone_constraints": direction}, data, TREES)


def held_out(made: Measured, *, tokens: bool) -> Floats:
    """The logarithm of the odds of all by forests that have seen nothing of their group."""
    groups = sorted({one.group for one in made.claims})
    order = np.random.default_rng(7).permutation(len(groups))
    part = {groups[i]: number % PARTS for number, i in enumerate(order.tolist())}
    of = np.array([part[one.group] for one in made.claims])
    scores = np.zeros(len(of), np.float32)
    for number in range(PARTS):
        trees = fitted(made, of != number, tokens=tokens)
        rows = made.rows[of == number]
        if not tokens:
            rows[:, TOKEN_COLUMNS] = 0
        scores[of == number] = trees.predict(rows, raw_score=True)
    return scores


def framed(made: Measured) -> Flags:
    """Which have most of their words in the same order as their span."""
    same: Flags = made.rows[:, FEATURES.index("same")] >= FRAMED
    return same


def report(made: Measured, scores: Floats) -> Iterator[str]:
    judged = made.of(source="expertqa")
    clear = judged & ~made.of(kind="partial")
    yield f"expertqa, AUC {auc(scores[judged], made.carried[judged]):.3f},"
    yield f"  without what is carried in part {auc(scores[clear], made.carried[clear]):.3f}"
    yield "refused of what is true:"
    for source in ("clapnq", "mtrag", "mtrag_un", "reworded", "documents", "clauses", "rewritten"):
        true = made.of(source=source, carried=True)
        yield f"  {source} {(scores[true] < SUPPORTED).mean():.3f} of {true.sum()}"
    yield "caught, of sentences of documents and of answers:"
    verbatim = made.of(source="documents")
    clauses = made.of(source="clauses")
    more = np.array([is_addition(one.kind) for one in made.claims])
    yield "clauses added:"
    for kind in sorted({one.kind for one in made.claims if is_addition(one.kind)}):
        wrong = made.of(kind=kind, carried=False)
        both = [_caught(scores, each) for each in (wrong & verbatim, wrong & ~verbatim)]
        yield f"  {kind}: {', '.join(both)}"
    rewritten = made.of(source="rewritten")
    planted = made.of(carried=False) & ~judged & ~clauses & ~more & ~rewritten
    old = sorted({one.kind for one in made.claims if not one.carried and not is_addition(one.kind)})
    for kind in ("", *old):
        wrong = made.of(kind=kind) & planted
        both = [_caught(scores, each) for each in (wrong & verbatim, wrong & ~verbatim)]
        yield f"  {kind or 'all'}: {', '.join(both)}"
    yield f"in our own words: {_caught(scores, rewritten & ~made.carried)}"
    yield f"who did what to whom, turned round: {_caught(scores, clauses & ~made.carried)}"


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


def write(made: Measured, shift: tuple[float, float], name: str, *, tokens: bool) -> None:
    every = np.ones(len(made.claims), np.bool_)
    trees = fitted(made, every, tokens=tokens).dump_model()["tree_info"]
    free, close = (round(one, 6) for one in shift)
    below = float(np.nextafter(np.float32(FRAMED), np.float32(0)))
    first = [["same", below, 1, 2], [free], [close]]
    found = [first, *(nodes(tree["tree_structure"], FEATURES) for tree in trees)]
    lines = ",\n".join(map(json.dumps, found))
    text = f'{{"features": {json.dumps(list(FEATURES))},\n"trees": [\n{lines}\n]}}\n'
    (OUT / name).write_text(text, "ascii")


if __name__ == "__main__":
    main()
