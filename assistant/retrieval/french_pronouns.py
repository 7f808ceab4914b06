"""Says by name what a French question calls "il", "sa", "y" or "en"."""

import re
from collections.abc import Callable

from assistant.retrieval.names import names_in
from assistant.retrieval.standalone import content_words

_ANY = re.compile(
    r"\b(?:ils?|elles?|sa|son|ses|leurs|y|en|l['’](?:a|ont|avait|avaient|aura))\b", re.IGNORECASE
)
# "Qui l'a signé ?": done to it.
_DONE_TO = re.compile(r"\bl['’](?=(?:a|ont|avait|avaient|aura)\b)", re.IGNORECASE)
_INVERTED = re.compile(
    r"(?<!\by )(?<!\ben )(?<![\w-])(?:(?:se|s['’]|l['’]|la|le|les)\s*)?"
    r"\b[\wà-ÿ]+-(?:t-)?(?:ils?|elles?)\b",
    re.IGNORECASE,
)
_ITS_SUBJECT = re.compile(r"\b(?:le|la|les|ces?|cette|une?)\s+[\wà-ÿ]|\bl['’]\w", re.IGNORECASE)
_WHO = re.compile(r"-(?:t-)?(?:ils?|elles?)$", re.IGNORECASE)
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
_JOINT = re.compile(
    r"\b(?:du |de la |des |de l['’]|d['’]|de |aux? |à la |à l['’]|à |en |les? |la |l['’])$",
    re.IGNORECASE,
)
_VOWEL = re.compile(r"[aeiouyàâéèêëîïôûœ]", re.IGNORECASE)
_WHAT = {"la": "Quelle est ", "le": "Quel est ", "les": "Quels sont "}
_AND = re.compile(r"\W*(?:(?:et|mais)\s+)?", re.IGNORECASE)
_OF_A_PERSON = re.compile(
    r"\b(?:née?|morte?|élue?|nommée?|devenue?|succédé|ses fonctions|successeur|prédécesseur)\b",
    re.I,
)
_THE = {"sa": "la", "son": "le", "ses": "les", "leurs": "les"}


def in_french(question: str, name: str, person: str) -> str:
    """The question with the name, which has its article; as it is where it needs none.

    What only a person is or does is said of the `person`, if one was named.
    """
    if not _ANY.search(question):
        return question
    if person and _OF_A_PERSON.search(question):
        name = person
    if name.lower() in question.lower():
        return question
    parts = _PARTS.match(name)
    assert parts is not None
    article, bare = (parts["the"] or "").lower(), parts["name"]
    ways: tuple[Callable[[], str], ...] = (
        lambda: _inverted(question, name),
        lambda: _at_the_end(question, _Y, f"{_TO[article]}{bare}"),
        lambda: _at_the_end(question, _EN, f"{_OF[article]}{bare}"),
        lambda: _at_the_end(question, _DONE_TO, name),
        lambda: _owned(question, f"{_OF[article]}{bare}"),
        lambda: _SUBJECT.sub(name, question, count=1),
    )
    return next((text for way in ways if (text := way()) != question), question)


def _owned(question: str, owner: str) -> str:
    """The question with the capital of what has it for "sa capitale"; a question in any case."""
    found = _OWNED.search(question)
    if found is None:
        return question
    the, before = _THE[found["its"].lower()], question[: found.start()]
    asks = before if content_words(before) or not _AND.fullmatch(before) else _WHAT[the]
    article = "l’" if the != "les" and _VOWEL.match(found["noun"]) else f"{the} "
    asks, article = joined_in_french(asks, article)
    return f"{asks}{article}{found['noun']} {owner}{question[found.end() :]}"


def joined_in_french(opening: str, given: str) -> tuple[str, str]:
    """An opening, and the article that a name behind it was given, as both read together.

    A preposition that the name was given takes the place of the one before it: "de Djibouti" and
    "en Érythrée"; an article goes behind that one: "du Tchad" and "la Mauritanie".
    """
    stated = _JOINT.search(opening)
    if stated is None:
        return opening, given
    bare = opening[: stated.start()]
    if given.lower() not in _TO:
        return bare, given
    joint = stated.group().lower()
    if joint in _TO:
        return bare, given
    joints = _OF if joint.startswith("d") else _TO
    return bare, joints[given.lower()]


def _inverted(question: str, name: str) -> str:
    """Quand a-t-il été créé ?" says before the verb what was created, "Que fait-il ?" behind it."""
    found = _INVERTED.search(question)
    if found is None or names_in(question[: found.start()]):
        return question
    if _ITS_SUBJECT.search(question[: found.start()]):
        return question  # "Quand les relations ont-elles été établies ?" says who they are
    before, verb, after = question[: found.start()], found.group(), question[found.end() :]
    if before.strip() and not after.strip(" ?.!"):
        return f"{before}{_WHO.sub('', verb)} {name}{after}"
    # A question that opens with its verb has it large for no other reason.
    verb = verb if before.strip() else f"{verb[:1].lower()}{verb[1:]}"
    return f"{before}{name} {verb}{after}".strip()


def _at_the_end(question: str, word: re.Pattern[str], said: str) -> str:
    if not word.search(question):
        return question
    bare = word.sub("", question, count=1)
    ending = re.search(r"\s*[?.!]*\s*$", bare)
    assert ending is not None
    return f"{bare[: ending.start()]} {said}{ending.group()}"
