"""What is done: another verb between the same words is another claim.

"The committee commands the council" has every word but one of "the committee advises the council".
"""

import re
from collections.abc import Iterator
from itertools import dropwhile, takewhile

from assistant.grounding.clauses import Near, lacking_in, mean_near
from assistant.grounding.meanings import akin, may_be_a_verb, mean_the_same
from assistant.grounding.small import BETWEEN, HARMLESS, LIGHT
from assistant.grounding.terms import Kind, Term, key_of, terms
from assistant.phrases import phrase

# A word without counterpart that comes so near to one of the span is perhaps another for it.
_NEAR = 0.72
_LIGHT_LIST = (
    "include involve conduct give allow need experience total receive number play feature contain "
    "consist provide become remain use serve see find know call name consider describe refer "
    "relate base locate situate occur happen begin start continue follow cause lead result help "
    "enable let keep put set hold bear show tell say mean represent constitute form comprise cover "
    "concern regard deal appear exist live stand lie want require ask try work act function do "
    "perform carry undertake participate join conclude complete finish achieve reach obtain gain "
    "acquire own possess belong qualify apply affect offer create produce develop increase make"
)
# Writers put these for nearly anything that is done.
_LIGHT = LIGHT | frozenset(map(key_of, _LIGHT_LIST.split()))
_BEFORE = re.compile(
    r"\b(?:is|are|was|were|been|be|being|has|have|had|will|would|may|might|can|could|shall|should|"
    r"must|did|does|do|to|not|never|also)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s+(?:the|a|an|its|their|his|her|this|that|these|those|all|every|each|both|any|no|some|"
    r"against|[A-Z0-9])\b"
)
_REACH = 30
_ARTICLES = frozenset(["the", "a", "an", "its", "their", "his", "her", "le", "la", "les"])


def done_otherwise(sentence: str, span: str, near: Near) -> str:
    """What is wrong where something else is done, by the words or to whom it is done; else empty.

    The first is told where the embedder tells its tokens alone.
    """
    return _unheard(sentence, span, near) or _to_the_same(sentence, span)


def _unheard(sentence: str, span: str, near: Near) -> str:
    """What is wrong where the verb is the only word of which the span has nothing."""
    lacking = lacking_in(sentence, span)
    verbs = [one for one in _verbs(sentence) if one in lacking]
    if not near or len(lacking) != 1 or not verbs or mean_near(verbs[0], near) >= _NEAR:
        return ""
    return phrase("words-nowhere", said=verbs[0].text)


def _to_the_same(sentence: str, span: str) -> str:
    """What is wrong where a verb of the span, and no akin one, stands before the same name."""
    said, given = dict(_governed(sentence)), dict(_governed(span))
    known = [one.key for one in terms(span)]
    for names in said.keys() & given.keys():
        mine, theirs = said[names], given[names]
        if not akin(mine.key, theirs.key) and not any(
            mean_the_same(mine.key, one) for one in known
        ):
            return phrase("another-word", given=theirs.text, said=mine.text)
    return ""


def _governed(text: str) -> Iterator[tuple[tuple[str, ...], Term]]:
    """The names to which something is done, with the verb directly before them."""
    found = terms(text)
    for verb in _verbs(text):
        after = dropwhile(lambda one: one.text.lower() in _ARTICLES, found[found.index(verb) + 1 :])
        names = tuple(one.key for one in takewhile(lambda one: one.kind is Kind.NAME, after))
        if names:
            yield names, verb


def _verbs(sentence: str) -> Iterator[Term]:
    """The verbs of a sentence that say much, by their forms and what stands beside them."""
    for one in terms(sentence)[1:]:
        says = one.kind is Kind.WORD and one.key not in HARMLESS | _LIGHT | BETWEEN
        if says and may_be_a_verb(one.key) and _is_verb(sentence, one):
            yield one


def _is_verb(sentence: str, one: Term) -> bool:
    word = one.text.lower()
    if word.endswith("ed") or _BEFORE.search(sentence[max(0, one.start - _REACH) : one.start]):
        return True
    return not word.endswith("ing") and bool(_BEHIND.match(sentence, one.end))
