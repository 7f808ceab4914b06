"""What limits a statement where it stands and is gone from who repeats it.

Who said it, on what condition, with what exception, and that it was yet to come.
"""

import re

from assistant.grounding.attributed import unattributed
from assistant.grounding.conditions import (
    conditioned,
    excepted,
    left_to_somebody,
    unconditional,
    unrestricted,
)
from assistant.grounding.operators import Sense, operators
from assistant.grounding.unfulfilled import in_vain, unfulfilled
from assistant.phrases import phrase

_EVERY = frozenset(
    ["all", "every", "always", "everyone", "everywhere", "entire", "entirely", "tous", "toutes"]
)
_WHOLE = _EVERY | {"each", "any", "whole", "only"}
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|thanks to|as a result of|in response to|parce que|"
    r"en raison de|à cause de)\b",
    re.IGNORECASE,
)
_CAUSED = re.compile(
    r"\b(?:because|due|owing|thanks|wake|follow\w*|result\w*|respon\w+|therefore|consequen\w*|caus\w+|led|lead\w*|"
    r"reason\w*|since|so|thus|hence|prompt\w*|trigger\w*|fear\w*|as|why|effect\w*|attribut\w+|after|"
    r"from|given|parce que|en raison|car|afin)\b",
    re.IGNORECASE,
)
_TRIED = re.compile(
    r"(?:attempt|effort|tr(?:y|ies|ied)|fail|refus|declin|reluctan|s(?:eek|ought))\w*\s"
)


def limit(sentence: str, span: str) -> str:
    """What is wrong where the span limits what the sentence says without limit; else empty."""
    if frame := unattributed(sentence, span):
        return phrase("said-by-somebody", frame=frame)
    for check in (unconditional, conditioned, not_of_all, unrestricted):
        if condition := check(sentence, span):
            return phrase("limited", condition=condition)
    if limited := excepted(sentence, span) or left_to_somebody(sentence, span):
        return phrase("limited", condition=limited)
    if deed := in_vain(sentence, span):
        return phrase("failed", frame=deed)
    return _open(unfulfilled(sentence, span))


def _open(deed: str) -> str:
    """What is wrong with a deed that those words leave open; else empty."""
    if not deed:
        return ""
    # What somebody only tried or was loath to do may never have been to come.
    return phrase("not-done", frame=deed) if _TRIED.match(deed) else phrase("to-come", deed=deed)


def not_of_all(sentence: str, span: str) -> str:
    """By what word the span says of most or some what the sentence says of all; else empty."""
    said, given = _amounts(sentence), _amounts(span)
    if not said.keys() & _EVERY or given.keys() & _WHOLE or Sense.SOME in said.values():
        return ""
    return next((word for word, sense in given.items() if sense is Sense.SOME), "")


def _amounts(text: str) -> dict[str, Sense]:
    return {one.text.lower(): one.sense for one in operators(text)}


def unfounded(sentence: str, span: str) -> str:
    """What is wrong where the sentence makes one fact the cause of another; else empty.

    Told where the span has no word that could say so, not even "after".
    """
    cause = _CAUSE.search(sentence)
    return phrase("word-added", said=cause[0]) if cause and not _CAUSED.search(span) else ""
