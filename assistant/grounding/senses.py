"""The senses that a sentence adds to words of its span, and those it drops."""

from functools import lru_cache

from assistant.grounding.operators import (
    Sense,
    counts_by_head,
    is_operator,
)
from assistant.grounding.terms import Kind, terms


@lru_cache(maxsize=512)
def changed(sentence: str, span: str) -> tuple[frozenset[Sense], frozenset[Sense]]:
    """The senses that the sentence adds to words of the span, and those it drops."""
    said, given = counts_by_head(sentence), counts_by_head(span)
    mine, theirs = occurrences(sentence), occurrences(span)
    added, dropped = set[Sense](), set[Sense]()
    for head in mine.keys() & theirs.keys():
        for sense in Sense:
            ours, others = said.get((head, sense), 0), given.get((head, sense), 0)
            if ours and not others:
                added.add(sense)
            if others >= theirs[head] and ours < mine[head]:
                dropped.add(sense)
    return frozenset(added), frozenset(dropped)


def occurrences(text: str) -> dict[str, int]:
    """How often a text has each telling word."""
    found: dict[str, int] = {}
    for one in terms(text):
        if one.kind is not Kind.COMMON and not is_operator(one):
            found[one.key] = found.get(one.key, 0) + 1
    return found
