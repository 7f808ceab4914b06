"""What a span denies of one thing alone, and the sentence states: a name, a deed, who was asked."""

import re
from functools import lru_cache
from itertools import pairwise

from assistant.grounding.denials import NEGATIVE
from assistant.grounding.operators import Sense, operators
from assistant.grounding.predicates import deed_of
from assistant.grounding.reach import denials_of, has_akin, is_content
from assistant.grounding.sentences import sentences
from assistant.grounding.terms import Kind, Term, key_of, terms
from assistant.phrases import phrase

_CAME = re.compile(
    r"\b(?:never|not|n[’']t)\s+(?:\w+ly\s+)?(?:materiali[sz]ed?|happen(?:ed)?|occur(?:red)?|"
    r"c[ao]me\s+(?:about|off|to\s+pass|into\s+(?:being|force|effect))|t(?:ook|ake)\s+place|"
    r"succeed(?:ed)?|reali[sz]ed|built|implemented|carried\s+out|put\s+into)\b"
)
_WITHOUT = re.compile(r"\bwithout\s[^,.;:()]+")
_DENIED_VERB = re.compile(
    r"\b(?:had|has|have|was|were|is|are|did|does|do|would|could)\s+(?:not|never)\s+(?:been\s+)?"
    r"(?P<verb>[a-z]{4,})\b"
)
_RELATIVE = re.compile(r",\s+(?:(?:by|to|of|in|for|with)\s+)?(?:which|who|whom|whose)\b")
_EXEMPT = re.compile(r"\b(?:exempt|immune)\w*(?=\s+from\b)")
_FREES = re.compile(r"\b(?:exempt|immun|free|waive|relie|releas|discharg|dispens|exon)\w*", re.I)
_PREFIXED = re.compile(r"(?<![\w-])(?P<non>non-)?(?P<word>[a-z]{5,})\b")


def denied_name(sentence: str, span: str) -> str:
    """What is wrong where the span denies two words of a name side by side, and no others do.

    "Not Member States of the union" are not members of it though they are of another.
    """
    if any(one.sense is Sense.NOT for one in operators(sentence)):
        return ""
    said, given = _side_by_side(sentence), _side_by_side(span)
    for one in denials_of(span):
        if one.heads in said and given.count(one.heads) == 1:
            return phrase("word-dropped", given=one.text.lower())
    return ""


def left_aside(sentence: str, span: str) -> str:
    """What is wrong with a name that the span has behind "without" alone; else empty.

    Who acts "without asking either of them" was asked by neither.
    """
    if denials_of(sentence) or NEGATIVE.search(sentence):
        return ""
    aside = [one.span() for one in _WITHOUT.finditer(span)]
    for name in (one for one in terms(sentence) if one.kind is Kind.NAME and is_content(one)):
        given = [one for one in terms(span) if one.key == name.key]
        if given and all(any(i <= one.start < j for i, j in aside) for one in given):
            return phrase("word-dropped", given="without")
    return ""


def stated_beside(sentence: str, span: str) -> str:
    """What is wrong with a denied verb that the span has in a clause about a thing alone.

    "He had not been able to halt the sales, which he had opposed": these he did oppose.
    """
    for said in _DENIED_VERB.finditer(sentence):
        key = key_of(said["verb"])
        first, *aside = _RELATIVE.split(span)
        # Behind the comma that ends such a clause, the first statement goes on.
        pieces = [first, *(part for one in aside for part in one.split(",", 1))]
        where = [i for i, one in enumerate(pieces) if key in {each.key for each in terms(one)}]
        beside = where and all(i % 2 for i in where)
        if beside and not any(denials_of(pieces[i]) or NEGATIVE.search(pieces[i]) for i in where):
            return phrase("denial-added", said="not")
    return ""


def exempt_nowhere(sentence: str, span: str) -> str:
    """What is wrong with what a sentence exempts where the span exempts and denies nothing."""
    said = _EXEMPT.search(sentence)
    frees = _FREES.search(span) or NEGATIVE.search(span) or denials_of(span)
    return phrase("words-nowhere", said=said[0]) if said and not frees else ""


def never_came(sentence: str, span: str) -> str:
    """What is wrong where all that the span has of a thing done is that it did not come to pass."""
    deed = deed_of(sentence)
    if deed is None or deed.passive or not deed.objects or denials_of(sentence):
        return ""
    told = [one.text for one in sentences(span) if _has_all(deed.objects, one.text)]
    given = [one[0] for each in told if (one := _CAME.search(each))]
    if NEGATIVE.search(sentence) or any(has_akin(deed.verb.key, one) for one in told):
        return ""
    return phrase("word-dropped", given=given[0]) if given and len(given) == len(told) else ""


def _has_all(words: tuple[Term, ...], text: str) -> bool:
    return all(any(one.key == other.key for other in terms(text)) for one in words)


def denied_by_prefix(sentence: str, span: str) -> str:
    """What is wrong where a word has "non-" before it wherever one text has it, and in one alone.

    What "non-nuclear states" do nuclear ones need not.
    """
    if any(one.sense is Sense.NOT for one in operators(sentence)):
        return ""
    said, given = _prefixed(sentence), _prefixed(span)
    for word in said.keys() & given.keys():
        if len(said[word]) == len(given[word]) == 1 and said[word] != given[word]:
            only = {True: f"non-{word}", False: word}
            return phrase(
                "another-word", given=only[True in given[word]], said=only[True in said[word]]
            )
    return ""


@lru_cache(maxsize=1024)
def _prefixed(text: str) -> dict[str, frozenset[bool]]:
    """Of each word that has "non-" before it somewhere or might, whether it does."""
    found: dict[str, set[bool]] = {}
    for match in _PREFIXED.finditer(text.lower()):
        found.setdefault(match["word"], set()).add(bool(match["non"]))
    return {word: frozenset(each) for word, each in found.items()}


def _side_by_side(text: str) -> list[tuple[str, ...]]:
    """Each two words with a capital that are neighbours."""
    return [
        (one.key, other.key)
        for one, other in pairwise(terms(text))
        if one.text[0].isupper() and other.text[0].isupper() and is_content(one, other)
    ]
