"""Which office it is asked who had: one of several words is told by all of them in a row."""

import re
from functools import cache

from assistant.answers.asking import ASKING
from assistant.answers.peoples import names_of_countries
from assistant.answers.words import stems
from assistant.retrieval.standalone import content_words

HEADS = (
    r"(?:ministers?|secretar(?:y|ies)|presidents?|chair(?:man|woman)?|ambassadors?|attach[ée]s?|"
    r"commanders?|directors?|commissioners?|representatives?|envoys?|consuls?|advis[eo]rs?|"
    r"negotiators?|governors?|chancellors?|generals?|delegates?|chiefs?)"
)
"""What an office is called, whatever it is for."""
# "British Foreign Secretary", "the U.S. Secretary of State", "minister of foreign affairs"
_HELD = re.compile(
    rf"{ASKING}(?:who|whom)\s+(?:was|were)\s+(?:serving\s+as\s+)?"
    rf"(?P<office>(?:the\s+)?(?:[\w.-]+\s+){{0,4}}?{HEADS}"
    r"(?:\s+of\s+(?:(?-i:[A-Z])\w+|(?:the\s+)?\w+(?:\s+affairs)?))?)"
    r"(?=\s+(?:of|in|at|for|to|during|when|while|under|on|from|as|that)\b|\W*$)",
    re.IGNORECASE,
)
# Whose it was, when, and what a department is called besides its work.
_BESIDE = re.compile(
    r"\b(?:first|last|then|next|only|new|former|acting|affairs|its|their|his|her|our|your|my)\b|\b(?:[A-Z]\.){2,}|\b[A-Z]{2,}\b",
)
_FEWEST = 2


def office_held(asking: str) -> frozenset[str]:
    """The stems of an office of several words that it is asked who had; none of another.

    Whose office it was is a name like others, and told in other words as often as not.
    """
    found = _HELD.search(asking)
    return stems_of_office(found["office"]) if found else frozenset()


def stems_of_office(said: str) -> frozenset[str]:
    """The stems of an office of several words as it is said; none of another."""
    words = content_words(_BESIDE.sub(" ", said))
    office = stems(" ".join(one for one in words if one.lower() not in _countries()))
    return office if len(office) >= _FEWEST else frozenset()


@cache
def _countries() -> frozenset[str]:
    """The names of countries and their peoples, of those in several words each."""
    return frozenset(
        word for names in names_of_countries() for name in names for word in name.split()
    )
