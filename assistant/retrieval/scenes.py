"""What is set before a question: "Geneva 1954: what was agreed?", "And Chad, how large is it?"."""

import re

from assistant.retrieval.grammar import ASKS, ASKS_IN_FRENCH, AUXILIARIES, PRONOUNS
from assistant.retrieval.names import RUN
from assistant.retrieval.pronouns import named
from assistant.retrieval.referents import Subject

_SCENE = re.compile(
    r"^\W*(?P<scene>[^:?!;]{2,60}?)\s*:\s+"
    r"(?P<rest>(?:(?:in|to|by|from|for|with|on|at|under|à|de|par|en)\s+)?"
    rf"(?:{ASKS}|{AUXILIARIES}|{ASKS_IN_FRENCH})\b.+)$",
    re.IGNORECASE | re.DOTALL,
)
# "Quick question: …", "Note: …" set no scene.
_NO_SCENE = re.compile(
    r"\b(?:questions?|query|note|context|example|hi|hello|hey|please|thanks?|ok(?:ay)?|subject|topic|"
    r"sujet|bonjour|merci|exemple)\b|^\W*(?:i|we|my|je|nous)\b",
    re.IGNORECASE,
)
# "And the Commonwealth, how many members does it have?"
_TURNS_TO = re.compile(
    r"^\W*(?:(?:and|but|et|mais)(?:\s+for)?|what about|how about|as for|quant (?:à|au))\s+"
    rf"(?P<name>(?:the\s|la\s|le\s|les\s|l['’])?{RUN}(?:(?<=['’]s|s['’])(?:\s[a-z-]+){{1,2}})?)"
    r"\s*,\s*(?P<rest>.+)$",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?:(?i:the|in|at|on|of|la|le|les)\s|l['’])*{RUN}")
_MORE_THAN_ONE_WORD = re.compile(rf"(?<=\s){RUN}|\d")
_STANDS = re.compile(rf"\b(?:{PRONOUNS})\b", re.IGNORECASE)


def scene_of(question: str) -> tuple[str, str]:
    """What is set before a question, and the question; nothing and all of it where nothing is.

    Words with a name besides the capital that they begin with, or the name that "it" stands for.
    """
    found = _SCENE.match(question)
    if found is None or _NO_SCENE.search(found["scene"]):
        return "", question
    scene = found["scene"].strip()
    named = _NAMED.fullmatch(scene) and is_of_its_scene(found["rest"])
    if not (named or _MORE_THAN_ONE_WORD.search(scene)):
        return "", question
    return scene, f"{found['rest'][:1].upper()}{found['rest'][1:]}"


def is_of_its_scene(question: str) -> bool:
    """Whether a question behind its scene is asked of that: "Haiti: when was it recognized?"."""
    return _STANDS.search(question) is not None


def turned_to(question: str) -> str:
    """As "And the Commonwealth, how many members does it have?" reads of it; else nothing."""
    turned = _TURNS_TO.match(question)
    if turned is None:
        return ""
    other = Subject(thing=turned["name"], place=turned["name"])
    found = named(turned["rest"], other)
    return found if found != turned["rest"] else ""
