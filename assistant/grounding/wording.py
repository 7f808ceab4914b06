"""Words of degree that turn a sentence against its span: certainty, duty, amounts, claims."""

import re

from assistant.grounding.alignment import align
from assistant.grounding.operators import (
    Sense,
    denies_all_but,
    is_operator,
    operators,
    spelled,
)
from assistant.grounding.senses import changed
from assistant.grounding.terms import Term, terms
from assistant.phrases import phrase

_HEDGES = (Sense.MAY, Sense.PLAN)
_STRONG_LIST = (
    "first last only most best worst largest smallest highest lowest oldest youngest longest "
    "greatest biggest earliest latest must permanent permanently guarantee proves proved"
)
# What no text says in other words: "the highest authority" is the senior one, "at last" is little.
_ONLY_LIST = (
    "first only largest smallest oldest youngest longest earliest permanent permanently "
    "exclusively solely premier première seul seule seulement uniquement"
)
_ONLY = frozenset(_ONLY_LIST.split())
# Other words for "only", and what "only" before says no more of: "only once".
_ALONE = frozenset(["only", "alone", "sole", "solely", "exclusively", "seul", "seule", "seulement"])
_COUNTED = re.compile(r"\bonly\s+(?:\w+\s+){0,3}?(?:once|twice|one|two|three|\d)", re.IGNORECASE)
_COMPULSORY = re.compile(r"\b(?:compulsory|mandatory|obligatory|obligatoires?)\b", re.IGNORECASE)
_COMPELS = re.compile(
    r"\b(?:compuls|compel|mandat|oblig(?!ation:)|conscript|enforc|requir|bound)\w*", re.IGNORECASE
)
_NO_SUCH = re.compile(
    r"\b(?:no|not|without|never|neither|aucune?|pas de)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_ABOUT = frozenset(["some", "about", "around", "roughly", "approximately", "nearly", "almost"])
_OR_MORE = re.compile(r"\bor\s+(?:more|above|over|longer)\b", re.IGNORECASE)
_STRONG = frozenset(_STRONG_LIST.split())


def certain(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong where the sentence states what the span only thinks possible or planned."""
    added, dropped = changed(sentence, span)
    if added & set(_HEDGES):
        return []
    for sense in (*_HEDGES, Sense.SHOULD):
        if sense in dropped:
            given = spelled(span, sense)
            return [phrase("held-certain", given=given)]
    return []


def duty(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong where only the sentence makes it a duty, or sure."""
    added, _dropped = changed(sentence, span)
    if Sense.MUST in added:
        return [phrase("word-added", said=spelled(sentence, Sense.MUST))]
    return []


def compelled_nowhere(sentence: str, span: str) -> str:
    """What is wrong with "compulsory" and its like where the span compels nobody, or denies it."""
    word = _COMPULSORY.search(sentence)
    if word is None or any(one.sense is Sense.MUST for one in operators(span)):
        return ""
    compels = any(not _NO_SUCH.search(span[: one.start()]) for one in _COMPELS.finditer(span))
    return "" if compels else phrase("word-added", said=word[0])


def amount(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong where the sentence speaks of more, or all, or another bound."""
    added, dropped = changed(sentence, span)
    for sense in (Sense.ALL, Sense.LEAST, Sense.MOST, Sense.EXACT):
        if sense in added and not (sense is Sense.ALL and _says_alone(sentence, span)):
            return [phrase("word-added", said=spelled(sentence, sense))]
    for sense in (Sense.LEAST, Sense.MOST):
        if sense in dropped and Sense.ABOUT not in added and not _OR_MORE.search(sentence):
            return [phrase("word-dropped", given=spelled(span, sense))]
    return []


def _says_alone(sentence: str, span: str) -> bool:
    """Whether "only" is all that the sentence adds, and the span denies the rest."""
    every = {one.text.lower() for one in operators(sentence) if one.sense is Sense.ALL}
    return every <= _ALONE and denies_all_but(span)


def operator_exchanged(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong where another word of degree stands in the same place."""
    found: list[str] = []
    for one in align(sentence, span).exchanges:
        mine = [term for term in one.said if is_operator(term)]
        theirs = [term for term in one.given if is_operator(term)]
        if mine and theirs and not _same_sense(mine[0], theirs[0]):
            said, given = mine[0].text.lower(), theirs[0].text.lower()
            found.append(phrase("another-word", given=given, said=said))
    return found


def _same_sense(one: Term, other: Term) -> bool:
    if one.key == other.key:
        return True
    if {one.text.lower(), other.text.lower()} <= _ABOUT:
        return True
    senses = [{each.sense for each in operators(term.text)} for term in (one, other)]
    return bool(senses[0] & senses[1] & {Sense.NOT, Sense.MAY, Sense.PLAN, Sense.MUST})


def superlative(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong with each claim to be the first, only or most that the span does not make."""
    said = dict.fromkeys(one.text.lower() for one in terms(sentence))
    return [
        phrase("word-added", said=word)
        for word in said
        if word in _STRONG and not _has_claim(word, sentence, span)
    ]


def _has_claim(word: str, sentence: str, text: str) -> bool:
    """Whether the text makes the claim of a word, too, or a figure does."""
    given = {one.text.lower() for one in terms(text)}
    counted = word == "only" and bool(_COUNTED.search(sentence))
    alone = not given.isdisjoint(_ALONE) or denies_all_but(text)
    return word in given or counted or (word in _ALONE and alone)


def claimed_nowhere(sentence: str, span: str, around: str) -> str:
    """What is wrong with a claim to be the first, only or largest where no text around has one."""
    claims = [word for one in terms(sentence)[1:] if (word := one.text.lower()) in _ONLY]
    given = {one.text.lower() for one in (*terms(span), *terms(around))} if claims else set()
    new = (one for one in claims if one not in given and not _has_claim(one, sentence, span))
    word = next(new, "")
    return phrase("word-added", said=word) if word else ""
