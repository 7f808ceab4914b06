"""What the second stage looks at: numbers that tell how well a candidate fits a question."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from assistant.ports import Occurrences
from assistant.retrieval.designations import Designation, looked_for
from assistant.retrieval.places import among_first, firsts, frequencies, pairs, windows

Floats = NDArray[np.float32]

# BM25's usual constants; a chunk of the default embedder has about this many terms, a title these.
_K1, _B = 1.2, 0.75
_TEXT_TERMS, _TITLE_TERMS = 110, 10
_CARRIED = 0.4
_TITLE = 0.5
_FEEDBACK = 4
_BEST = 40
_PRODUCT = 260_000
# Beside themselves, these are also given by their distance from the mean and from the best.
_COMPARED = (
    "cosine",
    "cosine_within",
    "cosine_near",
    "words",
    "words_all",
    "coverage",
    "feedback",
    "tokens",
    "tokens_rare",
)
OWN = (
    "cosine",
    "cosine_within",
    "cosine_near",
    "words",
    "words_carried",
    "words_title",
    "words_all",
    "coverage",
    "coverage_title",
    "coverage_both",
    "has_rarest",
    "title_said",
    "title_carried",
    "pairs",
    "window",
    "first",
    "length",
    "feedback",
    "crowd",
    "siblings",
    "tokens",
    "tokens_rare",
    "tokens_least",
)
OF_QUESTION = ("terms", "turn", "rarest", "follows")
FEATURES = (
    *OWN,
    *OF_QUESTION,
    *(f"{name}_spread" for name in _COMPARED),
    *(f"{name}_behind" for name in _COMPARED),
)
_PLACES_COMPARED = [OWN.index(name) for name in _COMPARED]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question as it is searched and compared.

    `own` is its vector, `within` that of the question as it reads after what was said before, and
    `near` the direction between them: unit vectors of shape `(dimension,)`, all the same where
    nothing was said before. `terms` are distinct, `rarity` says how rare each is; `carried` are
    terms of what was said before, by their weight in (0, 1]; `carried_rarity` as theirs.
    `said` are all terms said before, `turn` is 1 for the first question. `named` are the
    designations that it names, or those of the question it follows, which count for less: `naming`
    is how much, in [0, 1].
    """

    own: Floats
    within: Floats
    near: Floats
    terms: tuple[str, ...]
    rarity: Floats
    carried: Mapping[str, float]
    carried_rarity: Floats
    said: frozenset[str]
    turn: int
    named: tuple[Designation, ...] = ()
    naming: float = 1.0

    def looked_for(self) -> tuple[str, ...]:
        """All terms that are looked for in passages: its own, those carried, the others said."""
        others = (*self.carried, *sorted(self.said), *looked_for(self.named))
        return tuple(dict.fromkeys((*self.terms, *others)))


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Candidates as they are compared, row by row.

    `vectors` have the shape `(n, dimension)`; `texts` and `titles` are where the terms that are
    looked for stand in their texts, and in their titles with headings; `documents` names what each
    belongs to. `tokens` has the shape `(n, 3)`: how near the nearest
    token is to those of the question, in the mean, weighted by how rare they are, and for the one
    that is met least; NaN where that is not known.
    """

    vectors: Floats
    texts: Occurrences
    titles: Occurrences
    documents: Sequence[str]
    tokens: Floats


def features(asked: Asked, found: Compared) -> Floats:
    """The features of each candidate, `(n, len(FEATURES))`, in the order of `FEATURES`."""
    columns = _by_meaning(asked, found) | _by_words(asked, found)
    columns["tokens"], columns["tokens_rare"], columns["tokens_least"] = found.tokens.T
    _by_company(columns, found)
    columns |= _of_question(asked, len(found.documents))
    rows = np.empty((len(FEATURES), len(found.documents)), np.float32)
    for row, name in enumerate((*OWN, *OF_QUESTION)):
        rows[row] = columns[name]
    compared = rows[_PLACES_COMPARED]
    spread = compared - compared.mean(1, keepdims=True)
    spread /= compared.std(1, keepdims=True) + np.float32(1e-6)
    rows[len(columns) : len(columns) + len(_COMPARED)] = spread
    rows[len(columns) + len(_COMPARED) :] = compared - compared.max(1, keepdims=True)
    return np.ascontiguousarray(rows.T)


def _by_meaning(asked: Asked, found: Compared) -> dict[str, Floats]:
    return {
        "cosine": found.vectors @ asked.own,
        "cosine_within": found.vectors @ asked.within,
        "cosine_near": found.vectors @ asked.near,
    }


def _by_words(asked: Asked, found: Compared) -> dict[str, Floats]:
    """BM25 and what it leaves out: how much of the question stands there, and how close by."""
    count, terms = len(asked.terms), asked.looked_for()
    carrying = count + len(asked.carried)
    within, title = frequencies(found.texts, carrying), frequencies(found.titles, len(terms))
    rarity = asked.rarity
    text_part = _saturated(within, found.texts.lengths, _TEXT_TERMS)
    title_part = _saturated(title[:, :carrying], found.titles.lengths, _TITLE_TERMS)
    weights = np.array([*asked.carried.values()], np.float32) * asked.carried_rarity
    words, in_title = text_part[:, :count] @ rarity, title_part[:, :count] @ rarity
    carried = (text_part[:, count:] + _TITLE * title_part[:, count:]) @ weights
    total = float(rarity.sum()) or 1.0
    here, there = within[:, :count] > 0, title[:, :count] > 0
    both = here | there
    rarest = int(np.argmax(rarity)) if count else None
    known = asked.said.union(asked.terms)
    return {
        "words": words,
        "words_carried": carried,
        "words_title": in_title,
        "words_all": words + _TITLE * in_title + _CARRIED * carried,
        "coverage": here @ rarity / total,
        "coverage_title": there @ rarity / total,
        "coverage_both": both @ rarity / total,
        "has_rarest": np.zeros(len(both)) if rarest is None else both[:, rarest] * 1.0,
        "title_said": _share(title, terms, known, found.titles.lengths),
        "title_carried": _share(title, terms, asked.said, found.titles.lengths),
        "length": found.texts.lengths.astype(np.float32),
        **_by_place(among_first(found.texts, count), rarity / np.float32(total)),
    }


def _by_place(found: Occurrences, weight: Floats) -> dict[str, Floats]:
    return {
        "pairs": pairs(found, weight),
        "window": windows(found, weight),
        "first": firsts(found),
    }


def _share(
    title: Floats, terms: Sequence[str], said: Collection[str], lengths: NDArray[np.int64]
) -> Floats:
    """How much of each title was said."""
    among = np.array([term in said for term in terms], np.float32)
    share: Floats = (title @ among / np.maximum(lengths, 1)).astype(np.float32)
    return share


def _by_company(columns: dict[str, Floats], found: Compared) -> None:
    """Adds how near a candidate is to the best ones, and to those it stands among."""
    first = columns["cosine_near"] + 0.004 * columns["words_all"]
    order = np.argsort(-first, kind="stable")
    best = found.vectors[order[:_FEEDBACK]].mean(0)
    columns["feedback"] = found.vectors @ (best / (np.linalg.norm(best) or 1.0))
    likeness = _likeness(found.vectors)
    columns["crowd"] = _most(likeness, 3).mean(1)
    among = Counter(found.documents[i] for i in order[:_BEST].tolist())
    columns["siblings"] = np.array([among[each] for each in found.documents], np.float32)


def _likeness(vectors: Floats) -> Floats:
    """The cosines of all candidates with each other, and 0 of each with itself."""
    # Products so small are computed in one thread: several wait for each other where others work.
    count, width = vectors.shape
    side = max(1, isqrt(_PRODUCT // max(1, width)))
    blocks = np.zeros((-(-count // side), side, width), np.float32)
    blocks.reshape(-1, width)[:count] = vectors
    products = blocks[:, None] @ blocks.transpose(0, 2, 1)[None]
    whole = products.transpose(0, 2, 1, 3).reshape(len(blocks) * side, -1)
    found: Floats = whole[:count, :count]
    np.fill_diagonal(found, 0.0)
    return found


def _most(values: Floats, count: int) -> Floats:
    """The highest of each row."""
    found: Floats = np.partition(values, -min(count, values.shape[1]), axis=1)[:, -count:]
    return found


def _of_question(asked: Asked, rows: int) -> dict[str, Floats]:
    values = {
        "terms": len(asked.terms),
        "turn": asked.turn,
        "rarest": float(asked.rarity.max(initial=0.0)),
        "follows": float(asked.own @ asked.within),
    }
    return {name: np.full(rows, value, np.float32) for name, value in values.items()}


def _saturated(counts: Floats, lengths: NDArray[np.int64], usual: int) -> Floats:
    """BM25 of each term but for its rarity."""
    part = counts / (counts + _K1 * (1 - _B + _B * lengths / usual)[:, None])
    return ((_K1 + 1) * part).astype(np.float32)
