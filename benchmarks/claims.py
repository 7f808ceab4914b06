"""Sentences of the development sets, what they are held against, and whether it carries them.

True are sentences of the answers that people wrote from passages (clapnq_answers, mtrag, mtrag_un),
sentences of documents as they stand and in other words, and what people judged so
(expertqa_claims), who did what to whom, taken out of a longer sentence, and what we wrote in our
own words. Untrue are the same
with an error planted, turned round, or held against what does not say it.
"""

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.additions import Pool
from benchmarks.planted_claims import added, is_addition, planted, without
from benchmarks.plants import names_of
from benchmarks.told_claims import (
    Claim,
    answered,
    conversed,
    deeds,
    documents,
    judged,
    rewritten,
)

SEED = 11
_OF_DOCUMENTS, _OF_TALKS, _OF_PLANTED, _OF_PLANTED_TALKS = 0.2, 0.25, 0.45, 0.35
_OF_ADDED = 0.3
# Sources whose groups are no reason to choose others.
_WHOLE = frozenset({"clauses", "rewritten"})


def claims(data: Path) -> Iterator[Claim]:
    draw = random.Random(SEED)
    true = [*answered(data), *conversed(data), *documents(data, draw)]
    known = sorted({name for one in true for text in one.evidence for name in names_of(text.text)})
    words = sorted({w for one in true for w in re.findall(r"\b[a-z]{4,}\b", one.text)})
    clauses, chance = Pool.of([one.text for one in true]), random.Random(SEED)
    for one in true:
        yield one
        yield from planted(one, draw, known, words)
        yield from added(one, chance, clauses)
        if removed := without(one):
            yield removed
    yield from judged(data / "expertqa_claims" / "pairs.jsonl")
    yield from deeds(data, random.Random(SEED))
    yield from rewritten(data)


def some(found: Iterable[Claim]) -> list[Claim]:
    """All that people judged or wrote from one passage, and some of the rest, by whole groups.

    The rest has thousands of each kind, and all of them take an hour.
    """
    every, draw, other = list(found), random.Random(1), random.Random(2)
    groups = sorted({one.group for one in every if one.source not in _WHOLE})
    fifth = {group for group in groups if draw.random() < _OF_DOCUMENTS}
    quarter = {group for group in groups if draw.random() < _OF_TALKS}
    return [
        one
        for one in every
        if _chosen(one, fifth, quarter, other if is_addition(one.kind) else draw)
    ]


def _chosen(one: Claim, fifth: set[str], quarter: set[str], draw: random.Random) -> bool:
    if one.source in {"expertqa", *_WHOLE}:
        return True
    if is_addition(one.kind) and draw.random() > _OF_ADDED:
        return False
    if one.source == "clapnq":
        return one.carried or draw.random() < _OF_PLANTED
    if one.source in {"documents", "reworded"}:
        return one.group in fifth
    return one.group in quarter and (one.carried or draw.random() < _OF_PLANTED_TALKS)
