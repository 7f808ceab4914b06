"""Where something is or was done: what has its seat in Bangkok has none in Manila."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.grounding.names import stems_of
from assistant.grounding.states import is_state, of_one_state
from assistant.grounding.terms import key_of
from assistant.phrases import phrase
from assistant.retrieval.grammar import MONTHS

_NAME = rf"(?!(?:{MONTHS})\b)[A-ZÀ-Þ][\w’'-]+"
_PLACED = re.compile(
    rf"\b(?P<deed>[A-Za-zà-ÿ]{{4,}})\s+(?:in|at)\s+(?P<place>{_NAME}(?:[ -]{_NAME})*)"
)


def placed_in_another(sentence: str, span: str) -> str:
    """What is wrong where the span has the same in another place; else empty.

    A town may be in the state, so the two are not held against each other.
    """
    given = _places(span)
    here, said = stems_of(span), stems_of(sentence)
    for deed, mine in _places(sentence):
        theirs = [place for key, place in given if key == deed]
        if not theirs or stems_of(mine) & here:
            continue
        alike = [o for o in theirs if is_state(o) == is_state(mine) and not of_one_state(o, mine)]
        if len(alike) == len(theirs) and not any(stems_of(one) & said for one in theirs):
            return phrase("another-name", given=theirs[0], said=mine)
    return ""


@lru_cache(maxsize=1024)
def _places(text: str) -> tuple[tuple[str, str], ...]:
    """The keys of words that a place stands behind, each with the place."""
    return tuple(_read(text))


def _read(text: str) -> Iterator[tuple[str, str]]:
    for found in _PLACED.finditer(text):
        yield key_of(found["deed"].lower()), found["place"]
