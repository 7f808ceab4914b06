"""What a question calls by a common word: "the country", "the ship" whose name was given."""

import re
from collections.abc import Sequence

from assistant.retrieval.names import CAPITAL, FRAME, KIND, names_in

_COUNTRY = re.compile(
    r"\b(?:the|this|that)\s+(?:country|nation|kingdom)\b(?!\s+(?:of|that|which|who|in(?!\s+\d)|with|where)\b)"
    r"(?!-)",
    re.IGNORECASE,
)
_IS_NO_COUNTRY = re.compile(rf"{KIND.pattern}|^(?:North|South|East|West)\w*$", re.IGNORECASE)
_SHIPS = (
    "ship|steamship|warship|battleship|vessel|frigate|steamer|schooner|cruiser|destroyer|gunboat|"
    "corvette|brig|sloop|submarine|yacht|boat|raider"
)
_OTHERS = "plane|aircraft|newspaper|company|firm|island|town|city|village|port|fort|river|strait"
_A_THING = re.compile(
    rf"\b(?:the|this|that)\s+(?P<noun>{_SHIPS}|{_OTHERS})\b(?![’'-])(?!\s+(?:of|that|which|in|at)\b)",
    re.IGNORECASE,
)
_ASKS_ITS_NAME = re.compile(r"\b(?:named?|called)\b", re.IGNORECASE)
_NAME = rf"(?:[A-Z]{{2,3}}\s)?{CAPITAL}(?:\s{CAPITAL})*"


def the_country(question: str, place: str) -> str:
    """The question with the place that was spoken of in place of "the country"; else as it is."""
    found = _COUNTRY.search(question)
    if found is None or not place or _IS_NO_COUNTRY.search(place) or FRAME.fullmatch(place):
        return question
    if _names_another(question[: found.start()]):
        return question
    return f"{question[: found.start()]}{place}{question[found.end() :]}"


def the_ship(question: str, answers: Sequence[str]) -> str:
    """The question with the name that the latest answer gives to "the ship"; else as it is."""
    found = _A_THING.search(question)
    if found is None or _ASKS_ITS_NAME.search(question) or _names_another(question):
        return question
    noun = found["noun"].lower()
    kin = _SHIPS if re.fullmatch(_SHIPS, noun) else noun
    for answer in reversed(answers):
        told = {
            one["name"]
            for one in re.finditer(
                rf"\b(?:{kin}),?\s(?:named\s|called\s)?(?:the\s)?"
                rf"[“\"]?(?P<name>{_NAME})",
                answer,
            )
        }
        if len(told) == 1:
            return f"{question[: found.start()]}the {noun} {told.pop()}{question[found.end() :]}"
    return question


def _names_another(text: str) -> bool:
    return any(not FRAME.fullmatch(one.group()) for one in names_in(f"– {text[2:]}"))
