"""By whom something was done, where the span has his name behind "by" of another deed alone.

"Was beaten in two races, but was made a judge by Skua" does not tell that Skua beat him.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from assistant.grounding.meanings import akin, may_be_a_verb
from assistant.grounding.small import LIGHT
from assistant.grounding.terms import key_of
from assistant.phrases import phrase

_BE = r"(?:was|were|is|are|been|be|being)"
_RUN = r"(?:the\s+)?(?P<run>[A-ZÀ-Þ][\w.’'-]*(?:\s+(?:of\s+(?:the\s+)?)?[A-ZÀ-Þ][\w.’'-]*)*)"
_BY = re.compile(rf"\bby\s+{_RUN}")
_PARTICIPLE = r"(?P<verb>[a-z]+(?:ed|en|wn|ht|lt|nt|ft|pt|de|ne|id|ld|uck|un|et|ut))"
_DONE = re.compile(rf"\b{_BE}\s+(?:(?!an?\b|the\b)[\w-]+\s+){{0,2}}?{_PARTICIPLE}\b")
# "A mission led by Skua": the deed stands right before.
_BESIDE = re.compile(rf"\b{_PARTICIPLE}\s+$")
_ENDS = re.compile(r"(?<=[a-z0-9]{3})\s?[.!?](?=\s+[A-Z“\"])|;")
_POSSESSIVE = re.compile(r"[’']s?$")
_USUAL = LIGHT | {key_of(one) for one in ("follow", "see", "know", "hold", "call")}


def done_by_him(sentence: str, span: str) -> str:
    """What is wrong where the span says only of other deeds that they were done by whom it names.

    Silent where it has his name in any other place.
    """
    mine = next(iter(_done_by(sentence)), None)
    if mine is None or key_of(mine[0]) in _USUAL:
        return ""
    verb, doer = mine
    theirs = [one for one, by in _done_by(span) if by == doer]
    # Neither what is his nor what is called by him does anything: "the Skua administration".
    words = ["", *span.split()]
    named = sum(_bare(o) == doer and before.lower() != "the" for before, o in pairwise(words))
    if not theirs or named > len(theirs) or any(_may_be_one(verb, one) for one in theirs):
        return ""
    return phrase("another-name", given=theirs[0], said=verb)


@lru_cache(maxsize=2048)
def _done_by(text: str) -> tuple[tuple[str, str], ...]:
    """The deeds of a text with whom they were done by: a verb, and the last word of his name."""
    return tuple(_deeds(text))


def _deeds(text: str) -> Iterator[tuple[str, str]]:
    for by in _BY.finditer(text):
        start = max((one.end() for one in _ENDS.finditer(text, 0, by.start())), default=0)
        before = text[start : by.start()]
        beside, done = _BESIDE.search(before), [*_DONE.finditer(before)]
        found = beside if beside and may_be_a_verb(key_of(beside["verb"])) else None
        if found or done:
            yield (found or done[-1])["verb"], _head(by["run"].split()[-1])


def _head(word: str) -> str:
    return _POSSESSIVE.sub("", _bare(word))


def _bare(word: str) -> str:
    return word.strip('.,;:()“”"').lower()


def _may_be_one(verb: str, other: str) -> bool:
    return akin(key_of(verb), key_of(other))
