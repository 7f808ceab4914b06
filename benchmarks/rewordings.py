"""Other ways to say what a sentence says, one kind each, as `plants` has errors."""

import random
import re
from collections.abc import Mapping, Sequence

from benchmarks.plants import AUXILIARY, MONTHS, Plant, exchanged_word, led, related

_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
_AMERICAN_DATE = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}})\b")
_THOUSANDS = re.compile(r"\b(\d{1,3}),(\d{3})\b")
_ASIDE = re.compile(r"\s*\([^()]*\)|, (?:which|who) [^,.]*(?=,)|, [a-z][^,]{3,40},")
_LEAD = re.compile(r"^(?:In|On|During|After|Before|By|At|Since) [^,]{2,60}, ")
_TRUE_LEADS = (
    "According to the passage,|The text says that|It is stated that|In fact,|Notably,|In addition,|"
    "The document notes that|It is recorded that|As the source explains,|Moreover,|However,|"
    "The passage reports that|We read that|In short,|Furthermore,|For example,|Overall,"
)
_ASIDES = ("also", "indeed", "thus", "therefore", "however")
_SPELLED_LIST = "two three four five six seven eight nine ten eleven twelve"
_SPELLED = _SPELLED_LIST.split()
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


def aside(text: str, draw: random.Random, _: Sequence[str]) -> str:
    """With a word that changes nothing."""
    found = AUXILIARY.search(text)
    if not found:
        return text
    return f"{text[: found.end()]} {draw.choice(_ASIDES)}{text[found.end() :]}"


def in_words(text: str, _: random.Random, __: Sequence[str]) -> str:
    """A small number in words instead of digits, or the reverse."""
    for number, word in enumerate(_SPELLED, 2):
        if re.search(rf"(?<= ){word}(?= [a-z])", text):
            return re.sub(rf"(?<= ){word}(?= [a-z])", str(number), text, count=1)
        if re.search(rf"(?<= ){number}(?= [a-z])", text):
            return re.sub(rf"(?<= ){number}(?= [a-z])", word, text, count=1)
    return text


TRUE_KINDS: Mapping[str, Plant] = {
    "dates": other_dates,
    "figures": other_figures,
    "shortened": shortened,
    "moved": moved,
    "reworded": reworded,
    "synonym": exchanged_word(related("synonyms.txt")),
    "led": led(_TRUE_LEADS),
    "aside": aside,
    "in words": in_words,
}
