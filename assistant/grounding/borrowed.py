"""A name that the surroundings lend to what a span says without it."""

import re

from assistant.answers.words import initials
from assistant.grounding.clauses import lacking_in
from assistant.grounding.meanings import akin
from assistant.grounding.names import capitals, stem_of, stems_of
from assistant.grounding.sentences import sentences
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase

# More names than these come with a clause of their own, of which others tell.
_MOST = 3
_AUXILIARY = frozenset(
    ["is", "are", "was", "were", "has", "have", "had", "est", "sont", "a", "ont"]
)
# Who is said to say it, before the first comma.
_SPEAKER = re.compile(
    r"(?:(?:According to|In the (?:words|view|opinion) of|Selon|D[’']après)\s+(?P<one>[^,]{3,60})"
    r"|(?:As|Comme)\s+(?P<other>[^,]{3,60}?)\s+(?:once\s+)?(?:wrote|said|says|put it|stated|noted|"
    r"observed|argued|explained|recalled|remarked|declared|l[’']a (?:dit|écrit))),\s"
)


def borrowed(sentence: str, span: str, around: str) -> str:
    """What is wrong with a name behind the verb that only other sentences have; else empty.

    Told where a sentence of the span has all other words: whom it is about may stand before it.
    """
    above = around.partition("\n")[0]
    found = [_lent(sentence, span, around)]
    if len(each := sentences(span)) > 1:
        found += [_lent(sentence, one.text, f"{above}\n{span}") for one in each]
    return next(filter(None, found), "")


def _lent(sentence: str, span: str, around: str) -> str:
    lacking = lacking_in(sentence, span)
    above, short = around.partition("\n")[0], initials(around)
    known = stems_of(f"{above}\n{span}")
    names = [
        one
        for one in _behind_verb(sentence)
        if stem_of(one.text) not in known and one.text.lower() not in short and len(one.text) > 1
    ]
    if not 0 < len(names) <= _MOST or lacking - set(names):
        return ""
    given = {one.key for one in terms(span)}
    name = next((one for one in names if not any(akin(one.key, key) for key in given)), None)
    return phrase("name-nowhere", name=name.text) if name else ""


def _behind_verb(sentence: str) -> list[Term]:
    """The names behind the first word that looks like a verb."""
    found = terms(sentence)
    first = next((i for i, one in enumerate(found) if _looks_like_verb(one)), len(found))
    return [one for one in found[first:] if one.kind is Kind.NAME]


def _looks_like_verb(one: Term) -> bool:
    small = one.text.lower()
    return small in _AUXILIARY or (one.kind is Kind.WORD and small.endswith(("ed", "s")))


def speaker(sentence: str, span: str) -> str:
    """What is wrong with a named speaker of whom the span knows nothing; else empty."""
    said = _SPEAKER.match(sentence)
    if said is None:
        return ""
    known = stems_of(span)
    names = (word for word, _ in capitals(said["one"] or said["other"]))
    name = next((one for one in names if stem_of(one) not in known), "")
    return phrase("name-nowhere", name=name) if name else ""
