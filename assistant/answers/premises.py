"""What a question why takes for true: that somebody did something.

Where the library has just that of another, done to whom the question calls the doer, nothing that
it says of both is a reason.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.answers.asking import CAPITAL
from assistant.answers.doers import A_THING
from assistant.answers.words import Names, read_names
from assistant.grounding.meanings import mean_the_same, opposite
from assistant.grounding.terms import key_of

_NAME = rf"{CAPITAL}(?:[\s-]+(?:(?:of|the|and|de)\s+)*{CAPITAL})*"
_WHY = re.compile(
    rf"^\W*(?:and\s+|but\s+)?why\s+(?:did|does|do)\s+(?:the\s+)?(?P<doer>{_NAME})\s+"
    r"(?:(?:first|initially|finally|then|later|once|suddenly|(?-i:[a-z])\w+ly)\s+)?"
    r"(?P<act>(?!not\b|never\b|want\b|have\b)(?-i:[a-z])\w{2,})\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\b[a-z][\w-]{2,}")
_BEFORE_A_THING = re.compile(r"\b(?:the|an?|its|their|his|her|this|that|[\w]+[’']s)\s+(?:\w+\s+)?$")
_DONE_TO = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_BEGINS = 4


@dataclass(frozen=True, slots=True)
class Premise:
    """That those of the name `doer` did what the verb with this `key` says."""

    doer: Names
    key: str

    def is_untold(self, names: Names, told: Iterable[tuple[str, str]]) -> bool:
        """Whether nothing knows of the doer, or it has what was done of another alone.

        `told` are sentences, each with what stands around it. Who is named apart from all other
        `names` of the question is not known there.
        """
        others = Names(names.words - self.doer.words, frozenset(), names.initials)
        named, turned = False, False
        for text, around in told:
            if not self._is_named(around) or _are_missing(others, around):
                continue
            named = True
            for word in _WORD.finditer(text) if self._is_named(text) else ():
                if not _tells(word.group(), self.key):
                    continue
                if self._may_have_done(text, word):
                    return False
                turned = True
        return turned or not named

    def _is_named(self, text: str) -> bool:
        return self.doer.missing_from(text) != self.doer.words

    def _may_have_done(self, text: str, word: re.Match[str]) -> bool:
        before = text[: word.start()]
        if A_THING.search(word.group()) or _BEFORE_A_THING.search(before):
            return True
        return self._is_named(before) or _DONE_TO.search(before) is not None


def _are_missing(names: Names, text: str) -> bool:
    return bool(names.words) and names.missing_from(text) == names.words


def read_premise(question: str) -> Premise | None:
    """Who is said to have done what, by a question why he did; None for other questions."""
    found = _WHY.search(question)
    if found is None:
        return None
    # The first word of all is no name for opening what it opens.
    doer = read_names(f"- {found['doer']}")
    return Premise(doer, key_of(found["act"])) if doer.words else None


@lru_cache(maxsize=65536)
def _tells(word: str, act: str) -> bool:
    key = key_of(word)
    short, long = sorted((key, act), key=len)
    begins = len(short) >= _BEGINS and long.startswith(short) and not opposite(key, act)
    return begins or mean_the_same(key, act)
