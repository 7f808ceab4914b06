"""Words that turn a sentence against its span: denials, certainty, amounts, opposites."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from assistant.answers.words import initials
from assistant.grounding.alignment import align
from assistant.grounding.figures import is_unit
from assistant.grounding.meanings import mean_the_same, opposite
from assistant.grounding.names import exchanged
from assistant.grounding.operators import (
    Operator,
    Sense,
    counts_by_head,
    is_operator,
    operators,
    spelled,
)
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase

_HEDGES = (Sense.MAY, Sense.PLAN)
_STRONG_LIST = (
    "first last only most best worst largest smallest highest lowest oldest youngest longest "
    "greatest biggest earliest latest must permanent permanently guarantee proves proved"
)
# "Not only" and "no more than" deny nothing.
_TURNING = frozenset({"only", "all", "more", "less", "fewer", "just", "merely", "later"})
_BESIDE = re.compile(r"[,;]\s|\b(?:and|while|but|whereas|et|mais|tandis)\b")
# Shorter words say how others stand to each other.
_TELLING = 5
# Shorter pieces are told as they are.
_LONG = 2
# A denial of so few words: "not", "did not".
_FEW = 2
# What no text says in other words: "the highest authority" is the senior one, "at last" is little.
_ONLY_LIST = (
    "first only largest smallest oldest youngest longest earliest permanent permanently "
    "exclusively solely premier première seul seule seulement uniquement"
)
_ONLY = frozenset(_ONLY_LIST.split())
# Other words for "only", and what "only" before says no more of: "only once".
_ALONE = frozenset(["only", "alone", "sole", "solely", "exclusively", "seul", "seule", "seulement"])
_COUNTED = re.compile(r"\bonly\s+(?:\w+\s+){0,3}?(?:once|twice|one|two|three|\d)", re.IGNORECASE)
_ABOUT = frozenset(["some", "about", "around", "roughly", "approximately", "nearly", "almost"])
_OR_MORE = re.compile(r"\bor\s+(?:more|above|over|longer)\b", re.IGNORECASE)
_STRONG = frozenset(_STRONG_LIST.split())


@lru_cache(maxsize=512)
def changed(sentence: str, span: str) -> tuple[frozenset[Sense], frozenset[Sense]]:
    """The senses that the sentence adds to words of the span, and those it drops."""
    said, given = counts_by_head(sentence), counts_by_head(span)
    mine, theirs = _occurrences(sentence), _occurrences(span)
    added, dropped = set[Sense](), set[Sense]()
    for head in mine.keys() & theirs.keys():
        for sense in Sense:
            ours, others = said.get((head, sense), 0), given.get((head, sense), 0)
            if ours and not others:
                added.add(sense)
            if others >= theirs[head] and ours < mine[head]:
                dropped.add(sense)
    return frozenset(added), frozenset(dropped)


def _occurrences(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in terms(text):
        if one.kind is not Kind.COMMON and not is_operator(one):
            found[one.key] = found.get(one.key, 0) + 1
    return found


def denied(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong where one of the two denies what the other states."""
    added, dropped = changed(sentence, span)
    if Sense.NOT in added and (new := _denied_anew(sentence, span)):
        return [phrase("denial-added", said=new)]
    if Sense.NOT in dropped:
        return [phrase("word-dropped", given=spelled(span, Sense.NOT))]
    more = len(_denials(sentence)) > len(_denials(span))
    if _denied_again(sentence, span) and (more or _denied_anew(sentence, span)):
        return [phrase("denied-twice")]
    return _left_out(sentence, span)


def denied_name(sentence: str, span: str) -> str:
    """What is wrong where the span denies two words of a name side by side, and no others do.

    "Not Member States of the union" are not members of it though they are of another.
    """
    if any(one.sense is Sense.NOT for one in operators(sentence)):
        return ""
    said, given = _side_by_side(sentence), _side_by_side(span)
    for one in _denials(span):
        if one.heads in said and given.count(one.heads) == 1:
            return phrase("word-dropped", given=one.text.lower())
    return ""


def _side_by_side(text: str) -> list[tuple[str, ...]]:
    """Each two words with a capital that are neighbours."""
    return [
        (one.key, other.key)
        for one, other in pairwise(terms(text))
        if one.text[0].isupper() and other.text[0].isupper() and is_content(one, other)
    ]


def is_content(*words: Term) -> bool:
    """Whether all of the words tell something."""
    return all(one.kind is not Kind.COMMON and not is_operator(one) for one in words)


def _denials(text: str) -> list[Operator]:
    return [one for one in operators(text) if one.sense is Sense.NOT]


def _denied_anew(sentence: str, span: str) -> str:
    """The first denial of what the span does not deny: "never took Riga's" denies no town."""
    denied_there = {head for head, sense in counts_by_head(span) if sense is Sense.NOT}
    # "Ne … pas" is one denial.
    denials = (
        one for one in _denials(sentence) if not (denied_there and one.text.lower() == "pas")
    )
    return next(
        (one.text.lower() for one in denials if not denied_there.intersection(one.heads[:1])), ""
    )


def _left_out(sentence: str, span: str) -> list[str]:
    """What is wrong where nothing but the denial is left out between words that both have."""
    for one in align(sentence, span).inner:
        denying = [term for term in one.given if _denies(term)]
        bare = len(one.given) <= _FEW and not any(map(_denies, one.said))
        if denying and bare and not any(_turns(term) for term in one.given):
            return [phrase("word-dropped", given=denying[0].text.lower())]
    return []


def _denies(term: Term) -> bool:
    return any(one.sense is Sense.NOT for one in operators(term.text))


def _turns(term: Term) -> bool:
    return term.text.lower() in _TURNING


def _denied_again(sentence: str, span: str) -> bool:
    """Whether a word that both have as often is denied an even number of times in one alone."""
    said, given = counts_by_head(sentence), counts_by_head(span)
    mine, theirs = _occurrences(sentence), _occurrences(span)
    return any(
        sense is Sense.NOT
        and mine.get(head) == theirs.get(head) == 1
        and (count - given.get((head, sense), 0)) % 2
        for (head, sense), count in said.items()
    )


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


def amount(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong where the sentence speaks of more, or all, or another bound."""
    added, dropped = changed(sentence, span)
    for sense in (Sense.ALL, Sense.LEAST, Sense.MOST, Sense.EXACT):
        if sense in added:
            return [phrase("word-added", said=spelled(sentence, sense))]
    for sense in (Sense.LEAST, Sense.MOST):
        if sense in dropped and Sense.ABOUT not in added and not _OR_MORE.search(sentence):
            return [phrase("word-dropped", given=spelled(span, sense))]
    return []


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
    return word in given or counted or (word in _ALONE and not given.isdisjoint(_ALONE))


def claimed_nowhere(sentence: str, span: str, around: str) -> str:
    """What is wrong with a claim to be the first, only or largest where no text around has one."""
    given = {one.text.lower() for one in terms(around)}
    said = [one.text.lower() for one in terms(sentence)[1:]]
    claims = (one for one in said if one in _ONLY and one not in given)
    word = next((one for one in claims if not _has_claim(one, sentence, span)), "")
    return phrase("word-added", said=word) if word else ""


def opposed(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong with each word whose opposite stands in the span."""
    mine, theirs = _words(sentence), _words(span)
    pairs = {
        (key, other): (term, given)
        for key, term in mine.items()
        for other, given in theirs.items()
        if key not in theirs and other not in mine
    }
    # In the same place an opposite is one, though both words stand elsewhere, too.
    pairs |= {
        (said.key, given.key): (said.text.lower(), given.text.lower())
        for one in align(sentence, span).exchanges
        for said in one.said
        for given in one.given
    }
    found = [
        phrase("another-word", given=given, said=said)
        for (key, other), (said, given) in pairs.items()
        if opposite(key, other)
    ]
    return found or _opposed_beside(sentence, span)


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


def name_exchanged(sentence: str, span: str, around: str) -> list[str]:
    """What is wrong where another name, figure, month or unit stands in the same place."""
    found = [
        phrase("another-word", given=given.text, said=said.text)
        for said, given in _replaced(sentence, span)
        if _names_or_figures(said, given) or (is_unit(said.text) and is_unit(given.text))
    ]
    found += [phrase("another-name", given=g, said=s) for s, g in _names_replaced(sentence, span)]
    # Names that change places are exchanged, too; a whole clause may stand elsewhere.
    if any(one.kind is Kind.NAME for one in align(sentence, span).moved):
        found += exchanged(sentence, span, around)
    return found


def _names_replaced(sentence: str, span: str) -> Iterator[tuple[str, str]]:
    """Names of several words in each other's place, that have none in common, nor the initials."""
    for one in align(sentence, span).inner:
        both = [[term for term in each if _tells(term)] for each in (one.said, one.given)]
        if not all(both) or len(one.said) + len(one.given) <= _LONG:
            continue
        if any(term.kind is not Kind.NAME for each in both for term in each):
            continue
        said, given = ({term.key for term in each} for each in both)
        short = initials(f"{sentence} {span}")
        if not said & given and not any(t.text.lower() in short for each in both for t in each):
            yield both[0][0].text, both[1][0].text


def _names_or_figures(*both: Term) -> bool:
    return all(one.kind not in {Kind.WORD, Kind.COMMON} for one in both)


def _replaced(sentence: str, span: str) -> Iterator[tuple[Term, Term]]:
    """The first telling words of each two pieces that stand in the same place."""
    for one in align(sentence, span).exchanges:
        mine = [term for term in one.said if _tells(term)]
        theirs = [term for term in one.given if _tells(term)]
        if mine and theirs and not {term.key for term in mine} & {term.key for term in theirs}:
            yield mine[0], theirs[0]


def _tells(term: Term) -> bool:
    return term.kind is not Kind.COMMON and not is_operator(term)
