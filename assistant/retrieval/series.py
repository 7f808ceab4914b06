"""The one before or after of what is counted: "the next article", "the second one" of SALT I."""

import re
from collections.abc import Sequence

from assistant.retrieval.names import NUMBERED, RUN
from assistant.roman import in_figures, in_letters

_ONE = r"(?:ones?|article|section|chapter|resolution)"
_BESIDE = re.compile(
    rf"\b(?:the\s+(?:(?P<next>next|following|subsequent)|(?P<last>previous|preceding))(?:\s+{_ONE})?"
    rf"(?=\s*(?:[?.!,]|$|say|provide|state|about|mean))|"
    rf"the\s+{_ONE}\s+(?:(?:directly|right|just|immediately)\s+)?"
    r"(?:(?P<after>after|following)|(?P<before>before|preceding))"
    r"(?:\s+(?:that|this|it)(?:\s+one)?)?|"
    r"l['’]article\s+(?:(?P<suivant>suivant)|(?P<avant>précédent)))",
    re.IGNORECASE,
)
_PROVISION = re.compile(NUMBERED, re.IGNORECASE)
_NUMBER = re.compile(r"(?P<n>\d+|[IVXL]+)$")
# "SALT I" is the first of its name; "Article 4" and "Resolution 1386" are no first of anything.
_COUNTED = re.compile(r"^(?P<name>(?:the\s+)?[A-ZÀ-Þ].*\s)(?P<n>[IVX]{1,4})$")
# Signing and the like are done to a text with all its parts.
_OF_THE_WHOLE = re.compile(
    r"\b(?:sign(?:ed|ing|ator\w*)|ratif\w+|conclu(?:ded|sion)|negotiat\w+|draft(?:ed|ing)|"
    r"adopt(?:ed|ion)|acced\w+|accession|join(?:ed|s)?|enter\w* into force|in force|"
    r"(?:c|be)[ao]me into force|deposit\w+|withdr[ae]w\w*|terminat\w+|expire[ds]?|denounc\w+|"
    r"amended|parties|part(?:y|ies) to|members?|signé\w*|ratifi\w+|conclu\w*|adopté\w*|"
    r"(?:en|entr\w+ en) vigueur)\b",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    rf"^(?:l['’])?{NUMBERED}\s+(?:of\s+(?P<whole>(?:the\s+)?{RUN}.*)|"
    r"(?:du\s+(?P<du>\S.*)|de\s+(?P<de>l(?:a\s|['’])\S.*)))$",
    re.IGNORECASE,
)


def beside(question: str) -> re.Match[str] | None:
    """Where a question says "the next one" or "the one before that"."""
    return _BESIDE.search(question)


def beside_meant(question: str, asked: str, about: str, items: Sequence[str]) -> str:
    """What stands next to what was asked of, by its number or its place in a list."""
    found = beside(question)
    if found is None:
        return ""
    step = 1 if found["next"] or found["after"] or found["suivant"] else -1
    if provision := _PROVISION.search(asked) or _PROVISION.search(about):
        return _counted_on(provision.group(), step)
    bare = about.rstrip(" ?.!")
    if about in items:
        at = items.index(about) + step
        return items[at] if 0 <= at < len(items) else ""
    return _counted_on(bare, step) if _COUNTED.match(bare) else ""


def of_its_name(about: str, number: int) -> str:
    """The one of that number, where what was spoken of is counted in its name: "SALT II"."""
    counted = _COUNTED.match(about)
    if counted is None or number < 1:
        return ""
    return f"{counted['name']}{_in_capitals(number)}"


def with_beside(question: str, meant: str) -> str:
    """The question with the name of what stands next to what was asked of."""
    return _BESIDE.sub(lambda _: meant, question, count=1)


def _counted_on(name: str, step: int) -> str:
    found = _NUMBER.search(name)
    if found is None:
        return ""
    digits = found["n"]
    figures = in_figures(digits.lower())
    # "IIX" is no number.
    number = int(figures) + step if figures.isdigit() else 0
    if number < 1:
        return ""
    return f"{name[: found.start()]}{number if digits.isdigit() else _in_capitals(number)}"


def _in_capitals(number: int) -> str:
    return in_letters(number).upper()


def whole_of(about: str) -> str:
    """The text that a numbered part belongs to: "the Charter" of "article 5 of the Charter"."""
    found = _PART_OF.match(about)
    if found is None:
        return ""
    return found["whole"] or found["de"] or f"le {found['du']}"


def is_of_the_whole(question: str) -> bool:
    """Whether what a question asks is done to a whole text, and not to a part of it."""
    return _OF_THE_WHOLE.search(question) is not None and not _PROVISION.search(question)
