"""Pairs that a text lists, "the Centre in Oslo and the School in Rome": each has its own second."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.grounding.names import capitals, form_of
from assistant.phrases import phrase

_NAME = r"[A-ZÀ-Þ][\w’'-]*(?:\s+[A-ZÀ-Þ][\w’'-]*)*"
# A name, and behind a small word or in brackets a second, of a country perhaps.
_SECOND = re.compile(
    rf"(?<=[\w’)])\s+(?:(?P<small>in|at|near|from|for|by|à|en)\s+(?:the\s+)?|\()"
    rf"(?P<name>{_NAME}(?:,\s+{_NAME}(?=[,.;]|$))?)"
)
_LAST = re.compile(rf"{_NAME}(?:\s+(?:and|of|for|the|et|de|du|des|la|le)\s+(?:the\s+)?{_NAME})*$")
_FEWEST = 2


def paired_otherwise(sentence: str, span: str) -> str:
    """What is wrong where the first of one pair stands with the second of another; else empty."""
    said, listed = _names(sentence), _pairs(span)
    for first, second in listed:
        if not first or not first <= said:
            continue
        for other, place in listed:
            own, theirs = second - place, place - second - first
            if theirs & said and not own & said and not other <= said:
                given, wrong = (_written(span, each) for each in (own or second, theirs & said))
                return phrase("another-name", given=given, said=wrong)
    return ""


@lru_cache(maxsize=1024)
def _pairs(text: str) -> Sequence[tuple[frozenset[str], frozenset[str]]]:
    """The names of each pair that has the same small word between as another."""
    found: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}
    end = 0
    for match in _SECOND.finditer(text):
        first = _names(_last_names(text[end : match.start()]))
        second = _names(match["name"])
        if first and second:
            found.setdefault(match["small"] or "", []).append((first, second))
        end = match.end()
    return tuple(pair for pairs in found.values() if len(pairs) >= _FEWEST for pair in pairs)


def _last_names(text: str) -> str:
    """The last names of a text with the small words inside: who stands directly before its end."""
    found = _LAST.search(text)
    return found[0] if found else ""


def _names(text: str) -> frozenset[str]:
    return frozenset(form_of(word) for word, _ in capitals(text))


def _written(text: str, names: frozenset[str]) -> str:
    return next((word for word, _ in capitals(text) if form_of(word) in names), "")
