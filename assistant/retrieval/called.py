"""What a question calls by a common word: "the country", "the ship" whose name was given."""

import re
from collections.abc import Sequence

from assistant.retrieval.names import CAPITAL, FRAME, KIND, TEXT, kind_of, names_in

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
_LIKE_A_SHIP = re.compile(rf"the\s{CAPITAL}(?:\s{CAPITAL})?")
_OF_KIND = re.compile(
    r"\b(?:the|this|(?<=\b(?:of|in|is|by|to|on|do)\s)that|(?<=\b(?:for|was|did|and)\s)that|ce|cet|cette)"
    r"\s+(?P<noun>[a-zà-ÿ]+)\b"
    r"(?!\s+(?:of|on|for|in|with|between)\s+(?:the\s+)?(?-i:[A-Z]))",
    re.IGNORECASE,
)
# One and the same may be called any of these.
_TEXTS = frozenset(["treaty", "agreement", "pact", "accord", "accords", "convention"])
# "NSC-68"
BY_NUMBER = re.compile(r"[A-Z]{2,}[ -]\d+\b")
"""What a paper is called by."""
_PAPERS = frozenset(["document", "paper", "report", "directive", "memorandum", "standard", "study"])
# The agreement on information is no information.
_OF_WHAT = re.compile(r"\s(?:on|about|concerning|regarding|between|with)\s")
_DID = re.compile(r"(?<=[a-z])\s(?:of|that|which)\s(?!\d)")
_COMPLEMENT = re.compile(r"\s(?:during|in|at|after|before|under|about|to)\s(?=the\s)")
_OF_ACRONYMS = frozenset(
    ["mission", "operation", "treaty", "organisation", "organization", "alliance", "agreement"]
)
_WHICH_PART = re.compile(
    r"^\W*(?:which|what)\s+(?:articles?|chapters?|sections?|paragraphs?|provisions?|clauses?)(?=\s+"
    r"(?:says?|speaks?|deals?|covers?|provides?|regulates?|lays?|states?|mentions?|allows?|defines?|"
    r"requires?|applies|apply|governs?|concerns?)\b)",
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


def the_ship(question: str, answers: Sequence[str], thing: str = "") -> str:
    """The question with the name that the latest answer gives to "the ship"; else as it is.

    A `thing` like "the Gull" that was spoken of is a ship.
    """
    found = _A_THING.search(question)
    if found is None or _ASKS_ITS_NAME.search(question) or _names_another(question):
        return question
    noun = found["noun"].lower()
    kin = _SHIPS if re.fullmatch(_SHIPS, noun) else noun
    if kin == _SHIPS and _LIKE_A_SHIP.fullmatch(thing) and not KIND.search(thing):
        return f"{question[: found.start()]}{thing}{question[found.end() :]}"
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


def of_the_text(question: str, thing: str) -> str:
    """Which article speaks of …?" with the text that was spoken of; else as it is."""
    found = _WHICH_PART.match(question)
    if found is None or not is_a_text(thing) or thing == thing.lower():
        return question
    if any(TEXT.search(one.group().lower()) for one in names_in(question)):
        return question
    article = "" if thing.startswith("the ") else "the "
    return f"{found.group()} of {article}{thing}{question[found.end() :]}"


def is_a_text(thing: str) -> bool:
    """Whether a thing says something in articles, as far as its name tells: "the NATO SOFA"."""
    bare = thing.removeprefix("the ")
    by_letters = kind_of(bare) == "acronym" and not FRAME.fullmatch(bare)
    return bool(TEXT.search(bare.lower()) or by_letters or BY_NUMBER.match(bare))


def of_its_kind(question: str, *things: str) -> str:
    """The convention" by its name, where the first or another of what was spoken of is one."""
    for thing in filter(None, things):
        if (full := _of_the_kind_of(thing, question)) != question:
            return full
    return question


def _of_the_kind_of(thing: str, text: str) -> str:
    bare = thing.removeprefix("the ")
    kind = kind_of(bare)
    heads = {_OF_WHAT.split(bare)[0].split()[-1].lower()} if bare else set()
    heads |= {_DID.split(bare)[0].split()[-1].lower()} if _DID.search(bare) else {kind}
    for found in _OF_KIND.finditer(text):
        noun = found["noun"].lower()
        same = noun in _TEXTS and kind in _TEXTS
        same = same or (noun in _PAPERS and BY_NUMBER.match(bare) is not None)
        if noun in heads or same or (kind == "acronym" and noun in _OF_ACRONYMS):
            if bare.lower() in text.lower():
                return text
            meant = _in_its_name(noun, thing)
            return f"{text[: found.start()]}{meant}{text[found.end() :]}"
    return text


def _in_its_name(noun: str, thing: str) -> str:
    """What of a thing is of that kind: the crisis of "the ambassador during the Suez crisis"."""
    *_, last = _COMPLEMENT.split(thing)
    return last if last != thing and last.lower().endswith(f" {noun}") else thing


def _names_another(text: str) -> bool:
    return any(not FRAME.fullmatch(one.group()) for one in names_in(f"– {text[2:]}"))
