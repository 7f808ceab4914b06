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
    r"\s+(?:of|to|in|at)\s(?!th(?:e|at)\s+time\b)[^?,]{2,60}?)(?:\s+(?:then|now|today|at\s+th(?:e|at)\s+time|in\s+\d{4}))?\s*\?*$",
    re.IGNORECASE,
)


_WHO_ARE_THEY = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?who\s+(?:are|were)\s+(?:they|these|those)\W*$", re.IGNORECASE
)
# "Two Confederate envoys", "53 Africans", but no "two papers".
_PERSONS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|several|\d{1,3})\s"
    r"(?P<np>(?:[A-Za-z][\w-]+\s){0,2}?(?:[A-Za-z]*(?:ians|cans|ists|ees|ators|itors|diers|nisters|"
    r"[dnr]ants|nauts|voys|mats|leaders|traders|gents)|men|women|people|captives|hostages|spies|"
    r"pilots|officers|officials|students|presidents|chiefs|rebels|nationals|citizens|delegates|"
    r"representatives|prisoners|commanders|members))\b",
)
_OF_ANOTHER = re.compile(
    r"\b(?:after|before|succeeded|replaced|followed|preceded|instead of|in place of)\s+"
    r"(?:the\s+)?(?-i:[A-Z])",
    re.IGNORECASE,
)

_WHO = re.compile(r"^\W*(?:and\s+)?who\b", re.IGNORECASE)
_HIS_OTHER = re.compile(
    r"\b(?:his|her)\s+(?P<other>successor|predecessor)\b(?!['’])", re.IGNORECASE
)
_ASKS_FOR = {
    "successor": re.compile(r"^\W*who\s.*\b(?:succeeded|replaced|followed|successor)\b", re.I),
    "predecessor": re.compile(r"^\W*who\s.*\b(?:preceded|predecessor)\b", re.IGNORECASE),
}


def those_who(question: str, asked: str) -> str:
    """Who "they" are after "Who disagreed?", and whose minds, views or reasons: those who did."""
    they = THEY.search(question) or _THEIR_MINDS.search(question)
    found = _WHO_DID.match(asked) if they else None
    return f"those who {found['did']}" if found else ""


def persons_told(question: str, answer: str) -> str:
    """The persons that an answer counted, where it is asked who they were."""
    found = _PERSONS.search(answer) if _WHO_ARE_THEY.match(question) else None
    return f"the {found['np']}" if found else ""


def who_is(asked: str) -> str:
    """Somebody by what he is, where it is asked who that is: "the president of Ghana".

    Or by what he did after, before or in place of another, who is not meant then.
    """
    if found := _WHO_IS_THE.match(asked):
        return found["who"]
    another = _WHO_DID.match(asked) if _OF_ANOTHER.search(asked) else None
    return f"the one who {another['did']}" if another else ""


def the_other(question: str, asked: str, person: str) -> str:
    """The question with the name of "his successor" who was asked for last; else as it is."""
    found = _HIS_OTHER.search(question)
    if found is None or not person or person.startswith("the ") or _WHO.match(question):
        return question
    if not _ASKS_FOR[found["other"].lower()].search(asked) or person in asked:
        return question
    return f"{question[: found.start()]}{person}{question[found.end() :]}"


def of_gender(question: str) -> str:
    """What "he" or "she" tell of somebody: "m" or "f", nothing where neither or both are said."""
    told = {gender for gender, said in _GENDERS if said.search(question)}
    return told.pop() if len(told) == 1 else ""
