"""Signs in a text that are no part of what its sentences say: markers of citations, and bullets."""

import re

_MARKER = re.compile(r"\s*\[(\d+)\]")
# A marker after the full stop belongs to the sentence before it.
_AFTER_STOP = re.compile(r"([.!?…][\"”’)]*)((?:\s*\[\d+\])+)")
_BULLET = re.compile(r"^\s*(?:[-•*]|\d+[.)])\s+")


def before_stops(text: str) -> str:
    """The same with every marker that follows a full stop put before it."""
    return _AFTER_STOP.sub(r"\2\1", text)


def bare(sentence: str) -> tuple[str, str, set[int]]:
    """The bullet before a sentence, the sentence without markers, and their numbers."""
    bullet = _BULLET.match(sentence)
    body = sentence[bullet.end() if bullet else 0 :]
    words = _MARKER.sub("", body).strip()
    return bullet.group() if bullet else "", words, {int(n) for n in _MARKER.findall(body)}
