"""Small words that change what the words after them say: denials, degrees of certainty, amounts."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from assistant.grounding.terms import Kind, Term, terms


class Sense(StrEnum):
    """What an operator says of what it stands before."""

    NOT = "not"
    MAY = "may"
    PLAN = "plan"
    SHOULD = "should"
    MUST = "must"
    WILL = "will"
    ALL = "all"
    SOME = "some"
    LEAST = "at least"
    MOST = "at most"
    ABOUT = "about"
    EXACT = "exactly"


_WORDS: dict[Sense, str] = {
    Sense.NOT: "non nobody nothing nowhere deny denies denied disputes disputed "
    "not no never none nor neither without cannot hardly false untrue unable ne pas "
    "jamais sans fail fails failed failing refuse refuses refused decline declines declined "
    "lack lacks lacked",
    Sense.MAY: "may might could can possibly perhaps probably likely reportedly allegedly "
    "potentially potential appears appear appeared seems seem seemed suggests suggest suggested "
    "if unless whether believed thought possible rumoured presumably would",
    Sense.PLAN: "plan plans planned planning propose proposes proposed intends intend intended aim "
    "aims aimed seeks seek sought hope hopes hoped expects expect expected considers considered "
    "considering attempt attempts attempted attempting want wants wanted try tries tried",
    Sense.SHOULD: "should ought encouraged recommended recommends advised",
    Sense.MUST: "must shall required requires obliged oblige obliges obligated mandatory "
    "compulsory certainly definitely undoubtedly proves proved proven guarantees guaranteed",
    Sense.WILL: "will",
    Sense.ALL: "all every each always only entire entirely complete completely fully solely "
    "exclusively whole wholly invariably everywhere everyone permanently unanimously",
    Sense.SOME: "some several many few often usually sometimes partly partially generally "
    "typically occasionally frequently largely mostly mainly rarely seldom regularly commonly "
    "various certain most majority",
    Sense.ABOUT: "about around approximately roughly nearly almost circa estimated",
    Sense.EXACT: "exactly precisely",
    Sense.LEAST: "over exceeding minimum",
    Sense.MOST: "under maximum",
}
_PAIRS: dict[tuple[str, str], Sense] = {
    ("at", "least"): Sense.LEAST,
    ("more", "than"): Sense.LEAST,
    ("greater", "than"): Sense.LEAST,
    ("at", "most"): Sense.MOST,
    ("up", "to"): Sense.MOST,
    ("less", "than"): Sense.MOST,
    ("fewer", "than"): Sense.MOST,
    ("not", "more"): Sense.MOST,
    ("no", "more"): Sense.MOST,
    ("no", "fewer"): Sense.LEAST,
    ("no", "less"): Sense.LEAST,
    ("not", "only"): Sense.SOME,
    ("not", "all"): Sense.SOME,
}
# "Not later than" is by then, and denies nothing.
_NO = frozenset(["not", "no"])
_SENSES = {word: sense for sense, words in _WORDS.items() for word in words.split()}
_LEFT_OPEN = frozenset({Sense.WILL, Sense.PLAN, Sense.MAY, Sense.SHOULD, Sense.MUST, Sense.NOT})
_OF_NUMBERS = {Sense.LEAST, Sense.MOST, Sense.ABOUT, Sense.EXACT}
_SINGLE_OF_NUMBERS = {"over", "under", "minimum", "maximum"}
_PARTS_OF_PAIRS = {"least", "more", "less", "fewer", "greater", "than"}
_ENDS_CLAUSE = re.compile(r"[,;:.!?()—–]")
# What may not be done "except with consent" may be done with it alone.
_NOT_BUT = re.compile(
    r"\b(?:not|no|never|nobody|none|nor|neither)\b[^.;]*\b(?:except|unless|other\s+than|without|save)\b",
    re.IGNORECASE,
)
# An operator speaks of so many telling words, within so many words behind it.
_HEADS, _REACH = 2, 6


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator as it is written, and the keys of what it stands before."""

    sense: Sense
    text: str
    heads: tuple[str, ...]


@lru_cache(maxsize=2048)
def operators(text: str) -> tuple[Operator, ...]:
    """The operators of a text in their order."""
    return tuple(_operators(text, terms(text)))


def denies_all_but(text: str) -> bool:
    """Whether the text denies something of all but one, or but for one case."""
    return bool(_NOT_BUT.search(text))


def is_operator(term: Term) -> bool:
    """Whether the term is a word that changes what others say."""
    return term.kind not in {Kind.NUMBER, Kind.MONTH} and (
        term.text.lower() in _SENSES or _is_denied(term)
    )


def _operators(text: str, found: tuple[Term, ...]) -> Iterator[Operator]:
    skip = -1
    for i, term in enumerate(found):
        if i <= skip or term.kind in {Kind.NUMBER, Kind.MONTH}:
            continue
        word = term.text.lower().replace("’", "'")
        pair = _PAIRS.get((word, found[i + 1].text.lower())) if i + 1 < len(found) else None
        if word in _NO and i + 1 < len(found) and found[i + 1].text.lower() == "later":
            continue
        sense = pair or (Sense.NOT if _is_denied(term) else _SENSES.get(word))
        if sense is None:
            continue
        last = i + 1 if pair else i
        behind = _clause(text, found[last : last + 1 + _REACH])
        # "Some 50,000" are about so many.
        if word == "some" and _counts(behind):
            sense = Sense.ABOUT
        if not pair and word in _SINGLE_OF_NUMBERS and not _counts(behind):
            continue
        if pair:
            skip = last
        words = " ".join(one.text for one in found[i : last + 1])
        yield Operator(sense, words, tuple(_heads(behind, sense)))


def _clause(text: str, found: tuple[Term, ...]) -> tuple[Term, ...]:
    """The terms behind the first one, up to where its clause ends."""
    for i, (one, after) in enumerate(pairwise(found)):
        if _ENDS_CLAUSE.search(text, one.end, after.start):
            return found[1 : i + 1]
    return found[1:]


def _is_denied(term: Term) -> bool:
    return term.text.lower().replace("’", "'").endswith("n't")


def _counts(behind: tuple[Term, ...]) -> bool:
    return bool(behind) and behind[0].kind is Kind.NUMBER


def _heads(behind: tuple[Term, ...], sense: Sense) -> Iterator[str]:
    telling = [
        term
        for term in behind
        if term.kind not in {Kind.COMMON, Kind.MONTH}
        and not is_operator(term)
        and term.text.lower() not in _PARTS_OF_PAIRS
    ]
    for term in telling[: 1 if sense in _OF_NUMBERS else _HEADS]:
        yield term.key


def counts_by_head(text: str) -> Mapping[tuple[str, Sense], int]:
    """How many operators of each sense stand before each key."""
    return Counter((head, one.sense) for one in operators(text) for head in one.heads)


def spelled(text: str, sense: Sense) -> str:
    """The first operator of this sense as the text writes it; empty where it has none."""
    return next((one.text.lower() for one in operators(text) if one.sense is sense), "")


def leaves_open(one: Operator) -> bool:
    """Whether it says less than that something is so; "May" is a month."""
    return one.sense in _LEFT_OPEN and one.text[0].islower()
