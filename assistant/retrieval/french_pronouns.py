"""Says by name what a French question calls "il", "sa", "y" or "en"."""

import re
from collections.abc import Callable

from assistant.retrieval.names import names_in

_INVERTED = re.compile(
    r"(?<!\by )(?<!\ben )(?<![\w-])(?:(?:se|s['’]|l['’]|la|le|les)\s*)?"
    r"\b[\wà-ÿ]+-(?:t-)?(?:ils?|elles?)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?<!-)\b(?:il|elle|ils|elles)\b(?!\s+(?:y a|faut|est (?:possible|vrai))\b)", re.IGNORECASE
)
_OWNED = re.compile(r"\b(?P<its>sa|son|ses|leurs)\s+(?P<noun>[\wà-ÿ’'-]+)", re.IGNORECASE)
_Y = re.compile(r"\by\s+(?!en\b)(?=[a-zà-ÿ]{2,})(?!a\b|avait\b|aura\b)", re.IGNORECASE)
_EN = re.compile(
    r"(?<!\by )\ben\s+(?=(?:est|sont|était|étaient|fait|font|a|ont|sera)\b)", re.IGNORECASE
)
_PARTS = re.compile(r"^(?P<the>le |la |les |l['’])?(?P<name>.+)$", re.IGNORECASE)
_TO = {"le ": "au ", "la ": "à la ", "les ": "aux ", "l'": "à l'", "l’": "à l’", "": "à "}
_OF = {"le ": "du ", "la ": "de la ", "les ": "des ", "l'": "de l'", "l’": "de l’", "": "de "}
_THE = {"sa": "la", "son": "le", "ses": "les", "leurs": "les"}


def in_french(question: str, name: str) -> str:
    """The question with the name, which has its article; as it is where it needs none."""
    if name.lower() in question.lower():
        return question
    parts = _PARTS.match(name)
    assert parts is not None
    article, bare = (parts["the"] or "").lower(), parts["name"]
    ways: tuple[Callable[[], str], ...] = (
        lambda: _inverted(question, name),
        lambda: _at_the_end(question, _Y, f"{_TO[article]}{bare}"),
        lambda: _at_the_end(question, _EN, f"{_OF[article]}{bare}"),
        lambda: _OWNED.sub(
            lambda its: f"{_THE[its[1].lower()]} {its[2]} {_OF[article]}{bare}", question, count=1
        ),
        lambda: _SUBJECT.sub(name, question, count=1),
    )
    return next((text for way in ways if (text := way()) != question), question)


def _inverted(question: str, name: str) -> str:
    """Quand a-t-il été créé ?" says before the verb what was created."""
    found = _INVERTED.search(question)
    if found is None or names_in(question[: found.start()]):
        return question
    return f"{question[: found.start()]}{name} {question[found.start() :]}".strip()


def _at_the_end(question: str, word: re.Pattern[str], said: str) -> str:
    if not word.search(question):
        return question
    bare = word.sub("", question, count=1)
    ending = re.search(r"\s*[?.!]*\s*$", bare)
    assert ending is not None
    return f"{bare[: ending.start()]} {said}{ending.group()}"
