"""Verbs with a particle, which mean what one verb does: who "turned down" a plan rejected it."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from assistant.grounding.terms import Kind, Term, key_of, terms

# So many words of an object may stand before a particle.
_OBJECT = 5
_PARTED = frozenset(["over", "up", "down", "off", "out", "back", "away", "in"])
_DETERMINERS = frozenset(["the", "a", "an", "its", "their", "his", "her", "all", "this", "that"])
# Behind a particle comes no object of its own.
_ENDS = re.compile(r"\s*(?:[.,;:)]|$)|\s+(?:to|in|on|at|from|for|by|after|before|when|and)\b")


@lru_cache(maxsize=512)
def put_alike(text: str, sentence: str) -> str:
    """The text with each verb as the sentence has it: of two words, or of one."""
    found = [*_of_two(text, sentence), *_of_one(text, sentence)]
    for start, end, said in sorted(found, reverse=True):
        text = f"{text[:start]}{said}{text[end:]}"
    return text


Place = tuple[int, int, str]


def _of_two(text: str, sentence: str) -> Iterator[Place]:
    """Verbs of the text for which the sentence has one with a particle."""
    given = {one.key for one in terms(text)}
    for verb, last, keys in _phrasals(sentence):
        if verb.key not in given:
            is_whole = sentence[verb.end : last.start] == " "
            said = sentence[verb.start : last.end] if is_whole else verb.text
            yield from ((one.start, one.end, said) for one in _words(text) if one.key in keys)


def _of_one(text: str, sentence: str) -> Iterator[Place]:
    """Verbs of the text with a particle for which the sentence has one without."""
    said = {one.key: one for one in _words(sentence)}
    given = {one.key for one in terms(text)}
    for verb, last, keys in _phrasals(text):
        meant = next((said[key] for key in sorted(keys - given) if key in said), None)
        if meant is not None and verb.key not in said:
            is_whole = text[verb.end : last.start] == " "
            yield verb.start, last.end if is_whole else verb.end, meant.text


@lru_cache(maxsize=1024)
def _phrasals(text: str) -> tuple[tuple[Term, Term, frozenset[str]], ...]:
    """Verbs with their particle, and the keys of verbs that mean the same."""
    found = terms(text)
    return tuple(
        (one, behind, keys)
        for i, one in enumerate(found)
        for behind in _particles(text, found, i)
        if (keys := _meanings().get((one.key, behind.text.lower())))
    )


def _particles(text: str, found: Sequence[Term], i: int) -> Iterator[Term]:
    """What may be the particle of a word: the next, or one behind what it is done to.

    "Handed the island over to": the object has no other small word in it, and what follows tells
    that no name or noun belongs to the particle.
    """
    for before, one in pairwise(found[i : i + 2 + _OBJECT]):
        if text[before.end : one.start] != " ":
            return
        small = one.text.lower()
        if before is found[i]:
            yield one
        elif small in _PARTED and _ENDS.match(text, one.end):
            yield one
            return
        if one.kind is Kind.COMMON and small not in _DETERMINERS:
            return


def _words(text: str) -> Iterator[Term]:
    return (one for one in terms(text) if one.kind is Kind.WORD and one.text[0].islower())


@cache
def _meanings() -> dict[tuple[str, str], frozenset[str]]:
    text = (files("assistant.grounding") / "phrasals.txt").read_text("ascii")
    lines = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {(key_of(verb), particle): frozenset(keys) for verb, particle, *keys in lines}
