"""Who does what to whom, and from where to where, by the order of words that both texts have."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding.meanings import mean_the_same
from assistant.grounding.operators import is_operator
from assistant.grounding.small import HARMLESS
from assistant.grounding.terms import Kind, Term, key_of, terms
from assistant.phrases import phrase

_ENDS_CLAUSE = re.compile(r"[,;:.!?()—–]")
_BE = (
    r"(?:was|were|is|are|been|be|being|get|got|gets|"
    r"est|sont|était|étaient|fut|furent|été|être|soit)"
)
_IS_DONE = re.compile(
    rf"\b{_BE}\s+(?:(?:\w+ly|\w+ment|not|also|then|thus|therefore|however|later|indeed|pas|aussi)\s+)*$"
)
# When and where may stand before by whom.
_BY = re.compile(r"[^.,;:!?()—–]{0,40}?\s(?:by|par)\s(?!\d)")
_BEFORE = 40
# So many telling words on each side of a word may do what it says, or have it done to them.
_SIDE = 3
# A small word speaks of what follows it within so many words.
_REACH = 4
_DIRECTIONS_LIST = (
    "from:from since:from depuis:from to:to into:to onto:to toward:to towards:to until:to vers:to "
    "by:by par:by for:for pour:for against:against contre:against with:with avec:with "
    "without:without sans:without before:before avant:before after:after après:after "
    "above:above over:above below:below under:below sous:below "
    "within:within inside:within outside:outside beyond:outside"
)
_DIRECTIONS = {
    word: direction
    for word, _, direction in (one.partition(":") for one in _DIRECTIONS_LIST.split())
}
_CLASH_LIST = (
    "from/to by/to for/against with/without before/after above/below with/against "
    "within/against within/outside"
)
_CLASH = frozenset(frozenset(one.split("/")) for one in _CLASH_LIST.split())
_OPENING_LIST = "a an the its their his her of and le la les un une du des"
_OPENING = frozenset(_OPENING_LIST.split())
# Who fights with somebody fights against him.
_OPPONENTS = frozenset(["with", "against"])
_FIGHTING = (
    r"\b(?:wars?|warfare|conflicts?|fight(?:s|ing)?|fought|battl\w+|clash\w*|disputes?|struggl\w+|"
    r"hostilities|feuds?|combat|skirmish\w*|rivalry|lawsuits?|guerres?|conflits?)\s+"
)
# Of these it does not matter who stands first.
_MUTUAL_LIST = (
    "meet border marry agree talk cooperate differ equal include both between compete relation "
    "alliance treaty agreement war peace fight negotiate share join link adjoin face conflict "
    "dispute neighbor part member"
)
MUTUAL = frozenset(map(key_of, _MUTUAL_LIST.split()))


_WHERE = frozenset(["in", "at", "during", "en", "dans", "pendant"])
# Of the words that tell what should be, those that somebody does to another.
_DEEDS = frozenset({"advised", "encouraged", "required", "recommended"})


@dataclass(frozen=True, slots=True)
class _Deed:
    """A word with the keys of what stands before and behind it in its clause, as doers first."""

    word: Term
    doers: frozenset[str]
    done_to: frozenset[str]


def turned_round(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong where both sides of a word have changed places: who helps and is helped."""
    given = _deeds(span)
    return [
        phrase("turned-round", word=mine.word.text)
        for mine in _deeds(sentence)
        if mine.word.key not in MUTUAL | HARMLESS
        and _turned(mine, [one for one in given if _same(mine.word, one.word)])
    ]


def _same(one: Term, other: Term) -> bool:
    return one.key == other.key or mean_the_same(one.key, other.key)


def _turned(mine: _Deed, given: Sequence[_Deed]) -> bool:
    straight = any(mine.doers & one.doers or mine.done_to & one.done_to for one in given)
    return not straight and any(
        mine.doers & one.done_to and mine.done_to & one.doers for one in given
    )


@lru_cache(maxsize=1024)
def _deeds(text: str) -> tuple[_Deed, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[_Deed]:
    every = terms(text)
    for i, one in enumerate(every):
        is_done = _IS_DONE.search(text[max(0, one.start - _BEFORE) : one.start])
        is_passive = bool(is_done and _BY.match(text, one.end))
        if one.kind is not Kind.WORD or (is_operator(one) and not _is_deed(one)):
            continue
        before = _side(text, every[i::-1])
        behind = _side(text, every[i:], behind=True)
        if is_passive:
            before, behind = behind, before
        yield _Deed(one, before, behind)


def _is_deed(one: Term) -> bool:
    return one.text.lower() in _DEEDS


def _side(text: str, found: Sequence[Term], *, behind: bool = False) -> frozenset[str]:
    """The keys of the telling words from the first one on, up to where the clause ends."""
    keys: list[str] = []
    last = found[0]
    for one in found[1:]:
        left, right = sorted((last, one), key=lambda term: term.start)
        if len(keys) == _SIDE or _ENDS_CLAUSE.search(text, left.end, right.start):
            break
        # What follows these tells where and when, and not to whom.
        if behind and one.text.lower() in _WHERE:
            break
        last = one
        if one.kind is not Kind.COMMON and not is_operator(one):
            keys.append(one.key)
    return frozenset(keys)


def placed_otherwise(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong with each word that is "from" here and "to" there, or the like."""
    said, given = _directions(sentence), _directions(span)
    found: list[str] = []
    for key in said.keys() & given.keys():
        if len(said[key]) == len(given[key]) == 1:
            ((mine, term),), ((theirs, _),) = said[key], given[key]
            clash = frozenset((_DIRECTIONS.get(mine, ""), _DIRECTIONS.get(theirs, "")))
            if clash in _CLASH and not (clash == _OPPONENTS and _both_fight(sentence, span)):
                found.append(
                    phrase("another-word", given=f"{theirs} {term}", said=f"{mine} {term}")
                )
    return sorted(found)


def _both_fight(*texts: str) -> bool:
    return all(re.search(rf"{_FIGHTING}(?:with|against|avec|contre)\b", one) for one in texts)


@lru_cache(maxsize=1024)
def _directions(text: str) -> dict[str, frozenset[tuple[str, str]]]:
    """Of each telling word the small words before it, each with the word as it is written."""
    every = terms(text)
    found: dict[str, set[tuple[str, str]]] = {}
    for i, one in enumerate(every):
        if one.kind is not Kind.COMMON:
            found.setdefault(one.key, set()).add((_before(text, every, i), one.text))
    return {key: frozenset(each) for key, each in found.items()}


def _before(text: str, every: Sequence[Term], i: int) -> str:
    for one in reversed(every[max(0, i - _REACH) : i]):
        word = one.text.lower()
        if _ENDS_CLAUSE.search(text, one.end, every[i].start):
            break
        if word in _DIRECTIONS:
            return word
        if one.kind is Kind.WORD or (one.kind is Kind.COMMON and word not in _OPENING):
            break
    return ""
