"""Numbers of a sentence, and what they count."""

import re

from assistant.answers.kinds import same_kind
from assistant.answers.words import stems
from assistant.grounding.meanings import akin
from assistant.grounding.terms import key_of
from assistant.retrieval.grammar import MONTHS
from assistant.retrieval.standalone import content_words

QUANTITY = re.compile(
    r"\d[\d.,]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|"
    r"fifty|hundred|thousand|million|billion|dozens?|half|third|quarter|both|several|"
    r"un|deux|trois|quatre|cinq|sept|huit|neuf|dix|cent|mille)\b",
    re.IGNORECASE,
)
SOME_NUMBER = re.compile(
    rf"{QUANTITY.pattern}|\b(?:all|every|each|none|most|majority|unanimous\w*|single|only|no|many|few|"
    r"tous|toutes|chaque|aucune?|plupart|majorité|unanim\w*|seule?)\b",
    re.IGNORECASE,
)
"""Tells how many, though it may be by a word as "unanimous"."""
WITHOUT_FIGURES = re.compile(
    r"\b(?:none|majority|unanimous\w*|nobody|no one|majorité|unanim\w*|aucune?)\b", re.IGNORECASE
)
"""Tells how many, and no number."""
_NUMBERED = re.compile(r"^\W*(?:\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}[.)])\s")
# "MH17", "F-35", "Resolution 2166", "Article 5": these call things, and count none.
_CALLED = re.compile(
    r"\b[^\W\d_]+\d\w*|\b[A-Z]+-\d\w*|"
    r"(?i:\b(?:article|section|paragraph|resolution|annex|appendix|chapter|rule|title|protocol|page|"
    r"flight|operation|no|nos|résolution|annexe|chapitre|vol)s?\.?)\s*\(?\d[\d./()-]*"
)
_DATED = re.compile(
    rf"\b\d{{1,2}}\s+(?:{MONTHS})\b|\b(?:{MONTHS})\s+\d{{1,2}}\b|"
    r"\b(?:1\d{3}|20\d{2})(?:s|\b(?!\s+(?:[a-z-]+\s+)?[a-z]{3,}s\b))|"
    r"\b(?:one of|the two|both)\b",
    re.IGNORECASE,
)
# "three complementary objectives": a number, and the nearest plural behind it.
_PLAINLY_COUNTED = re.compile(
    rf"(?:{QUANTITY.pattern})\s+(?P<nouns>(?:[a-z-]+\s+){{0,2}}?[a-z]{{3,}}(?<!s)s)\b"
)
# "five Arab nations", "55 member states", "2,000 soldiers"
_COUNTED_SO = re.compile(
    rf"(?:{QUANTITY.pattern})\s+(?P<nouns>(?:[\w-]+\s+){{0,2}}?[a-z]{{3,}}(?<!s)s)\b", re.IGNORECASE
)
_OF_SOME = (
    "first|last|next|additional|another|further|other|others|more|new|remaining|only|least|"
    "premi[eè]re?s|autres|nouve\\w+|derni[eè]re?s"
)
# Who counts the members of an alliance counts countries.
_JOINERS = stems("member country state nation ally party signatory")
_MEN = stems("personnel staff soldier troop people person man men woman women police officer")


def undated(text: str) -> str:
    """The text without dates, which count nothing."""
    return _DATED.sub("", text)


def unnumbered(text: str) -> str:
    """The text without the number of its paragraph and those in names, which count nothing."""
    return _CALLED.sub("", _NUMBERED.sub("", text))


def counts_all(counted: str, text: str) -> bool:
    """Whether the text has a number of all that is counted: "four more posts" are but some."""
    number = rf"(?:{QUANTITY.pattern})"
    some = rf"(?:{_OF_SOME})\s+"
    plain = rf"(?<!\w){number}\s+(?!{some}|of\b)(?:[\w-]+\s+){{0,2}}?{re.escape(counted)}\b"
    text = unnumbered(text)
    if re.search(
        rf"\btotal\b\W+(?:of|to|was|is)\s+{number}|{number}\s+in (?:all|total)\b", text, re.I
    ):
        return True
    found = (one.start() for one in re.finditer(plain, text, re.IGNORECASE))
    return any(not re.search(rf"\b{some}$", text[:at], re.IGNORECASE) for at in found)


def counts_them(counted: str, text: str) -> bool:
    """Whether a number stands before what is counted or what is akin to it, or behind it."""
    text = _DATED.sub("", unnumbered(text))
    noun = re.escape(counted)
    if re.search(rf"\b(?:no|any|without)\s+(?:[\w-]+\s+)?{noun}\b|\b{noun}\W{{1,3}}\d", text, re.I):
        return True
    return any(_are_counted(counted, found["nouns"]) for found in _COUNTED_SO.finditer(text))


def counts_others(counted: str, text: str) -> bool:
    """Whether every number, if there are any, is plainly of something not akin to what is counted.

    Plain is a number with a noun in the plural behind it. Dates count nothing.
    """
    text = undated(unnumbered(text))
    there = {found.start() for found in QUANTITY.finditer(text)}
    others = {
        found.start()
        for found in _PLAINLY_COUNTED.finditer(text)
        if not _are_counted(counted, found["nouns"])
    }
    return there <= others


def _are_counted(counted: str, nouns: str) -> bool:
    asked = stems(counted)
    alike = asked | same_kind(asked)
    for kind in (_JOINERS, _MEN):
        alike |= kind if asked & kind else frozenset()
    if stems(nouns) & alike:
        return True
    key = key_of(counted)
    return any(akin(key, key_of(noun)) for noun in content_words(nouns))
