"""Errors planted in sentences, one kind each.

Each takes a sentence, a source of chance and names of other texts, and gives the sentence back
where it cannot be done.
"""

import random
import re
from collections.abc import Callable, Sequence
from importlib.resources import files

from assistant.grounding.names import capitals

Plant = Callable[[str, random.Random, Sequence[str]], str]

_CALENDAR = "January February March April May June July August September October November December"
MONTHS = _CALENDAR.split()
AUXILIARY = re.compile(
    r"\b(?:is|was|are|were|has|had|can|will|did|does|may|should|must)\b"
    r"(?! not| no| never| un| fail)"
)
_NUMBER = re.compile(r"(?<![\d.,])\d+(?![\d.,]*\d)")

_SMALL_LIST = (
    "from:to to:from in:outside before:after after:before under:over over:under for:against "
    "against:for with:without by:for of:for into:from above:below since:until until:since "
    "between:among within:beyond during:after and:or or:and because:although near:far"
)
SMALL = [pair.split(":") for pair in _SMALL_LIST.split()]
FALSE_LEADS = (
    "It is untrue that|It is incorrect that|Nobody has shown that|It has been disproved that|"
    "It is doubtful whether|Critics deny that|It is a misconception that|It is unlikely that|"
    "Never has it been shown that|It is not the case that|It is disputed that|"
    "Only a legend says that|It was once wrongly believed that|It was rumoured that"
)
_NO_NOUN = re.compile(r"\b(?:a|an|some|many|several|the|its|their) (?=[a-z]{3,})")
_DENIED_VERBS = ("failed to", "declined to", "refused to", "was unable to", "omitted to")
_DEED = re.compile(
    r"(?<=[a-z] )(?<!was )(?<!were )(?<!is )(?<!are )(?<!been )(?<!be )([a-z]{3,})ed\b"
)
_BY = re.compile(r"^(.{3,60}?) ((?:was|were|is|are|been) \w+ed by) ([^,.;]{3,60})([,.;].*)$", re.S)
_FROM_TO = re.compile(r"\bfrom ([^,.;]{2,40}?) to ([^,.;]{2,40}?)(?=[,.;]| in | on | and | by |$)")
_CONTENT = re.compile(r"(?<=[a-z] )[a-z]{4,}\b")

_DEEDS_LIST = (
    "recognized appointed invaded supported succeeded approved overthrew persuaded signed defeated "
    "attacked occupied opposed visited established led helped assisted accused invited accepted "
    "rejected supplied annexed blockaded criticized protected controlled founded sent received "
    "informed replaced elected advised warned assured urged asked told ratified conquered captured "
    "purchased acquired nominated encouraged pressured forced threatened joined left ruled trained "
    "armed funded hosted followed preceded"
)
_ONE = r"(?:[Tt]he )?[A-Z][\w-]+(?: (?:of (?:the )?)?[A-Z][\w-]+)*"
_CLAUSE = re.compile(
    rf"(?<![\w.’'-] )(?<![A-Z]\. )\b(?P<one>{_ONE}) (?P<verb>{'|'.join(_DEEDS_LIST.split())}) "
    rf"(?P<other>{_ONE})(?![\w’'-])(?! (?:of|and|or|to|[A-Z]))"
)

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
    found = AUXILIARY.search(text)
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


def put_in(text: str, draw: random.Random, known: Sequence[str]) -> str:
    """A word of other texts put before one of the sentence."""
    found = list(_CONTENT.finditer(text))
    words = [one for one in known if one.islower()]
    if not found or not words:
        return text
    at = draw.choice(found).start()
    return f"{text[:at]}{draw.choice(words)} {text[at:]}"


def led(leads: str) -> Plant:
    """A clause or word put in front."""

    def plant(text: str, draw: random.Random, _: Sequence[str]) -> str:
        first = text.split(" ", 1)[0]
        small = text if first not in OPENINGS else f"{text[0].lower()}{text[1:]}"
        return f"{draw.choice(leads.split('|'))} {small}"

    return plant


_OPENS_LIST = "The A An In It This These He She They At On By For Its His Their When"
OPENINGS = frozenset(_OPENS_LIST.split())


def no_noun(text: str, draw: random.Random, _: Sequence[str]) -> str:
    found = list(_NO_NOUN.finditer(text))
    if not found:
        return text
    one = draw.choice(found)
    other = draw.choice(["no ", "neither ", "none of the "])
    return f"{text[: one.start()]}{other}{text[one.end() :]}"


def undone(text: str, draw: random.Random, _: Sequence[str]) -> str:
    """A deed that was not done."""
    found = list(_DEED.finditer(text))
    if not found:
        return text
    one = draw.choice(found)
    return f"{text[: one.start()]}{draw.choice(_DENIED_VERBS)} {one[1]}{text[one.end() :]}"


def turned(text: str, _: random.Random, __: Sequence[str]) -> str:
    """Who and by whom, or from where and to where, turned round."""
    if found := _BY.match(text):
        one, verb, other, rest = found.groups()
        return f"{other[0].upper()}{other[1:]} {verb} {one[0].lower()}{one[1:]}{rest}"
    return _FROM_TO.sub(r"from \2 to \1", text, count=1)


def clause(text: str) -> tuple[str, str] | None:
    """Who did what to whom, alone, and the same turned round; none where a text tells no deed."""
    found = _CLAUSE.search(text)
    if not found or found["one"].lower() == found["other"].lower():
        return None
    one, verb, other = found["one"], found["verb"], found["other"]
    said, turned_ = f"{one} {verb} {other}.", f"{other} {verb} {one[0].lower()}{one[1:]}."
    if not one.startswith("The "):
        turned_ = f"{other} {verb} {one}."
    return said[0].upper() + said[1:], turned_[0].upper() + turned_[1:]


def related(name: str) -> list[list[str]]:
    """The lines of one of the product's lists of words."""
    lines = (files("assistant.grounding") / name).read_text("ascii").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]


def exchanged_word(lists: Sequence[Sequence[str]]) -> Plant:
    """A word put for another of the same line, drawn from the words of the sentence."""
    others: dict[str, set[str]] = {}
    for line in lists:
        for word in line:
            others.setdefault(word, set()).update(one for one in line if one != word)

    def plant(text: str, draw: random.Random, _: Sequence[str]) -> str:
        found = [m for m in re.finditer(r"\b[a-z]{4,}\b", text) if m.group() in others]
        if not found:
            return text
        one = draw.choice(found)
        other = draw.choice(sorted(others[one.group()]))
        return f"{text[: one.start()]}{other}{text[one.end() :]}"

    return plant
