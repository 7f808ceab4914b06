"""Whose a thing is: the people or state named before it, where the sentence names another."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.grounding.meanings import akin
from assistant.grounding.names import stem_of, stems_of
from assistant.grounding.operators import is_operator
from assistant.grounding.states import is_state
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase

# So many words before a thing may tell of what kind it is.
_REACH = 4
_OF = re.compile(r"\s+of\s+(?:the\s+)?(?=[A-ZÀ-Þ])")


def of_another_people(sentence: str, span: str) -> str:
    """What is wrong with a thing of one people that the span has of another alone; else empty.

    "Confederate envoys aboard the British ship" has no Confederate ship.
    """
    named = [(thing, names) for thing, names in _things(sentence) if names]
    given = _things(span) if named else ()
    for thing, names in named:
        own = {stem_of(one.text) for one in names}
        if all(thing.key != other.key for other, _ in given):
            continue
        theirs = [each for other, each in given if akin(thing.key, other.key)]
        peoples = [next((one for one in each if is_state(one.text)), None) for each in theirs]
        others = [one for one in peoples if one is not None]
        mixed = any(own & {stem_of(one.text) for one in each} for each in theirs)
        if others and len(others) == len(theirs) and not mixed and own <= stems_of(span):
            return phrase("another-name", given=others[0].text, said=names[0].text)
    return ""


@lru_cache(maxsize=1024)
def _things(text: str) -> tuple[tuple[Term, tuple[Term, ...]], ...]:
    """Each word that is no name, with the names directly before it and the words of its kind.

    And each that has a state behind it: "the personnel of Chad".
    """
    return (*_found(text), *_found_of(text))


def _found_of(text: str) -> Iterator[tuple[Term, tuple[Term, ...]]]:
    every = terms(text)
    for i, one in enumerate(every):
        behind = _OF.match(text, one.end)
        names = tuple(
            each for each in every[i + 1 : i + 4] if behind and each.start == behind.end()
        )
        if names and one.kind in {Kind.WORD, Kind.NAME} and is_state(names[0].text):
            yield one, names


def _found(text: str) -> Iterator[tuple[Term, tuple[Term, ...]]]:
    every = terms(text)
    for i, one in enumerate(every):
        if one.kind is not Kind.WORD or is_operator(one):
            continue
        names: list[Term] = []
        last = one
        for before in reversed(every[max(0, i - _REACH) : i]):
            apart = text[before.end : last.start].strip()
            if apart or before.kind not in {Kind.NAME, Kind.WORD} or is_operator(before):
                break
            if before.kind is Kind.NAME:
                names.insert(0, before)
            elif names:
                break
            last = before
        yield one, tuple(names)
