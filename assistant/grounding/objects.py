"""To whom or what something is done, by name: who recognized Lund has not recognized Ribe."""

from collections.abc import Iterator, Sequence

from assistant.grounding.meanings import akin
from assistant.grounding.predicates import deed_of
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase

# So near, in words, stands to whom it is done.
_NEAR = 8
# Behind these another is spoken of.
_PARTING = frozenset({"but", "while", "whereas", "and", "which", "who", "when"})


def done_to_another(sentence: str, span: str) -> str:
    """What is wrong where the span has it done to a name that the sentence has not.

    Of those whom the sentence names, the span has none; they may stand around it all the same.
    """
    deed = deed_of(sentence)
    named = [one for one in deed.objects if one.kind is Kind.NAME] if deed else []
    if deed is None or deed.passive or not named:
        return ""
    given = terms(span)
    there = {one.key for one in given}
    if any(one.key in there for one in named):
        return ""
    said = {one.key for one in terms(sentence)}
    for i, one in enumerate(given):
        if one.key == deed.verb.key or akin(one.key, deed.verb.key):
            others = (o for o in _behind(given[i + 1 :]) if o.kind is Kind.NAME)
            if other := next((o for o in others if o.key not in said), None):
                return phrase("another-name", given=other.text, said=named[0].text)
    return ""


def _behind(found: Sequence[Term]) -> Iterator[Term]:
    for one in found[:_NEAR]:
        if one.text.lower() in _PARTING:
            return
        yield one
