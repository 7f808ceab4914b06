"""Nouns that name the same kind of thing: who asks for obstacles is told of challenges."""

from functools import cache, lru_cache
from importlib.resources import files

from assistant.answers.words import stems


@lru_cache(maxsize=1024)
def same_kind(focus: frozenset[str]) -> frozenset[str]:
    """The stems of the nouns that mean about the same as one of these; empty for other nouns."""
    return frozenset().union(*(kind for kind in _kinds() if kind & focus)) - focus


@cache
def _kinds() -> tuple[frozenset[str], ...]:
    """The kinds of `kinds.txt`, one a line."""
    lines = (files("assistant.answers") / "kinds.txt").read_text("utf-8").splitlines()
    return tuple(stems(line) for line in lines if line)
