"""Verbs with who does them and to what, read from the order and the forms of words.

Nothing here parses a language: where the words leave open what belongs to what, nothing is told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding.meanings import may_be_a_verb
from assistant.grounding.operators import is_operator
from assistant.grounding.parts import first_verb
from assistant.grounding.small import PRONOUNS
from assistant.grounding.terms import Kind, Term, is_irregular, terms

BE = frozenset(["is", "are", "was", "were", "be", "been", "being"])
_AUXILIARY_LIST = (
    "is are was were be been being has have had do does did will would shall should may might can "
    "could must not never also then later now only still both all each"
)
_AUXILIARY = frozenset(_AUXILIARY_LIST.split())
_MODAL = frozenset(
    ["to", "will", "would", "shall", "should", "may", "might", "can", "could", "must", "not"]
)
_DETERMINERS_LIST = (
    "the a an its their his her our this that these those any no some every each all both such of"
)
_DETERMINERS = frozenset(_DETERMINERS_LIST.split())
# What stands before these belongs to another part of the statement.
_BARRIERS_LIST = (
    "but while whereas which who whom whose that because although though if unless when where "
    "after before until since so than as in on at by for with from into against through under "
    "about between during without within over of to it he she they"
)
_BARRIERS = frozenset(_BARRIERS_LIST.split())
_STOPS = re.compile(r"[;:()—–“”\"]|[.!?](?=\s|$)")
_ASIDE = re.compile(r"\([^()]*\)")
_COMMA = re.compile(r",")
_LIST_WORDS = frozenset(["and", "or", "nor", "et", "ou"])
_REACH = 14


@dataclass(frozen=True, slots=True)
class Deed:
    """What a sentence says is done: the verb, the terms before and behind it in its clause.

    `passive` is "was done". `objects` are the telling words directly behind the verb, up to the
    first word that parts them from what follows.
    """

    verb: Term
    subject: tuple[Term, ...]
    objects: tuple[Term, ...]
    passive: bool


@lru_cache(maxsize=1024)
def deed_of(sentence: str) -> Deed | None:
    """The first deed of a sentence; `None` where it tells what something is."""
    found = terms(sentence)
    first = first_verb(sentence) or _agreeing(sentence)
    if first is None:
        return None
    i = found.index(first)
    before = tuple(one for one in found[:i] if tells(one))
    small = [one.text.lower() for one in found]
    was = False
    while i < len(found) and (small[i] in _AUXILIARY or small[i].endswith("ly")):
        was = was or small[i] in BE
        i += 1
    if i == len(found) or found[i].kind is not Kind.WORD or not may_be_a_verb(found[i].key):
        return None
    done = small[i].endswith("ed") or is_irregular(small[i])
    if was and not done:
        return None
    return Deed(found[i], before, behind(sentence, found[i:]), was)


def _agreeing(sentence: str) -> Term | None:
    """The first word that agrees as a verb with the noun before it."""
    found = terms(sentence)
    agree = (i for i in range(1, len(found)) if _agrees(found, i, _neighbour(sentence, found, i)))
    verbs = (found[i] for i in agree if found[i].kind is Kind.WORD)
    return next((one for one in verbs if may_be_a_verb(one.key)), None)


def behind(text: str, found: Sequence[Term]) -> tuple[Term, ...]:
    """The telling words directly behind the first, up to the first that parts them from others."""
    objects: list[Term] = []
    last = found[0]
    for one in found[1:]:
        if _STOPS.search(text, last.end, one.start) or _COMMA.search(text, last.end, one.start):
            break
        if one.text.lower() in _BARRIERS - {"that", "it"}:
            break
        last = one
        if tells(one):
            objects.append(one)
    return tuple(objects)


def tells(one: Term) -> bool:
    """Whether a term tells something by itself."""
    return one.kind is not Kind.COMMON and not is_operator(one)


def governor(text: str, i: int) -> Term | None:
    """The verb whose direct object the term of this number is, also as one of a list."""
    found = terms(text)
    for j in range(i - 1, max(-1, i - 1 - _REACH), -1):
        one, small = found[j], found[j].text.lower()
        if _STOPS.search(text, one.end, found[j + 1].start):
            return None
        if small in _BARRIERS or small in PRONOUNS - _DETERMINERS:
            return None
        if is_deed(text, found, j):
            return one
    return None


def is_deed(text: str, found: Sequence[Term], i: int) -> bool:
    """Whether a word is, by its form and neighbours, a verb that may have an object."""
    one, small = found[i], found[i].text.lower()
    before = _neighbour(text, found, i)
    if one.kind is not Kind.WORD or not may_be_a_verb(one.key) or before in _DETERMINERS:
        return False
    if before in _MODAL:
        return not small.endswith(("ing", "ed"))
    if small.endswith("ing"):
        return not before or before in _BARRIERS | _LIST_WORDS | BE
    done = small.endswith("ed") or is_irregular(small)
    # Behind a verb stands what it is done to: "bans troop movements".
    return done or (_agrees(found, i, before) and not is_deed(text, found, i - 1))


def _neighbour(text: str, found: Sequence[Term], i: int) -> str:
    """The word directly before another, in small letters; empty where a mark parts them."""
    between = text[found[i - 1].end : found[i].start] if i else "."
    return "" if _ASIDE.sub("", between).strip() else found[i - 1].text.lower()


def _agrees(found: Sequence[Term], i: int, before: str) -> bool:
    """Whether a word has the form of a verb whose subject is the noun before it."""
    small, named = found[i].text.lower(), found[i - 1].kind in {Kind.WORD, Kind.NAME}
    many = before.endswith("s")
    if small.endswith("s") and not small.endswith("ss"):
        is_name = found[i - 1].kind is Kind.NAME
        return before in _LIST_WORDS or (bool(before) and named and (is_name or not many))
    return named and many and not before.endswith(("'s", "’s", "ss"))
