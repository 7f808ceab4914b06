"""What is done: another verb between the same words is another claim.

"The committee commands the council" has every word but one of "the committee advises the council".
"""

import re
from collections.abc import Iterator
from itertools import dropwhile, pairwise, takewhile

from assistant.grounding.clauses import Near, lacking_in, mean_near
from assistant.grounding.meanings import may_be_a_verb, may_stand_for, mean_the_same, opposite
from assistant.grounding.operators import Sense, counts_by_head
from assistant.grounding.small import BETWEEN, HARMLESS, WRITTEN_FOR_ANY
from assistant.grounding.subjects import PART_ENDS
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase

# A verb without counterpart that comes so near to a word of the span is perhaps another for it,
# by how many words have none.
_NEAR = {1: 0.72, 2: 0.63}
_BEFORE = re.compile(
    r"\b(?:is|are|was|were|been|be|being|has|have|had|will|would|may|might|can|could|shall|should|"
    r"must|did|does|do|to|not|never|also)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s+(?:the|a|an|its|their|his|her|this|that|these|those|all|every|each|both|any|no|some|"
    r"against|[A-Z0-9])\b"
)
# "Worried about renewed attacks": behind these it tells of what kind a thing is.
_ATTRIBUTE = re.compile(r"\b(?:of|about|for|against|with|from|into|on|in|any|no|a|an)\s+$")
_REACH = 30
# Behind these no verb of the present is the first.
_NO_MAIN = re.compile(
    r"is|are|was|were|has|have|had|can|may|must|will|would|should|could|does|did|do|might|shall|"
    r"be|been|being|to|est|sont",
    re.IGNORECASE,
)
_ARTICLES = frozenset(["the", "a", "an", "its", "their", "his", "her", "le", "la", "les"])


def done_otherwise(sentence: str, span: str, near: Near) -> str:
    """What is wrong where something else is done, by the words or to whom it is done; else empty.

    The first is told where the embedder tells its tokens alone.
    """
    return _unheard(sentence, span, near) or _to_the_same(sentence, span)


def _unheard(sentence: str, span: str, near: Near) -> str:
    """What is wrong where the span has nothing of the verb, and of one word more at most."""
    lacking = lacking_in(sentence, span)
    verb = next((one for one in _verbs(sentence) if one in lacking), None)
    if verb and _denies_opposite(verb, sentence, span):
        return ""
    least = _NEAR.get(len(lacking), 0.0)
    if not near or verb is None or mean_near(verb, near) >= least:
        return ""
    return phrase("words-nowhere", said=verb.text)


def _denies_opposite(verb: Term, sentence: str, span: str) -> bool:
    """Whether the sentence denies a verb of which the span has the opposite: "not approve"."""
    denied = counts_by_head(sentence).get((verb.key, Sense.NOT), 0) % 2
    return bool(denied) and any(
        opposite(verb.key, one.key) and not counts_by_head(span).get((one.key, Sense.NOT))
        for one in terms(span)
    )


def _to_the_same(sentence: str, span: str) -> str:
    """What is wrong where a verb of the span, and no akin one, stands before the same name."""
    said, given = dict(_governed(sentence)), dict(_governed(span))
    known = [one.key for one in terms(span)]
    for names in said.keys() & given.keys():
        mine, theirs = said[names], given[names]
        if not may_stand_for(mine.key, theirs.key) and not any(
            mean_the_same(mine.key, one) for one in known
        ):
            # What another verb of the span says of them in its own words is no other deed.
            if _done_by_the_same(mine, sentence, span):
                continue
            return phrase("another-word", given=theirs.text, said=mine.text)
    return ""


def _done_by_the_same(verb: Term, sentence: str, span: str) -> bool:
    """Whether the span tells in another verb for it what whom the sentence names first did."""
    mine = _names_before(verb, sentence)
    others = (one for one in _verbs(span) if may_stand_for(verb.key, one.key))
    return bool(mine) and any(mine == _names_before(one, span) for one in others)


def _names_before(verb: Term, text: str) -> tuple[str, ...]:
    """The names before a verb in its clause, also one that opens it."""
    start = max((one.end() for one in PART_ENDS.finditer(text, 0, verb.start)), default=0)
    before = [one for one in terms(text) if start <= one.start < verb.start]
    telling = [one for one in before if one.kind in {Kind.NAME, Kind.WORD}]
    return tuple(one.key for one in telling if one.text[0].isupper())


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
    main = _main_verb(sentence)
    for one in terms(sentence)[1:]:
        says = one.kind is Kind.WORD and one.key not in HARMLESS | WRITTEN_FOR_ANY | BETWEEN
        if says and may_be_a_verb(one.key) and (one == main or _is_verb(sentence, one)):
            yield one


def _is_verb(sentence: str, one: Term) -> bool:
    word = one.text.lower()
    if word.endswith("ed") and _ATTRIBUTE.search(sentence[max(0, one.start - _REACH) : one.start]):
        return False
    if word.endswith("ed") or _BEFORE.search(sentence[max(0, one.start - _REACH) : one.start]):
        return True
    return not word.endswith("ing") and bool(_BEHIND.match(sentence, one.end))


def _main_verb(sentence: str) -> Term | None:
    """The first word that agrees as a verb with the noun before it: "attachés recruit agents"."""
    for before, one in pairwise(terms(sentence)):
        if _NO_MAIN.fullmatch(one.text) or (one.text.endswith("ed") and may_be_a_verb(one.key)):
            return None
        owner = before.text.endswith(("'s", "’s"))
        nouns = before.kind in {Kind.WORD, Kind.NAME} and one.kind is Kind.WORD and not owner
        if nouns and may_be_a_verb(one.key) and not sentence[before.end : one.start].strip():
            small, many = one.text.lower(), before.text.lower().endswith("s")
            if many != small.endswith("s") and not small.endswith(("ing", "ss")):
                return one
    return None
