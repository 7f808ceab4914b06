"""What the second stage looks at: numbers that tell how well a candidate fits a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Places = list[tuple[int, int]]

# BM25's usual constants; a chunk of the default embedder has about this many terms, a title these.
_K1, _B = 1.2, 0.75
_TEXT_TERMS, _TITLE_TERMS = 110, 10
_CARRIED = 0.4
_TITLE = 0.5
_WINDOW = 25
_NEAR = 5
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


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question as it is searched and compared.

    `own` is its vector, `within` that of the question as it reads after what was said before, and
    `near` the direction between them: unit vectors of shape `(dimension,)`, all the same where
    nothing was said before. `terms` are distinct, `rarity` says how rare each is; `carried` are
    terms of what was said before, by their weight in (0, 1]; `carried_rarity` as theirs.
    `said` are all terms said before, `turn` is 1 for the first question.
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


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Candidates as they are compared, row by row.

    `vectors` have the shape `(n, dimension)`; `texts` and `titles` are their terms in order;
    `documents` names what each belongs to. `tokens` has the shape `(n, 3)`: how near the nearest
    token is to those of the question, in the mean, weighted by how rare they are, and for the one
    that is met least; NaN where that is not known.
    """

    vectors: Floats
    texts: Sequence[Sequence[str]]
    titles: Sequence[Sequence[str]]
    documents: Sequence[str]
    tokens: Floats


def features(asked: Asked, found: Compared) -> Floats:
    """The features of each candidate, `(n, len(FEATURES))`, in the order of `FEATURES`."""
    columns = _by_meaning(asked, found) | _by_words(asked, found)
    columns["tokens"], columns["tokens_rare"], columns["tokens_least"] = found.tokens.T
    _by_company(columns, found)
    columns |= _of_question(asked, len(found.texts))
    for name in _COMPARED:
        column = columns[name]
        columns[f"{name}_spread"] = (column - column.mean()) / (column.std() + 1e-6)
        columns[f"{name}_behind"] = column - column.max()
    return np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float32)


def _by_meaning(asked: Asked, found: Compared) -> dict[str, Floats]:
    return {
        "cosine": found.vectors @ asked.own,
        "cosine_within": found.vectors @ asked.within,
        "cosine_near": found.vectors @ asked.near,
    }


def _by_words(asked: Asked, found: Compared) -> dict[str, Floats]:
    """BM25 and what it leaves out: how much of the question stands there, and how close by."""
    number = {term: i for i, term in enumerate((*asked.terms, *asked.carried))}
    places = [_places(text, number) for text in found.texts]
    count = len(asked.terms)
    within = _frequencies(places, len(number))
    title = _frequencies([_places(each, number) for each in found.titles], len(number))
    rarity = asked.rarity
    lengths, told = _lengths(found.texts), _lengths(found.titles)
    text_part = _saturated(within, lengths, _TEXT_TERMS)
    title_part = _saturated(title, told, _TITLE_TERMS)
    weights = np.array([*asked.carried.values()], np.float32) * asked.carried_rarity
    words, in_title = text_part[:, :count] @ rarity, title_part[:, :count] @ rarity
    carried = (text_part[:, count:] + _TITLE * title_part[:, count:]) @ weights
    total = float(rarity.sum()) or 1.0
    here, there = within[:, :count] > 0, title[:, :count] > 0
    both = here | there
    rarest = int(np.argmax(rarity)) if count else None
    return {
        "words": words,
        "words_carried": carried,
        "words_title": in_title,
        "words_all": words + _TITLE * in_title + _CARRIED * carried,
        "coverage": here @ rarity / total,
        "coverage_title": there @ rarity / total,
        "coverage_both": both @ rarity / total,
        "has_rarest": np.zeros(len(both)) if rarest is None else both[:, rarest] * 1.0,
        "title_said": _share(found.titles, frozenset(asked.terms) | asked.said),
        "title_carried": _share(found.titles, asked.said),
        "length": lengths,
        **_by_place(places, count, rarity / total, lengths),
    }


def _by_place(
    places: Sequence[Places], count: int, share: Floats, lengths: Floats
) -> dict[str, Floats]:
    asked = [[place for place in each if place[1] < count] for each in places]
    weight: list[float] = share.tolist()
    return {
        "pairs": np.array([_pairs(each, weight) for each in asked], np.float32),
        "window": np.array([_window(each, weight) for each in asked], np.float32),
        "first": np.array(
            [each[0][0] / n if each else 1.0 for each, n in zip(asked, lengths, strict=True)],
            np.float32,
        ),
    }


def _by_company(columns: dict[str, Floats], found: Compared) -> None:
    """Adds how near a candidate is to the best ones, and to those it stands among."""
    first = columns["cosine_near"] + 0.004 * columns["words_all"]
    order = np.argsort(-first, kind="stable")
    best = found.vectors[order[:_FEEDBACK]].mean(0)
    columns["feedback"] = found.vectors @ (best / (np.linalg.norm(best) or 1.0))
    likeness = _likeness(found.vectors)
    columns["crowd"] = np.sort(likeness, axis=1)[:, -3:].mean(1)
    among = [found.documents[i] for i in order[:_BEST]]
    columns["siblings"] = np.array([among.count(each) for each in found.documents], np.float32)


def _likeness(vectors: Floats) -> Floats:
    """The cosines of all candidates with each other, and 0 of each with itself."""
    # Products so small are computed in one thread: several wait for each other where others work.
    step = max(1, _PRODUCT // max(1, vectors.size))
    parts = [vectors @ vectors[i : i + step].T for i in range(0, len(vectors), step)]
    found: Floats = np.concatenate(parts, axis=1)
    np.fill_diagonal(found, 0.0)
    return found


def _of_question(asked: Asked, rows: int) -> dict[str, Floats]:
    values = {
        "terms": len(asked.terms),
        "turn": asked.turn,
        "rarest": float(asked.rarity.max(initial=0.0)),
        "follows": float(asked.own @ asked.within),
    }
    return {name: np.full(rows, value, np.float32) for name, value in values.items()}


def _places(text: Sequence[str], number: Mapping[str, int]) -> Places:
    return [(place, number[term]) for place, term in enumerate(text) if term in number]


def _frequencies(places: Sequence[Places], terms: int) -> Floats:
    counts = np.zeros((len(places), terms), np.float32)
    for row, each in enumerate(places):
        for _, term in each:
            counts[row, term] += 1
    return counts


def _lengths(texts: Sequence[Sequence[str]]) -> Floats:
    return np.array([len(text) for text in texts], np.float32)


def _saturated(counts: Floats, lengths: Floats, usual: int) -> Floats:
    """BM25 of each term but for its rarity."""
    part = counts / (counts + _K1 * (1 - _B + _B * lengths / usual)[:, None])
    return ((_K1 + 1) * part).astype(np.float32)


def _share(titles: Sequence[Sequence[str]], said: frozenset[str]) -> Floats:
    return np.array(
        [sum(term in said for term in title) / (len(title) or 1) for title in titles], np.float32
    )


def _pairs(places: Places, weight: Sequence[float]) -> float:
    """Terms that follow each other closely: more where they do so in the question too."""
    total, seen = 0.0, set[tuple[int, int]]()
    for (here, one), (there, other) in pairwise(places):
        pair = (min(one, other), max(one, other))
        if one != other and there - here <= _NEAR and pair not in seen:
            seen.add(pair)
            in_order = 1.5 if other == one + 1 else 1.0
            total += min(weight[one], weight[other]) * in_order / (1 + 0.3 * (there - here - 1))
    return total


def _window(places: Places, weight: Sequence[float]) -> float:
    """The most of the question that stands within one window of the text, in [0, 1]."""
    best, first = 0.0, 0
    for last in range(len(places)):
        while places[last][0] - places[first][0] > _WINDOW:
            first += 1
        best = max(best, sum(weight[term] for term in {t for _, t in places[first : last + 1]}))
    return best
