"""States, which texts call by their names, their people, or the capital of their government."""

import re
from functools import cache, lru_cache, partial

from assistant.answers.peoples import names_of_countries

_CAPITALS_LIST = (
    "washington,white house,london,paris,berlin,bonn,rome,madrid,lisbon,hague,brussels,copenhagen,"
    "oslo,"
    "stockholm,helsinki,reykjavik,warsaw,prague,bratislava,budapest,bucharest,sofia,athens,ankara,"
    "moscow,kremlin,kyiv,kiev,minsk,tallinn,riga,vilnius,vienna,bern,berne,dublin,belgrade,zagreb,"
    "ljubljana,sarajevo,tirana,beijing,peking,taipei,tokyo,new delhi,delhi,islamabad,kabul,tehran,"
    "teheran,baghdad,jerusalem,tel aviv,cairo,damascus,amman,beirut,riyadh,doha,sanaa,tripoli,"
    "tunis,algiers,rabat,bamako,abuja,nairobi,addis ababa,mogadishu,khartoum,kampala,kigali,maputo,"
    "pretoria,ottawa,havana,port-au-prince,brasilia,buenos aires,santiago,bogota,bogotá,caracas,"
    "manila,hanoi,saigon,bangkok,phnom penh,vientiane,jakarta,kuala lumpur,canberra,wellington,"
    "pyongyang,seoul,vatican"
)
_CAPITALS = frozenset(_CAPITALS_LIST.split(","))
# Halves of countries come before the whole.
_HALVES = (
    "north korea,north korean,north koreans,democratic people's republic of korea,dprk,pyongyang",
    "south korea,south korean,south koreans,republic of korea,rok,seoul",
    "east germany,east german,east germans,german democratic republic,gdr",
    "west germany,west german,west germans,bonn",
)
# What names no state, or may mean something else.
_NO_STATE = frozenset(["europe", "africa", "asia", "otan", "union europeenne", "korea"])
_OTHER = frozenset(["english", "pole", "poles", "dane", "danes", "turk", "lao", "pope"])
_INITIALS = frozenset(["us", "usa", "uk", "ussr", "prc", "dprk", "rok", "gdr", "eu"])
# Of whom there were two, each a republic or kingdom.
_PARTED_LIST = (
    "China Chinese Korea Korean Congo Congolese Vietnam Vietnamese Germany German Ireland Irish "
    "Yemen Yemeni"
)
_PARTED = frozenset(_PARTED_LIST.split())
# So far before a name stands what tells that it is a town.
_BEFORE = 30
# A capital behind these is a town, or part of a longer name, as it is before another name.
_TOWN = re.compile(
    r"(?:\b(?:in|at|near|to|from|outside|into|around|via|over|of|city|à)|[A-ZÀ-Þ][\w’'-]*)\s+$"
)
_LONGER = re.compile(r"\s+[A-ZÀ-Þ]|[-–]|,\s[A-ZÀ-Þ]|\s+(?:summit|treaty|conference)")


@lru_cache(maxsize=512)
def renamed(text: str, sentence: str) -> str:
    """The text with each state as the sentence calls it, where the text never does."""
    for form, number in _named(sentence):
        names = _patterns()[number]
        if not any(one[0] == form and not _is_town(one) for one in names.finditer(text)):
            text = names.sub(partial(_called, form), text)
        if form.split()[-1] not in _PARTED and not _long(form).search(sentence):
            text = _long(form).sub("", text)
    return text


@lru_cache(maxsize=1024)
def _long(form: str) -> re.Pattern[str]:
    """What stands before a state's name in its long form: "the Hashemite Kingdom of" Jordan."""
    return re.compile(
        r"\b(?:[Tt]he\s+)?(?:(?:Hashemite|Federal|Islamic|Socialist|Arab|Grand)\s+){0,2}"
        rf"(?:State|Republic|Kingdom|Duchy|Sultanate)\s+of\s+(?=(?:the\s+)?{re.escape(form)}\b)"
    )


@lru_cache(maxsize=1024)
def is_state(name: str) -> bool:
    """Whether a name is that of a state or its people, or of the capital for its government."""
    return _any().fullmatch(name) is not None


def of_one_state(one: str, other: str) -> bool:
    """Whether two names are those of one state, its people or its capital."""
    found = [_any().fullmatch(name) for name in (one, other)]
    numbers = {_numbers()[_plain(each[0])] if each else None for each in found}
    return len(numbers) == 1 and None not in numbers


def named_in(text: str) -> list[str]:
    """The states that a text names, with the article if they have one: "the Netherlands"."""
    return [
        f"the {one[0]}" if text[: one.start()].endswith("the ") else one[0]
        for one in _any().finditer(text)
        if not _is_town(one)
    ]


@lru_cache(maxsize=512)
def _named(sentence: str) -> tuple[tuple[str, int], ...]:
    """How the sentence calls each state first, with the state's number."""
    found: dict[int, str] = {}
    for match in _any().finditer(sentence):
        if not _is_town(match):
            found.setdefault(_numbers()[_plain(match[0])], match[0])
    return tuple((form, number) for number, form in found.items())


def _called(form: str, found: re.Match[str]) -> str:
    return found[0] if _is_town(found) else form


def _is_town(found: re.Match[str]) -> bool:
    """Whether a capital is the town, or part of another name: "in Paris", "the Warsaw Pact"."""
    if _plain(found[0]) not in _CAPITALS:
        return False
    before = found.string[max(0, found.start() - _BEFORE) : found.start()]
    return bool(_TOWN.search(before) or _LONGER.match(found.string, found.end()))


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("’", "'").split())


@cache
def _states() -> tuple[tuple[str, ...], ...]:
    halves = [tuple(line.split(",")) for line in _HALVES]
    others = [one for one in names_of_countries() if one[0] not in _NO_STATE]
    whole = {"united states": ("united states of america",)}
    return tuple(
        (*whole.get(names[0], ()), *(n for n in names if n not in _OTHER))
        for names in (*halves, *others)
    )


@cache
def _numbers() -> dict[str, int]:
    found: dict[str, int] = {}
    for number, names in enumerate(_states()):
        for name in names:
            found.setdefault(name, number)
    return found


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """A pattern of all names of each state."""
    return tuple(map(_pattern, _states()))


@cache
def _any() -> re.Pattern[str]:
    return _pattern(tuple(_numbers()))


def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    written = "|".join(_written(name) for name in longest)
    return re.compile(rf"(?<![\w-])(?:{written})(?![\w])")


def _written(name: str) -> str:
    """A pattern of a name with its capitals: each word's first letter, or all of a short one."""
    words = [
        re.escape(w.upper())
        if w in _INITIALS or "." in w
        else re.escape(w if w in {"of", "the"} else w[0].upper() + w[1:])
        for w in name.split()
    ]
    return r"\s+".join(words).replace("'", "[’']")
