"""Errors planted in sentences, one kind each, and other ways to say what a sentence says.

Each takes a sentence, a source of chance and names of other texts, and gives the sentence back
where it cannot be done.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence

from assistant.grounding.names import capitals

Plant = Callable[[str, random.Random, Sequence[str]], str]

_CALENDAR = "January February March April May June July August September October November December"
MONTHS = _CALENDAR.split()
_AUXILIARY = re.compile(
    r"\b(?:is|was|are|were|has|had|can|will|did|does|may|should|must)\b"
    r"(?! not| no| never| un| fail)"
)
_NUMBER = re.compile(r"(?<![\d.,])\d+(?![\d.,]*\d)")
_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
_AMERICAN_DATE = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}})\b")
_THOUSANDS = re.compile(r"\b(\d{1,3}),(\d{3})\b")
_ASIDE = re.compile(r"\s*\([^()]*\)|, (?:which|who) [^,.]*(?=,)|, [a-z][^,]{3,40},")
_LEAD = re.compile(r"^(?:In|On|During|After|Before|By|At|Since) [^,]{2,60}, ")

_STRONGER_LIST = (
    "may:will may:must might:will could:will could:did can:must should:must some:all many:all "
    "some:most several:all most:all often:always usually:always sometimes:always "
    "probably:certainly likely:certain about:exactly nearly:exactly approximately:exactly "
    "proposed:agreed planned:completed expected:confirmed considered:adopted partly:fully "
    "partially:entirely generally:always typically:always few:no"
)
STRONGER = [pair.split(":") for pair in _STRONGER_LIST.split()]
_BOUNDS_LIST = (
    "at least:at most|more than:less than|up to:at least|over:under|fewer than:more than|"
    "less than:more than|at most:at least|about:more than|nearly:more than"
)
BOUNDS = [pair.split(":") for pair in _BOUNDS_LIST.split("|")]
_UNITS_LIST = (
    "miles:kilometers kilometers:miles km:miles mi:km feet:meters meters:feet metres:feet "
    "years:months months:years days:weeks weeks:days hours:minutes minutes:hours percent:million "
    "million:billion billion:million thousand:million dollars:euros pounds:kilograms tons:pounds "
    "acres:hectares inches:centimeters century:decade decades:centuries"
)
UNITS = [pair.split(":") for pair in _UNITS_LIST.split()]
FEWEST = 2
SHAPES: Mapping[str, str] = {
    "do not": "don't",
    "does not": "doesn't",
    "was not": "wasn't",
    "cannot": "can not",
    "because": "since",
    "however": "but",
    "such as": "like",
    "in order to": "to",
    "approximately": "about",
    "about": "approximately",
    "began": "started",
    "percent": "%",
    "for example": "for instance",
    "many": "a large number of",
    "several": "a number of",
    "also": "in addition",
    "although": "though",
    "prior to": "before",
    "until": "up until",
    "may": "might",
    "required to": "obliged to",
    "purchase": "buy",
    "located in": "situated in",
    "large": "big",
    "created": "established",
    "established": "founded",
    "various": "different",
    "used": "employed",
    "called": "named",
    "known as": "called",
    "ended": "came to an end",
    "difficult": "hard",
    "important": "significant",
    "helped": "assisted",
    "main": "principal",
    "entire": "whole",
    "near": "close to",
    "died": "passed away",
    "signed": "concluded",
    "agreed": "consented",
    "said": "stated",
    "tried": "attempted",
    "failed to": "did not",
    "did not": "failed to",
    "nations": "countries",
    "countries": "states",
    "show": "demonstrate",
    "provides": "offers",
    "allows": "enables",
    "made up of": "composed of",
    "after": "following",
}


def names_of(text: str) -> list[str]:
    return [word for word, opens in capitals(text) if not opens]


def other_number(text: str, draw: random.Random, _: Sequence[str]) -> str:
    found = list(_NUMBER.finditer(text))
    if not found:
        return text
    one = draw.choice(found)
    value = int(one.group())
    other = draw.choice([value + draw.choice([1, 2, 3, 7, 10]), max(2, value - 3), value * 10])
    return f"{text[: one.start()]}{other}{text[one.end() :]}"


def other_month(text: str, draw: random.Random, _: Sequence[str]) -> str:
    said = next((month for month in MONTHS if re.search(rf"\b{month}\b", text)), None)
    others = [month for month in MONTHS if month != said]
    return text if said is None else text.replace(said, draw.choice(others), 1)


def other_name(text: str, draw: random.Random, known: Sequence[str]) -> str:
    found = names_of(text)
    return text.replace(draw.choice(found), draw.choice(known), 1) if found and known else text


def negated(text: str, draw: random.Random, _: Sequence[str]) -> str:
    found = _AUXILIARY.search(text)
    if not found:
        return text
    word = draw.choice([" not", " not", " never", " no longer"])
    return f"{text[: found.end()]}{word}{text[found.end() :]}"


def affirmed(text: str, _: random.Random, __: Sequence[str]) -> str:
    return re.sub(r"\b(?:not|never|no longer) |n't\b", "", text, count=1)


def called_false(text: str, draw: random.Random, _: Sequence[str]) -> str:
    lead = draw.choice(["It is not true that", "It is false that", "Nobody claims that"])
    return f"{lead} {text[0].lower()}{text[1:]}"


def exchanged(text: str, draw: random.Random, _: Sequence[str]) -> str:
    found = list(dict.fromkeys(names_of(text)))
    if not found[1:]:
        return text
    one, other = draw.sample(found, 2)
    between = re.search(
        rf"{re.escape(one)}(.*?){re.escape(other)}|{re.escape(other)}(.*?)"
        rf"{re.escape(one)}",
        text,
    )
    # Beside each other, they are parts of one name, or a list that says the same in any order.
    if not between or len(re.findall(r"\b(?!and|or|the)[a-z]+", between.group())) < FEWEST:
        return text
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


def replaced(pairs: Sequence[Sequence[str]]) -> Plant:
    """One word put for another, drawn from the pairs that fit."""

    def plant(text: str, draw: random.Random, _: Sequence[str]) -> str:
        fit = [p for p in pairs if p[0] in text and re.search(rf"\b{p[0]}\b", text)]
        if not fit:
            return text
        one, other = draw.choice(fit)
        return re.sub(rf"\b{one}\b", other, text, count=1)

    return plant


def bolder(text: str, _: random.Random, __: Sequence[str]) -> str:
    """A plan, a chance or a proposal stated as a fact."""
    return re.sub(
        r"\b(?:may|might|could|would|should) (?:be )?|\b(?:reportedly|allegedly|possibly|"
        r"probably) ",
        "",
        text,
        count=1,
    )


def other_dates(text: str, _: random.Random, __: Sequence[str]) -> str:
    """The same dates, written otherwise."""
    if _DATE.search(text):
        return _DATE.sub(r"\2 \1, \3", text)
    return _AMERICAN_DATE.sub(r"\2 \1 \3", text)


def other_figures(text: str, _: random.Random, __: Sequence[str]) -> str:
    """The same figures, written otherwise."""
    return _THOUSANDS.sub(r"\1\2", text)


def shortened(text: str, _: random.Random, __: Sequence[str]) -> str:
    """Without what stands aside, or in front."""
    short = _ASIDE.sub("", text, count=1)
    if short == text:
        short = _LEAD.sub("", text)
        short = short[:1].upper() + short[1:]
    return short if len(short.split()) * 2 > len(text.split()) else text


def moved(text: str, _: random.Random, __: Sequence[str]) -> str:
    """With what stands in front put at the end."""
    lead = _LEAD.match(text)
    if not lead or not text.endswith("."):
        return text
    rest = text[lead.end() : -1]
    front = lead.group()[:-2]
    return f"{rest[:1].upper()}{rest[1:]} {front[:1].lower()}{front[1:]}."


def reworded(text: str, draw: random.Random, _: Sequence[str]) -> str:
    """One or two expressions put otherwise."""
    fit = [one for one in SHAPES if one in text and re.search(rf"\b{one}\b", text)]
    for one in draw.sample(fit, min(2, len(fit))):
        text = re.sub(rf"\b{one}\b", SHAPES[one], text, count=1)
    return text


TRUE_KINDS: Mapping[str, Plant] = {
    "dates": other_dates,
    "figures": other_figures,
    "shortened": shortened,
    "moved": moved,
    "reworded": reworded,
}
