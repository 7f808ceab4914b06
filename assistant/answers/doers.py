"""Who a sentence says did what, by the order of its words: told to who asks who did it."""

import re

from assistant.answers.asking import CAPITAL
from assistant.answers.words import Names, exact_words
from assistant.grounding.meanings import countries
from assistant.retrieval.grammar import MONTHS
from assistant.retrieval.standalone import content_words

A_THING = re.compile(r"(?:tion|sion|ment|ance|ence|al|ure|ing|er|or|ity|ness)s?$")
"""Ends words for what is done or who does it: of whom that is, no order of words says."""
_OPENING = re.compile(r"^\W*\w+ing\b")  # "Rejecting": what opens a sentence so is no name
_A_DOER = re.compile(r"(?:er|or)s?$")
_DETERMINED = re.compile(r"\b(?:the|an?|this|that)\s+(?:[a-z][\w-]*\s+)?$", re.IGNORECASE)
_OWNED = re.compile(r"\b(?:its|their|his|her|\w+[’']s?)\s+(?:[a-z][\w-]*\s+)?$", re.IGNORECASE)
_NAME = re.compile(rf"\b(?!(?i:{MONTHS})\b){CAPITAL}")
_NAME_BEHIND = re.compile(
    rf",?\s+[“\"(]?{CAPITAL}|[^.;]{{0,80}}?\b(?:is|was|were|are|by)\s+(?:(?!in|at|on|near|to|from|with)[a-z]+\s+)?{CAPITAL}"
)
_NAME_BEFORE = re.compile(
    rf"{CAPITAL}(?:,|[^.;,]*\b(?:is|was|were|are|became|as|be))\s+(?:[\w’'-]+\s+){{0,4}}$"
)
# "Lund launched the attack": it was done by whom that is said of.
_MADE = re.compile(
    r"\b(?:launch|led|carr|beg[au]n|made|conduct|stag|mount|order|start|open)\w*\s+(?:out\s+)?"
    r"(?:the|an?|this|that)\s+(?:[a-z][\w-]*\s+)?$"
)
_DONE_TO = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
# "The canal, which Skagen closed", "Ribe closed it", "the canal, closed by Skagen".
_TAKEN_UP = re.compile(r"\b(?:which|that|whom|what)\b", re.IGNORECASE)
_AGAIN = re.compile(r"^\s+(?:it|them|him|her|one another|each other)\b|^[^.;]{0,60}?\bby\b")
_MEANWHILE = re.compile(r"\b(?:while|when)\s+$", re.IGNORECASE)
_THEIRS = re.compile(r"\s+\w")
# So many letters behind a verb stands what it governs.
_GOVERNED = 60


def leaves_doer_unnamed(text: str, word: re.Match[str], act: str, whom: Names | None) -> bool:
    """Whether a word is a noun that nobody is named beside: "the pilot of the boat was rescued".

    Of "piloted" the form without an ending is one, and the one for who does it.
    """
    said, before = word.group().lower(), text[: word.start()]
    bare = act in {f"{said}ed", f"{said}d"}
    doing = said.endswith("ing") and _MEANWHILE.search(before)
    # "Rejecting the argument that …": whose it was is not said, where nobody is named before it.
    thing = A_THING.search(said) and _DETERMINED.search(before)
    named = _is_named(_OPENING.sub("", before), whom)
    if thing and not _A_DOER.search(said) and named:
        return False
    if not (bare or doing or thing):
        return False
    if _NAME_BEHIND.match(text, word.end()):
        return False
    if not doing and _DETERMINED.search(before) and not _MADE.search(before):
        return _NAME_BEFORE.search(before) is None
    return not _is_named(before, whom)


def did_it_himself(text: str, word: re.Match[str], whom: Names) -> bool:
    """Whether he to whom it is asked who did it is the one who does it there, to another."""
    before, behind = text[: word.start()], text[word.end() :]
    a_thing = A_THING.search(word.group()) or _DETERMINED.search(before) or _OWNED.search(before)
    if a_thing or _DONE_TO.search(before) or _AGAIN.match(behind):
        return False
    if whom.missing_from(before) or _TAKEN_UP.search(before):
        return False
    return bool(whom.missing_from(behind[:_GOVERNED]))


def _is_named(before: str, whom: Names | None) -> bool:
    """Whether a name stands there that is no month, and no people's before what is theirs.

    The first word of all is none for opening it, and to whom it was done is asked already.
    """
    names = (one for one in _NAME.finditer(before) if one.start() or content_words(one.group()))
    known = whom.words if whom else frozenset()
    return any(
        not exact_words(one.group()) <= known
        and not (one.group().lower() in countries() and _THEIRS.match(before, one.end()))
        for one in names
    )
