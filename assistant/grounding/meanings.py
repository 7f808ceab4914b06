"""Which words can mean the same and which mean opposites, by their keys (`terms.key_of`)."""

from functools import cache, lru_cache
from importlib.resources import files

from assistant.grounding.terms import key_of

_DENYING = ("un", "in", "im", "il", "ir", "dis", "non", "mis")
# A stem of so few letters begins many words.
_SHORT = 4
# Who trains jointly with others has joined nothing.
_UNLIKE = frozenset({frozenset({"join", "joint"})})


@lru_cache(maxsize=8192)
def mean_the_same(one: str, other: str) -> bool:
    """Whether two words have a usual sense in common."""
    if {one, other} in _UNLIKE:
        return False
    return one == other or not _senses().get(one, frozenset()).isdisjoint(
        _senses().get(other, frozenset())
    )


@lru_cache(maxsize=65536)
def akin(one: str, other: str) -> bool:
    """Whether a word may stand for another where all else is the same.

    It means the same, or the more general, or is one that writers put for it, or begins with it.
    """
    if mean_the_same(one, other) or other in _kin().get(one, ()):
        return True
    short, long = sorted((one, other), key=len)
    begins = len(short) >= _SHORT and long.startswith(short) and {one, other} not in _UNLIKE
    return begins and not opposite(one, other)


@lru_cache(maxsize=65536)
def may_stand_for(one: str, other: str) -> bool:
    """Whether a word may stand for another in a sentence that is written anew."""
    return akin(one, other) or other in _wordings().get(one, ())


def wordings_of(key: str) -> frozenset[str]:
    """The keys of the words that somebody who writes a thing anew may put for this one."""
    return _wordings().get(key, frozenset())


@lru_cache(maxsize=8192)
def opposite(one: str, other: str) -> bool:
    """Whether a word means the opposite of another, or denies it by its first or last syllable."""
    if other in _opposites().get(one, ()):
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORT:
        return False
    return long == f"{short}less" or any(long == f"{first}{short}" for first in _DENYING)


def may_be_a_verb(key: str) -> bool:
    """Whether a word is a verb in one of its senses."""
    return key in _verbs()


@cache
def _verbs() -> frozenset[str]:
    return frozenset(word for line in _lines("verbs.txt") for word in line.split())


@cache
def countries() -> dict[str, str]:
    """The country by each word for its people and what is theirs, in small letters."""
    found: dict[str, str] = {}
    for line in _lines("peoples.txt"):
        country, *others = line.split()
        found |= dict.fromkeys(others, country)
    return found


@cache
def _senses() -> dict[str, frozenset[int]]:
    """The numbers of the senses of each word."""
    found: dict[str, set[int]] = {}
    peoples = (set(map(key_of, line.split())) for line in _lines("peoples.txt"))
    for number, keys in enumerate((*map(str.split, _lines("synonyms.txt")), *peoples)):
        for key in keys:
            found.setdefault(key, set()).add(number)
    return {word: frozenset(senses) for word, senses in found.items()}


@cache
def _kin() -> dict[str, frozenset[str]]:
    """What each word is akin to. Of a line of the first list, the first word is to all others."""
    found: dict[str, set[str]] = {}
    for line in _lines("kin.txt"):
        one, *others = line.split()
        for other in others:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    for line in _lines("paraphrases.txt"):
        _add_set(found, line)
    return {word: frozenset(others) for word, others in found.items()}


@cache
def _wordings() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _lines("wordings.txt"):
        _add_set(found, line)
    return {word: frozenset(others) for word, others in found.items()}


def _add_set(found: dict[str, set[str]], line: str) -> None:
    keys = {key_of(word) for word in line.split()}
    for key in keys:
        found.setdefault(key, set()).update(keys)


@cache
def _opposites() -> dict[str, frozenset[str]]:
    """The opposites of each word."""
    found: dict[str, set[str]] = {}
    pairs = [map(key_of, line.split()) for line in _lines("opposites.txt")]
    for one, other in (*pairs, *map(str.split, _lines("antonyms.txt"))):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


def _lines(name: str) -> list[str]:
    text = (files("assistant.grounding") / name).read_text("ascii")
    return [line for line in text.splitlines() if not line.startswith("#")]
