"""Which words tell an act: its own, those listed with it, those that mean the same."""

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from assistant.grounding.meanings import mean_the_same, opposite
from assistant.grounding.terms import key_of

_MEMBER = "member"
# What has many senses means an act in few of them.
LIGHT = frozenset({"have", "be", "do", "make", "get", "take", "give", "go", "come", "part"})
# So many letters have what begins with an act, and what an act begins with.
_BEGINS, _BEGUN = 4, 5

act_key = lru_cache(maxsize=8192)(key_of)


@lru_cache(maxsize=65536)
def is_akin(word: str, keys: frozenset[str]) -> bool:
    """Whether a word may tell an act by one of these keys; who co-founds it founds it, too."""
    key = act_key(word.lower().removeprefix("co-"))
    return key not in LIGHT and any(_may_be(one, key) for one in keys)


def is_the_same(word: str, keys: frozenset[str]) -> bool:
    """Whether a word names what somebody became; to join is to become a member."""
    key = act_key(word)
    return key in keys or (_MEMBER in keys and key in kin().get(_MEMBER, ()))


def _may_be(act: str, key: str) -> bool:
    """Whether a word may tell the act: it means the same, is of its list, or begins with it."""
    if f"{min(act, key, key=len)}t" == max(act, key, key=len):
        return False  # a joint body has joined nobody
    told = kin().get(act)  # what is listed is told by that alone: in WordNet, joints join
    return begin_alike(key, act) or (mean_the_same(act, key) if told is None else key in told)


def begin_alike(key: str, act: str) -> bool:
    """Whether one of two words begins with the other, and is not its opposite."""
    short, long = (act, key) if len(act) <= len(key) else (key, act)
    fewest = _BEGINS if short == act else _BEGUN
    return len(short) >= fewest and long.startswith(short) and not opposite(act, key)


@cache
def kin() -> dict[str, frozenset[str]]:
    """What each word of `acts.txt` is told by: all others of its lines."""
    found: dict[str, frozenset[str]] = {}
    for keys in _lines():
        for key in keys:
            found[key] = found.get(key, frozenset()) | frozenset(keys)
    return found


def _lines() -> Iterator[list[str]]:
    text = (files("assistant.answers") / "acts.txt").read_text("utf-8")
    yield from ([act_key(word) for word in line.split()] for line in text.splitlines() if line)
