"""The time that was spoken of last, for what is said to be "then", "in that year", "after that"."""

import re
from collections.abc import Sequence

from assistant.retrieval.names import KIN

_YEAR = re.compile(
    r"(?<![\d$£€.,])\b(?:1[5-9]|20)\d\d\b(?![.,]?\d|\s?(?:per|million|men|people|troops))"
)
_ASKS_WHEN = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?(?:when|what year|in what year|which year)\b", re.I
)
_FIRST = re.compile(r"^.*?[a-z\d)”]{3}[.!?](?=\s|$)", re.DOTALL)
_IN_THAT_YEAR = re.compile(
    r"\b(?:in\s+)?(?:that|the)\s+same\s+year\b|\b(?:in\s+)?that\s+year\b", re.I
)
_THEN = re.compile(
    r"(?:\b(?:at\s+(?:the|that)\s+time|back\s+then)|(?<=\s)then)(?P<end>\s*[?.!]*\s*)$",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?P<side>before|after)\s+(?:that|then)(?P<end>\s*[?.!]*\s*)$", re.IGNORECASE
)
_WHO_WAS = re.compile(rf"^\W*(?:and\s+)?who\s+(?:is|was|were)\b.*(?:{KIN.pattern}|secretary)", re.I)
_STATE = re.compile(r"\b(?:is|was|were|had|led|ruled|governed|commanded|headed|held)\b", re.I)


def year_spoken_of(answers: Sequence[tuple[str, str]], asked: str) -> str:
    """The one year that the last question names, or the answer to it gives; of earlier ones too.

    `answers` are questions with what was answered, `asked` is the last question. Empty where the
    latest that speaks of years speaks of several.
    """
    told = [*answers, (asked, "")] if not answers or answers[-1][0] != asked else answers
    for question, answer in reversed(told):
        years = _years(question)
        if not years and _ASKS_WHEN.match(question):
            years = _told_first(answer)
        if years:
            return years.pop() if len(years) == 1 else ""
    years = _told_first(answers[-1][1]) if answers else set()
    return years.pop() if len(years) == 1 else ""


def _told_first(answer: str) -> set[str]:
    first = _FIRST.match(answer)
    return _years(first.group() if first else answer)


def _years(text: str) -> set[str]:
    return set(_YEAR.findall(text))


def asks_for_one(question: str, *, after: str) -> bool:
    """Whether a question asks who had an office when something was that was just asked of."""
    return _ASKS_WHEN.match(after) is not None and _WHO_WAS.match(question) is not None


def in_that_year(question: str, year: str) -> str:
    """The question with the year that it speaks of as "that year"; else as it is."""
    if not year or _years(question):
        return question
    return _IN_THAT_YEAR.sub(f"in {year}", question, count=1)


def with_its_year(question: str, year: str) -> str:
    """The question with the year in place of a "then" that it ends on; else as it is."""
    found = _THEN.search(question) if year and not _years(question) else None
    if found is None or not _STATE.search(question):
        return question
    return f"{question[: found.start()].rstrip()} in {year}{found['end']}"


def beside_that(question: str, event: str, year: str) -> str:
    """The question with what "before that" and "after that" is before or after; else as it is."""
    found = _BESIDE.search(question)
    when = event if event and event.lower() not in question.lower() else year
    if found is None or not when or _years(question):
        return question
    return f"{question[: found.start('side')]}{found['side']} {when}{found['end']}"
