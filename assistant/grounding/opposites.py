"""Opposites: a word of the sentence against one of the span."""

import re
from collections.abc import Mapping
from itertools import pairwise

from assistant.grounding.alignment import align, put_otherwise
from assistant.grounding.clauses import of_one_root
from assistant.grounding.meanings import akin, mean_the_same, opposite
from assistant.grounding.operators import Sense, counts_by_head
from assistant.grounding.permitted import governs_alike
from assistant.grounding.terms import Kind, terms
from assistant.phrases import phrase

_BESIDE = re.compile(r"[,;]\s|\b(?:and|while|but|whereas|et|mais|tandis)\b")
# Where most is put otherwise, short words and those of many phrases ("took place") oppose nothing.
_SHORT = 3
_LIGHT = frozenset(
    [
        "give",
        "gives",
        "gave",
        "given",
        "take",
        "takes",
        "took",
        "taken",
        "come",
        "came",
        "life",
        "lives",
        "dead",
    ]
)
# Before a figure these say how many, elsewhere where or how: "under the law", "over 16 years".
_AMOUNTS = frozenset(["over", "under", "above", "below"])
# Shorter words say how others stand to each other.
_TELLING = 5


def opposed(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong with each word whose opposite stands in the span."""
    mine, theirs = _words(sentence), _words(span)
    otherwise = put_otherwise(sentence, span)
    pairs = {
        (key, other): (term, given)
        for key, term in mine.items()
        for other, given in theirs.items()
        if key not in theirs and other not in mine
        if not (key in _AMOUNTS and _counts(key, sentence) != _counts(other, span))
        if not otherwise or (_tells_much(term) and _tells_much(given))
        if not (_is_of_name(given, span, term) or (otherwise and _is_said(key, theirs)))
    }
    # In the same place an opposite is one, though both words stand elsewhere, too.
    pairs |= {
        (said.key, given.key): (said.text.lower(), given.text.lower())
        for one in align(sentence, span).exchanges
        for said in one.said
        for given in one.given
    }
    # A verb that governs the same as one of the span, and says the same, is opposed by no other.
    alike = governs_alike(sentence, span)
    found = [
        phrase("another-word", given=given, said=said)
        for (key, other), (said, given) in pairs.items()
        if opposite(key, other)
        and not (alike and key == alike.key)
        and not _denied_in_one((key, other), (sentence, span))
        and not (otherwise and _said_anyway((key, other), mine, theirs))
    ]
    return found or _opposed_beside(sentence, span)


def _counts(key: str, text: str) -> bool:
    """Whether a word stands before a figure."""
    found = terms(text)
    return any(one.key == key and other.kind is Kind.NUMBER for one, other in pairwise(found))


def _is_said(key: str, theirs: Mapping[str, str]) -> bool:
    """Whether the span has a word of that root, which says the same: "secrecy" for "secret"."""
    return any(of_one_root(key, one) or mean_the_same(key, one) for one in theirs)


def _is_of_name(given: str, span: str, said: str) -> bool:
    """Whether a word is part of a name in the span: of the "Limited Treaty" none is limited."""
    every = [one for one in terms(span) if one.text.lower() == given]
    return bool(every) and said.islower() and all(one.kind is Kind.NAME for one in every)


def _tells_much(word: str) -> bool:
    """Whether a word that stands anywhere tells something: "off" and "take" are in many phrases."""
    return len(word) > _SHORT and word not in _LIGHT


def _denied_in_one(keys: tuple[str, str], texts: tuple[str, str]) -> bool:
    """Whether one of two opposites is denied in its text: "rejected" is "not accepted"."""
    denied = [
        counts_by_head(text).get((key, Sense.NOT), 0) % 2
        for key, text in zip(keys, texts, strict=True)
    ]
    return denied[0] != denied[1]


def _said_anyway(keys: tuple[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    """Whether both texts have a word for each of two opposites."""
    one, other = keys
    return any(akin(one, key) for key in theirs if key != other) and any(
        akin(other, key) for key in mine if key != one
    )


def _opposed_beside(sentence: str, span: str) -> list[str]:
    """What is wrong where a name stands beside the opposite, and the word itself beside another."""
    mine = _words(sentence)
    texts = _BESIDE.split(span)
    parts = [_words(text) for text in texts]
    named = {one.key for one in terms(sentence) if one.kind is Kind.NAME}
    for i, part in enumerate(parts):
        alone = [key for key in named & part.keys() if sum(key in each for each in parts) == 1]
        # Of "It began in May and ended in June" the second verb has no name of its own.
        shared = [one.key for text in texts[i + 1 : i + 2] for one in terms(text)[:1]]
        if not alone:
            continue
        for key in (one for one in _without(mine, part) if one not in shared):
            for other in _without(part, mine):
                if opposite(key, other):
                    return [phrase("another-word", given=part[other], said=mine[key])]
    return []


def _without(mine: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """The telling words that the others have no word for."""
    return [
        key
        for key, word in mine.items()
        if len(word) >= _TELLING and not any(mean_the_same(key, each) for each in theirs)
    ]


def _words(text: str) -> dict[str, str]:
    return {
        one.key: one.text.lower()
        for one in terms(text)
        if one.kind not in {Kind.NUMBER, Kind.MONTH}
    }
