"""Opposite verbs before the same thing: what is banned is not allowed, whatever else is.

A text says both of different things; what counts is the verb that governs what the sentence speaks
of.
"""

from functools import lru_cache

from assistant.grounding.meanings import akin, mean_the_same, opposite
from assistant.grounding.predicates import Deed, deed_of, governor, tells
from assistant.grounding.small import LIGHT
from assistant.grounding.terms import Term, keys_of, terms
from assistant.phrases import phrase

FORBIDDING = keys_of(
    "forbid prohibit ban bar outlaw proscribe prevent preclude disallow veto exclude renounce"
)
ALLOWING = keys_of("allow permit let authorize enable entitle license legalize")
# So many telling words behind a verb may be what it is about.
_FIRST = 3


def governed_otherwise(sentence: str, span: str) -> str:
    """What is wrong where an opposite verb governs in the span what the sentence's does."""
    deed = deed_of(sentence)
    given = _governing(deed, span) if deed else ()
    if deed is None or not given or any(_agree(deed.verb, one) for one in given):
        return ""
    against = next((one for one in given if opposed_verbs(deed.verb, one)), None)
    return phrase("another-word", given=against.text, said=deed.verb.text) if against else ""


def governs_alike(sentence: str, span: str) -> Term | None:
    """The sentence's verb, where one of the span says the same of the same things."""
    deed = deed_of(sentence)
    given = _governing(deed, span) if deed else ()
    if deed is None or any(opposed_verbs(deed.verb, one) for one in given):
        return None
    return deed.verb if any(_agree(deed.verb, one) for one in given) else None


def tells_the_deed(sentence: str, span: str) -> bool:
    """Whether a verb of the span says what the sentence's does, of all that stands behind it."""
    deed = deed_of(sentence)
    return (
        deed is not None
        and len(deed.objects) > 1
        and deed.verb.key not in LIGHT
        and any(_agree(deed.verb, one) for one in _governing(deed, span))
    )


@lru_cache(maxsize=1024)
def _governing(deed: Deed, span: str) -> tuple[Term, ...]:
    """The verbs of the span before what the deed is done to, of which most must stand together."""
    if deed.passive:
        return ()
    objects = deed.objects[:_FIRST]
    found = terms(span)
    verbs: list[Term] = []
    for i, one in enumerate(found):
        if objects and _is(objects[-1], one) and (verb := governor(span, i)):
            between = [each for each in found[:i] if each.start > verb.end and tells(each)]
            beside = [*between[-len(objects) :], one]
            if all(any(_is(each, other) for other in beside) for each in objects):
                verbs.append(verb)
    return tuple(verbs)


def _is(one: Term, other: Term) -> bool:
    return one.key == other.key or akin(one.key, other.key)


def _agree(one: Term, other: Term) -> bool:
    keys = {one.key, other.key}
    together = keys <= FORBIDDING or keys <= ALLOWING
    return together or one.key == other.key or mean_the_same(one.key, other.key)


def opposed_verbs(one: Term, other: Term) -> bool:
    """Whether one says that something is done or allowed, the other that it is not."""
    if opposite(one.key, other.key):
        return True
    sides = [(FORBIDDING, ALLOWING), (ALLOWING, FORBIDDING)]
    return any(one.key in mine and other.key in theirs for mine, theirs in sides)
