"""Which of several spans tells a sentence more fully than the one that is nearest to it.

A span that is very like a sentence may tell only part of what another tells in full: "Sweden
applied to join NATO" beside "Sweden joined NATO on 7 March 2024".
"""

from collections import Counter

from assistant.grounding.alignment import align
from assistant.grounding.clauses import lacking_in
from assistant.grounding.meanings import mean_the_same
from assistant.grounding.operators import operators
from assistant.grounding.predicates import tells
from assistant.grounding.terms import Term, terms

# So many telling words may stand between those of a sentence that are told in a row.
_BETWEEN = 2
# A row of fewer words is no statement.
_FEWEST = 3


def tells_in_a_row(words: str, span: str) -> bool:
    """Whether the span has all that the words tell, in their order and next to each other."""
    said, given = _telling(words), _telling(span)
    if len(said) < _FEWEST or _says_more(words, span):
        return False
    starts = (i for i, one in enumerate(given) if _same(said[0], one))
    return any(_follow(said, given[i : i + len(said) + _BETWEEN]) for i in starts)


def tells_more(words: str, span: str, nearest: str) -> bool:
    """Whether the span has all of the words that the nearest has, and others.

    One of the others at least stands there itself, or by a word that means it; and where it has not
    every word, they stand in no worse order.
    """
    lacking, wanting = lacking_in(words, span), lacking_in(words, nearest)
    if not lacking < wanting or _says_more(words, span):
        return False
    given = _telling(span)
    told = any(_same(one, other) for one in wanting - lacking for other in given)
    return told and (not lacking or align(words, span).same >= align(words, nearest).same)


def _says_more(words: str, span: str) -> bool:
    """Whether the words deny, limit or stress more often than the span does: "is always not"."""
    mine, theirs = (Counter(one.sense for one in operators(text)) for text in (words, span))
    return bool(mine - theirs)


def _follow(said: tuple[Term, ...], given: tuple[Term, ...]) -> bool:
    rest = iter(given)
    return all(any(_same(one, other) for other in rest) for one in said)


def _telling(text: str) -> tuple[Term, ...]:
    return tuple(one for one in terms(text) if tells(one))


def _same(one: Term, other: Term) -> bool:
    return one.key == other.key or mean_the_same(one.key, other.key)
