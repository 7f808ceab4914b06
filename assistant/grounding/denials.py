"""Denials: what one text denies and the other states."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from assistant.grounding.alignment import align, put_otherwise
from assistant.grounding.meanings import akin, opposite
from assistant.grounding.operators import (
    Operator,
    Sense,
    counts_by_head,
    denies_all_but,
    is_operator,
    operators,
    spelled,
)
from assistant.grounding.predicates import deed_of
from assistant.grounding.senses import changed, occurrences
from assistant.grounding.sentences import sentences
from assistant.grounding.terms import Kind, Term, terms
from assistant.phrases import phrase

# "Not only" and "no more than" deny nothing.
_TURNING = frozenset({"only", "all", "more", "less", "fewer", "just", "merely", "later"})
# Words that deny without a small word for it.
NEGATIVE = re.compile(
    r"\b(?:prevent|prohibit|forbid|forbad|bann?(?:s|ed|ing)?\b|exempt|except|reject|rebuff|reluctan|hesita|"
    r"disagree|impossib|unable|unaccept|unwilling|unlike|undeterm|unrestrict|avoid|"
    r"exclud|too\s+\w+\s+to\b|rather\s+than|unsuccess|in\s+vain|barr?(?:s|ed|ing)\b)",
    re.IGNORECASE,
)
# Behind these something else is said, of which a denial before tells nothing.
_GOES_ON = re.compile(
    r"[;:—–]|(?<!\b[A-Z])[.!?](?=\s)|,?\s+(?:but|although|though|however|while|whereas|instead|rather|until|"
    r"mais|tandis)\b|,\s+(?:and|et)\b"
)
_OF_NONE = re.compile(r"\b(?:nothing|nobody|no\s+one|none|neither|aucun|rien)\b", re.IGNORECASE)
# Who is prevented from something does not do it.
_PREVENTED = re.compile(
    r"\b(?:prevent|prohibit|forbid|forbad|bann|barr|exempt|refus|reject|unable|unwilling)\w*",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\b(?:only|alone|too\s+\w+\s+to|stop\w*|instead)\b", re.IGNORECASE)
_PREFIXED = re.compile(r"(?<![\w-])(?P<non>non-)?(?P<word>[a-z]{5,})\b")
_IN_VAIN = re.compile(r"\b(?:unsuccessful(?:ly)?|in vain|to no avail|without success|fail\w+)\b")
# "Relations between the two were never established": there are none.
_NEVER_CAME_TO_BE = re.compile(
    r"\b(?:was|were|has|have|had|is|are)\s+(?:never|not)\s+(?:been\s+)?(?:\w+ly\s+)?(?:established|"
    r"created|formed|founded|opened|built|held|made|given|granted|concluded|signed|agreed|reached)\b"
)
_CAME = re.compile(
    r"\b(?:never|not|n[’']t)\s+(?:\w+ly\s+)?(?:materiali[sz]ed?|happen(?:ed)?|occur(?:red)?|"
    r"c[ao]me\s+(?:about|off|to\s+pass|into\s+(?:being|force|effect))|t(?:ook|ake)\s+place|"
    r"succeed(?:ed)?|reali[sz]ed|built|implemented|carried\s+out|put\s+into)\b"
)
_WITHOUT = re.compile(r"\bwithout\s[^,.;:()]+")
_OF_SEVERAL = frozenset(["neither", "nor"])
_DENIED_ANY = re.compile(
    r"\b(?:not|never|without|nor|neither|no\s+\w+)\b(?:\s+[\w’'-]+){0,8}?\s+any\s+"
    r"(?P<what>[\w’'-]+(?:\s+[\w’'-]+){0,3})",
    re.IGNORECASE,
)
# A denial of so few words: "not", "did not".
_FEW = 2


def denied(sentence: str, span: str, _: str = "") -> list[str]:
    """What is wrong where one of the two denies what the other states.

    Where both deny something, in words of their own, perhaps they deny the same.
    """
    span = _telling_it(sentence, span)
    if _fails(sentence) and _IN_VAIN.search(span):
        return []
    if _ONLY.search(sentence) and denies_all_but(span):
        return []
    if put_otherwise(sentence, span) and _both_deny(sentence, span):
        return _stated(sentence, span)
    if _denies_the_same(sentence, span):
        return []
    return _denied(sentence, span)


def _denies_the_same(sentence: str, span: str) -> bool:
    """Whether what alone the sentence denies stands once in the span, and there behind a denial.

    Where another verb is denied, this holds for what stands behind it: "did not promise support"
    says what "did not contain provisions for support" does.
    """
    denials = _denials(sentence)
    if len(denials) != 1 or NEGATIVE.search(sentence):
        return False
    heads, others = denials[0].heads, [one.heads[:1] for one in _denials(span)]
    said = {one.key for one in terms(sentence) if is_content(one)}
    if len(others) > 1 and sum(not said.isdisjoint(each) for each in others) > 1:
        return False
    times, reaches = occurrences(span), [*_reaches(span)]
    known = [key for key in heads if any(akin(key, one) for one in times)]
    if not known or (known[0] != heads[0] and any(opposite(heads[0], one) for one in times)):
        return False
    return times.get(known[0]) == 1 and any(known[0] in one for one in reaches)


def _stated(sentence: str, span: str) -> list[str]:
    """What is wrong with a denial of what the span has before or beside its own denials alone."""
    last = {one.key: one.end for one in terms(span) if is_content(one)}
    denied_there = frozenset[str]().union(*_reaches(span), *(one.heads for one in _denials(span)))
    for one in _denials(sentence):
        end = last.get(one.heads[0]) if one.heads else None
        if end is None or one.heads[0] in denied_there or NEGATIVE.search(sentence):
            continue
        # "He proposed to disarm them, but this was rejected."
        if not NEGATIVE.search(span, end) and not _IN_VAIN.search(span):
            return [phrase("denial-added", said=one.text.lower())]
    return []


def _reaches(text: str) -> Iterator[frozenset[str]]:
    """What stands behind each denial, up to where another statement begins.

    Of what never came to be, what stands before it.
    """
    for found in _NEVER_CAME_TO_BE.finditer(text):
        yield _before(text, found.start())
    behind = [one.end for one in terms(text) if one.kind is not Kind.NUMBER and _denies(one)]
    behind += [one.end() for one in _PREVENTED.finditer(text)]
    for start in behind:
        end = _GOES_ON.search(text, start)
        reach = terms(text[start : end.start() if end else None])
        yield frozenset(one.key for one in reach if is_content(one))


def _before(text: str, end: int) -> frozenset[str]:
    """What stands before a place, from where its statement begins."""
    begins = [one.end() for one in _GOES_ON.finditer(text, 0, end)]
    found = terms(text[begins[-1] if begins else 0 : end])
    return frozenset(one.key for one in found if is_content(one))


def _never_was(sentence: str, span: str) -> str:
    """The denial by which the span says that most of what the sentence speaks of never was."""
    said = frozenset(one.key for one in terms(sentence) if is_content(one))
    for found in _NEVER_CAME_TO_BE.finditer(span):
        if 2 * len(said & _before(span, found.start())) > len(said):
            return "never" if "never" in found.group() else "not"
    return ""


def _fails(sentence: str) -> bool:
    """Whether failing is all that the sentence denies."""
    denials = _denials(sentence)
    return bool(denials) and all(one.text.lower().startswith("fail") for one in denials)


def _telling_it(sentence: str, span: str) -> str:
    """The one sentence of a span that has all words which the span has, if one does.

    What the sentence beside it denies is another matter.
    """
    said = {one.key for one in terms(sentence) if is_content(one)}
    shared = said & {one.key for one in terms(span)}
    each = sentences(span)
    own = (one.text for one in each if all(_has(key, one.text) for key in shared))
    return next(own, span) if len(each) > 1 else span


def _has(key: str, text: str) -> bool:
    return any(akin(key, one.key) for one in terms(text))


def _both_deny(sentence: str, span: str) -> bool:
    """Whether both deny something; what is said of one thing only denies it of others."""
    said, given = bool(_denials(sentence)), bool(_denials(span))
    if said and given:
        return True
    return bool(NEGATIVE.search(span) if said else given and _negative_or_only(sentence))


def _negative_or_only(text: str) -> bool:
    return bool(NEGATIVE.search(text) or _ONLY.search(text))


def _denied(sentence: str, span: str) -> list[str]:
    added, dropped = changed(sentence, span)
    if Sense.NOT in added and (new := _denied_anew(sentence, span)):
        return [phrase("denial-added", said=new)]
    if Sense.NOT in dropped and _is_denied(sentence, span) and not _of_several(sentence, span):
        return [phrase("word-dropped", given=spelled(span, Sense.NOT))]
    if not _denials(sentence) and (nobody := _said_of_none(sentence, span)):
        return [phrase("word-dropped", given=nobody)]
    if not _denials(sentence) and (never := _never_was(sentence, span)):
        return [phrase("word-dropped", given=never)]
    more = len(_denials(sentence)) > len(_denials(span))
    if _denied_again(sentence, span) and (more or _denied_anew(sentence, span)):
        return [phrase("denied-twice")]
    return _left_out(sentence, span)


def denied_name(sentence: str, span: str) -> str:
    """What is wrong where the span denies two words of a name side by side, and no others do.

    "Not Member States of the union" are not members of it though they are of another.
    """
    if any(one.sense is Sense.NOT for one in operators(sentence)):
        return ""
    said, given = _side_by_side(sentence), _side_by_side(span)
    for one in _denials(span):
        if one.heads in said and given.count(one.heads) == 1:
            return phrase("word-dropped", given=one.text.lower())
    return ""


def left_aside(sentence: str, span: str) -> str:
    """What is wrong with a name that the span has behind "without" alone; else empty.

    Who acts "without asking either of them" was asked by neither.
    """
    if _denials(sentence) or NEGATIVE.search(sentence):
        return ""
    aside = [one.span() for one in _WITHOUT.finditer(span)]
    for name in (one for one in terms(sentence) if one.kind is Kind.NAME and is_content(one)):
        given = [one for one in terms(span) if one.key == name.key]
        if given and all(any(i <= one.start < j for i, j in aside) for one in given):
            return phrase("word-dropped", given="without")
    return ""


def never_came(sentence: str, span: str) -> str:
    """What is wrong where all that the span has of a thing done is that it did not come to pass."""
    deed = deed_of(sentence)
    if deed is None or deed.passive or not deed.objects or _denials(sentence):
        return ""
    told = [one.text for one in sentences(span) if _has_all(deed.objects, one.text)]
    given = [one[0] for each in told if (one := _CAME.search(each))]
    if NEGATIVE.search(sentence) or any(_has(deed.verb.key, one) for one in told):
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


def is_content(*words: Term) -> bool:
    """Whether all of the words tell something."""
    return all(one.kind is not Kind.COMMON and not is_operator(one) for one in words)


def _denials(text: str) -> list[Operator]:
    return [one for one in operators(text) if one.sense is Sense.NOT]


def _denied_anew(sentence: str, span: str) -> str:
    """The first denial of what the span does not deny: "never took Riga's" denies no town."""
    denied_there = {head for head, sense in counts_by_head(span) if sense is Sense.NOT}
    denied_there.update(_any_of(span))
    # "Ne … pas" is one denial.
    denials = (
        one for one in _denials(sentence) if not (denied_there and one.text.lower() == "pas")
    )
    return next(
        (one.text.lower() for one in denials if not denied_there.intersection(one.heads[:1])), ""
    )


def _is_denied(sentence: str, span: str) -> bool:
    """Whether the span denies a word of the sentence itself, or has half of it behind a denial.

    "Not later than" denies nothing.
    """
    said = frozenset(one.key for one in terms(sentence) if is_content(one))
    first = [one.heads[0] for one in _denials(span) if one.heads and one.heads[0] not in _TURNING]
    if any(akin(one, key) for one in first for key in said):
        return True
    return bool(first) and any(2 * len(said & one) >= len(said) for one in _reaches(span))


def _said_of_none(sentence: str, span: str) -> str:
    """The word by which the span says of nothing and nobody most of what the sentence says."""
    said = frozenset(one.key for one in terms(sentence) if is_content(one))
    for one in _OF_NONE.finditer(span):
        end = _GOES_ON.search(span, one.end())
        reach = terms(span[one.end() : end.start() if end else None])
        if 2 * len(said & {each.key for each in reach}) > len(said) > 1:
            return one[0].lower()
    return ""


def _of_several(sentence: str, span: str) -> bool:
    """Whether the span denies of each by "neither … nor" what the sentence denies of all."""
    given = _denials(span)
    denied_there = {head for one in given for head in one.heads}
    return all(one.text.lower() in _OF_SEVERAL for one in given) and any(
        denied_there.intersection(one.heads) for one in _denials(sentence)
    )


def _any_of(text: str) -> Iterator[str]:
    """What a denial denies by "any": "not be subject to any form of arrest" denies the arrest."""
    for match in _DENIED_ANY.finditer(text):
        yield from (one.key for one in terms(match["what"]) if is_content(one))


def _left_out(sentence: str, span: str) -> list[str]:
    """What is wrong where nothing but the denial is left out between words that both have."""
    for one in align(sentence, span).inner:
        denying = [term for term in one.given if _denies(term)]
        bare = len(one.given) <= _FEW and not any(map(_denies, one.said))
        if denying and bare and not any(_turns(term) for term in one.given):
            return [phrase("word-dropped", given=denying[0].text.lower())]
    return []


def _denies(term: Term) -> bool:
    return any(one.sense is Sense.NOT for one in operators(term.text))


def _turns(term: Term) -> bool:
    return term.text.lower() in _TURNING


def _denied_again(sentence: str, span: str) -> bool:
    """Whether a word that both have as often is denied an even number of times in one alone."""
    said, given = counts_by_head(sentence), counts_by_head(span)
    mine, theirs = occurrences(sentence), occurrences(span)
    return any(
        sense is Sense.NOT
        and mine.get(head) == theirs.get(head) == 1
        and (count - given.get((head, sense), 0)) % 2
        for (head, sense), count in said.items()
    )
