"""Who is meant by what a question says of somebody: "he", "they" after "who did", an office."""

import re

from assistant.retrieval.names import (
    KIN,
)

THEY = re.compile(r"\b(?:they|them)\b(?!\s+both)|\b(?:these|those)(?=\s*[?.!]*$)", re.IGNORECASE)
_GENDERS = (
    ("m", re.compile(r"\b(?:he|him|his)\b", re.IGNORECASE)),
    ("f", re.compile(r"\b(?:she|hers?)\b", re.IGNORECASE)),
)
_THEIR_MINDS = re.compile(
    r"\btheir\s+(?:own\s+)?(?:minds?|views?|opinions?|reasons?|motives?|arguments?|objections?|"
    r"positions?|criticisms?|concerns?|worries|fears)\b",
    re.IGNORECASE,
)
_WHO_DID = re.compile(
    r"^\W*who\s+(?!(?:is|are|was|were|else)\b(?!\s+(?:[a-z]+ed|sent|made|held|taken|given|told)\s))"
    r"(?P<did>[a-z]+\s[^?]*?)\s*\?*$",
    re.IGNORECASE,
)
_WHO_IS_THE = re.compile(
    rf"^\W*who\s+(?:is|was|were|are)\s+(?P<who>the\s+(?:[a-z-]+\s+){{0,2}}"
    rf"(?:{KIN.pattern}|(?![a-z-]*s\b)[a-z-]+)"
    r"\s+(?:of|to|in|at)\s[^?,]{2,60}?)\s*\?*$",
    re.IGNORECASE,
)


_OF_ANOTHER = re.compile(
    r"\b(?:after|before|succeeded|replaced|followed|preceded|instead of|in place of)\s+"
    r"(?:the\s+)?(?-i:[A-Z])",
    re.IGNORECASE,
)


def those_who(question: str, asked: str) -> str:
    """Who "they" are after "Who disagreed?", and whose minds, views or reasons: those who did."""
    they = THEY.search(question) or _THEIR_MINDS.search(question)
    found = _WHO_DID.match(asked) if they else None
    return f"those who {found['did']}" if found else ""


def who_is(asked: str) -> str:
    """Somebody by what he is, where it is asked who that is: "the president of Ghana".

    Or by what he did after, before or in place of another, who is not meant then.
    """
    if found := _WHO_IS_THE.match(asked):
        return found["who"]
    another = _WHO_DID.match(asked) if _OF_ANOTHER.search(asked) else None
    return f"the one who {another['did']}" if another else ""


def of_gender(question: str) -> str:
    """What "he" or "she" tell of somebody: "m" or "f", nothing where neither or both are said."""
    told = {gender for gender, said in _GENDERS if said.search(question)}
    return told.pop() if len(told) == 1 else ""
