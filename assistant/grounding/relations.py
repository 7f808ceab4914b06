"""What one is to another, where the other is not the same to him: predecessor and successor.

"Foster's son-in-law Lansing" makes Foster the father-in-law, and Lansing nobody's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from assistant.grounding.names import form_of
from assistant.phrases import phrase

_PART = r"[A-ZÀ-Þ](?:\.|[\w’'-]*)"
_NAME = rf"{_PART}(?:\s+{_PART})*"
_WHOSE = re.compile(r"[’']s?$")
_ENDS = re.compile(
    r"[;:.!?](?=\s|$)|[,()](?!\s*(?:Jr|Sr)\b)|\b(?:who|which|that|as|in|from|when|while)\b"
)
_IS = r"(?:is|was|are|were|became|be|been|being)"
_BY_NAME = re.compile(
    rf"(?P<name>{_NAME}),?\s+(?:(?:who|had|has|then|later|also)\s+)*"
    rf"(?:{_IS}|served as|acted as)?,?\s*"
    r"(?:(?:the|a|an|not|both|once|long-time|longtime|former|own)\s+)*(?:(?!and\b)[a-z-]+\s+){0,2}$"
)
# So far before a word, in characters, stands who is meant.
_REACH = 120
_ARTICLES = frozenset(["A", "An", "The"])
_WHOSE_IS = re.compile(
    rf"(?:(?P<name>{_NAME}?)(?:[’']s|(?<=s)[’'])|\b(?P<pronoun>[Hh]is|[Hh]er|[Ii]ts|[Tt]heir))\s+"
    r"(?:[a-z-]+\s+){0,4}$"
)
_OF = re.compile(r"\s+(?:of|to)\s+")
# Of "Secretary of State John Hay" the last words are the name.
_BEHIND = re.compile(
    rf",?\s+(?:[a-z-]+\s+){{0,3}}(?:[A-Z]\w+\s+of\s+(?=[A-Z]\w+\s+[A-Z]))?(?P<name>{_NAME})"
)
_TAKE_PLACE = r"t(?:ake|akes|ook|aken|aking)\s+(?:\w+[’']?s?\s+){1,2}place"
_IN_SUCCESSION = re.compile(rf"\b(?:succe(?:ed|ss)|replac|follow|preced|predecess|{_TAKE_PLACE})")
# "Appointed Everett to succeed Webster", "to take his place", "was succeeded by Marcy".
_SUCCEEDS = re.compile(
    rf"(?P<name>{_NAME}),?\s+(?:[a-z]+\s+){{0,3}}?"
    rf"(?P<verb>succeed(?:s|ed)?|replaced?|replaces|t(?:ake|akes|ook) over from|{_TAKE_PLACE})\b"
    rf"(?:\s+(?P<by>by\s+)?(?:(?!(?:as|in|at|on|when|after)\b)[a-z]+\s+){{0,2}}(?P<other>{_NAME}))?"
)


@dataclass(frozen=True, slots=True)
class _Side:
    """Of which relation a word tells one side; the two sides have the same number."""

    number: str
    first: bool


@dataclass(frozen=True, slots=True)
class _Relation:
    """Who is what to whom, by their names; empty where a text leaves it to what stands around."""

    word: str
    side: _Side
    who: str
    whom: str


def related_otherwise(sentence: str, span: str) -> str:
    """What is wrong where the span has another relation of two, or none of the kind; else empty."""
    mine = next(chain(_relations(sentence), _successions(sentence)), None)
    if mine is None or not (mine.who and mine.whom):
        return ""
    given = [one for one in (*_relations(span), *_successions(span)) if _are_two(mine, one)]
    if any(_agree(mine, one) for one in given):
        return ""
    if given and given[0].side == mine.side:
        return phrase("turned-round", word=given[0].word)
    if given:
        return phrase("another-word", given=given[0].word, said=mine.word)
    return "" if _speaks_of(mine.side, span) else phrase("words-nowhere", said=mine.word)


def tells_the_relation(sentence: str, span: str) -> bool:
    """Whether the span says of the two what the sentence does, from one side or the other."""
    mine = next(chain(_relations(sentence), _successions(sentence)), None)
    if mine is None or not (mine.who and mine.whom):
        return False
    given = (*_relations(span), *_successions(span))
    return any(_are_two(mine, one) and _agree(mine, one) for one in given)


def _are_two(mine: _Relation, given: _Relation) -> bool:
    """Whether both speak of the same two; of "his uncle John" the one who is named is enough."""
    if not (given.who and given.whom):
        named, same = given.who or given.whom, given.side.number == mine.side.number
        return same and any(_same(named, one, mine) for one in (mine.who, mine.whom))
    return any(
        _same(given.who, one, mine) and _same(given.whom, other, mine)
        for one, other in ((mine.who, mine.whom), (mine.whom, mine.who))
    )


def _agree(mine: _Relation, given: _Relation) -> bool:
    if mine.side.number != given.side.number:
        return False
    own = (given.who, mine.who) if given.who else (given.whom, mine.whom)
    same = _same(*own, mine)
    return same == (mine.side.first == given.side.first)


def _same(given: str, name: str, mine: _Relation) -> bool:
    """Whether a name is that of one of two, by its last word; of one family by the first, too."""
    theirs, ours = _words(given), _words(name)
    other = _words(mine.whom if name == mine.who else mine.who)
    if not theirs or theirs[-1] != ours[-1]:
        return False
    return ours[-1] != other[-1] or (theirs[0] == ours[0] and theirs[0] != other[0])


def _words(name: str) -> list[str]:
    return [form_of(_WHOSE.sub("", one)) for one in name.split()]


def _speaks_of(side: _Side, span: str) -> bool:
    """Whether the span has a word of the relation, or a verb for who comes behind whom."""
    if any(one.number == side.number for _, one in _found(span)):
        return True
    return side.number == _words_of()["successor"].number and bool(_IN_SUCCESSION.search(span))


@lru_cache(maxsize=1024)
def _relations(text: str) -> tuple[_Relation, ...]:
    return tuple(_read(text))


def _read(text: str) -> Iterator[_Relation]:
    for match, side in _found(text):
        word = match[0]
        before, behind = text[max(0, match.start() - _REACH) : match.start()], text[match.end() :]
        owner, of = _WHOSE_IS.search(before), _OF.match(behind)
        if owner and not of:
            who = _named_by(before[: owner.start()], behind)
            if who:
                yield _Relation(word, side, who, owner["name"] or "")
        elif of:
            holder = _BY_NAME.search(before)
            end = _ENDS.search(behind, of.end())
            whom = behind[of.end() : end.start() if end else len(behind)]
            who = holder["name"] if holder and holder["name"] not in _ARTICLES else ""
            for name in re.findall(_NAME, _upto_relation(whom)):
                if not _WHOSE.search(name):
                    yield _Relation(word, side, who, name)


def _successions(text: str) -> Iterator[_Relation]:
    """Who comes behind whom by a verb for it."""
    side = _words_of()["successor"]
    for match in _SUCCEEDS.finditer(text):
        who, whom = match["name"], match["other"] or ""
        if match["by"]:
            who, whom = whom, who
        if whom or match["verb"].endswith("place"):
            yield _Relation(match["verb"], side, who, whom)


def _upto_relation(text: str) -> str:
    first = next((match.start() for match, _ in _found(text)), len(text))
    return text[:first]


def _named_by(before: str, behind: str) -> str:
    """Who somebody's uncle is: the name behind, or the one before "is his uncle"."""
    match = _BEHIND.match(behind)
    if match:
        return match["name"]
    holder = re.search(rf"(?P<name>{_NAME})\s+{_IS}\s+$", before)
    return holder["name"] if holder else ""


def _found(text: str) -> Iterator[tuple[re.Match[str], _Side]]:
    """The words of a text that tell one side of a relation."""
    for match in re.finditer(r"\b[a-zé]+(?:-in-law)?\b", text):
        word = match[0]
        if side := _words_of().get(word):
            yield match, side


@cache
def _words_of() -> dict[str, _Side]:
    """The side that each word tells."""
    found: dict[str, _Side] = {}
    lines = (files("assistant.grounding") / "converses.txt").read_text("utf-8").splitlines()
    for line in lines:
        first, _, second = line.partition(" : ")
        for words, is_first in ((first.split(), True), (second.split(), False)):
            found |= {word: _Side(first, is_first) for word in words}
    return found
