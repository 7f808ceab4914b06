"""What narrows down a claim to be the first, only or largest, where no passage does so.

"The first satellite in orbit was Skylark" has all words of "its first satellite, named Skylark,
exploded" but one, and that one makes another claim of it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from assistant.grounding.meanings import may_stand_for
from assistant.grounding.parts import is_finite
from assistant.grounding.predicates import tells
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase

_CLAIM = re.compile(
    r"(?:\b(?:the|its|his|her|their|our|whose)|['’]s?)\s+(?:very\s+)?(?P<claim>first|second|third|"
    r"fourth|fifth|last|only|sole|most|best|worst|earliest|latest|"
    r"(?!(?:for|w|b|n|t|gu|qu|r|conqu|requ|inqu|arr|inter|cont|prot|harv|dig|pri|temp|mod|hon)est\b)"
    r"[a-z]{3,}est)\b",
    re.IGNORECASE,
)
_WITHIN_LIST = "in on at under by for with without aboard outside inside within from during"
_WITHIN = frozenset(_WITHIN_LIST.split())
_BETWEEN = re.compile(r"[,;:.()—–]")


def unqualified(sentence: str, span: str, around: str) -> str:
    """What is wrong where only the sentence says of what the first or largest is it; else empty."""
    # What the sentence has itself is no counterpart of another of its words.
    own = {one.key for one in terms(sentence)}
    given = {one.key for one in (*terms(span), *terms(around.partition("\n")[0]))}
    for said in _qualifiers(sentence):
        told = [one for one in said if tells(one)]
        if told and all(
            one.kind is Kind.WORD and not (one.key in given or _is_in(one, given - own))
            for one in told
        ):
            return phrase("words-nowhere", said=sentence[said[0].start : said[-1].end])
    return ""


def _qualifiers(sentence: str) -> Iterator[Sequence[Term]]:
    """The phrases with a preposition that belong to what is the first or largest."""
    claim = _CLAIM.search(sentence)
    if claim is None:
        return
    found, end = terms(sentence), claim.end()
    of_it: list[Term] = []
    for i in range(sum(one.start < end for one in found), len(found)):
        one = found[i]
        counted = found[i - 1].kind is Kind.NUMBER
        is_verb = is_finite(sentence, found, i) and not counted
        if is_verb or _BETWEEN.search(sentence, end, one.start):
            break
        of_it.append(one)
        end = one.end
    for i, one in enumerate(of_it):
        if one.text.lower() in _WITHIN and i:
            behind = of_it[i + 1 :]
            yield (one, *takewhile(lambda each: each.text.lower() not in _WITHIN | {"of"}, behind))


def _is_in(one: Term, given: Collection[str]) -> bool:
    return any(may_stand_for(one.key, key) for key in given)
