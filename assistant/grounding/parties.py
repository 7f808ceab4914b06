"""States by the part they have in a treaty: "the sending State" is whichever it says that is.

Who tells what a treaty lays down names the states; its articles name their parts. What the text's
document says of these is read in their place, unless the sentence speaks of the parts, too.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from assistant.grounding.states import named_in

_PART = r"(?i:(?P<part>host|sending|receiving)\s+(?:state|country|nation|party))"
_HAS_PART = re.compile(rf"\b{_PART}\b")
_OPENS, _CLOSES = r"[“\"„‘'’`*]*", r"[”\"“’'`*]*"
_WHOSE = r"(?P<name>(?:the\s+)?[A-Z][^;:.,\n”\"“()]{2,60})"
# "“Host State” means the Republic of Chad", "Host State: the Republic of Chad".
_MEANS = re.compile(
    rf"\b{_PART}{_CLOSES}[;,]?\s*(?:(?:shall\s+)?means?\b|refers\s+to\b|:)\s*{_WHOSE}"
)
# "The Republic of Chad, hereinafter referred to as “the Host State”".
_NAMED = re.compile(
    rf"\b{_WHOSE},?\s+\(?herein\s?after\s+(?:referred\s+to(?:\s+as)?|called|known\s+as)?\s*"
    rf"{_OPENS}(?:the\s+)?{_OPENS}{_PART}"
)
_AS_SAID = re.compile(rf"\b(?:the|a)\s+{_PART}\b", re.IGNORECASE)
# Treaties have two words for the same part.
_ALIKE = {"host": "receiving", "receiving": "host"}

Parties = Mapping[str, str]
"""The name of a state by its part in a treaty: "sending", "receiving" or "host"."""


def has_a_part(text: str) -> bool:
    """Whether a text speaks of a state by its part in a treaty."""
    return _HAS_PART.search(text) is not None


def parties_of(texts: Iterable[str]) -> Parties:
    """The states by their part, where one of the texts says which has it."""
    found: dict[str, str] = {}
    for text in texts:
        for one in (*_MEANS.finditer(text), *_NAMED.finditer(text)):
            # Who is named last before the part has it, and it means who is named first.
            names = named_in(one["name"])
            if names:
                found.setdefault(one["part"].lower(), names[0 if one.re is _MEANS else -1])
    return found


def in_their_names(text: str, parties: Parties) -> str:
    """The text with the names of the states in place of their parts."""
    if not parties:
        return text

    def put(found: re.Match[str]) -> str:
        part = found["part"].lower()
        return parties.get(part) or parties.get(_ALIKE.get(part, "")) or found[0]

    return _AS_SAID.sub(put, text)


@lru_cache(maxsize=512)
def called_alike(text: str, sentence: str) -> str:
    """The text with the sentence's word for a part for which treaties have two."""
    for one in _HAS_PART.finditer(sentence):
        part = one["part"].lower()
        other = _ALIKE.get(part)
        if other and not re.search(rf"\b{part}\s", text, re.IGNORECASE):
            text = _pattern(other).sub(one[0], text)
    return text


@cache
def _pattern(part: str) -> re.Pattern[str]:
    return re.compile(rf"\b{part}\s+(?:state|country|nation|party)\b", re.IGNORECASE)
