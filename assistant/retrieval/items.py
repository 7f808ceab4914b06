"""What an answer lists, so that "the second one" and "which of them" can mean its items."""

import re
from collections.abc import Sequence
from textwrap import shorten

from assistant.retrieval.names import KIND, RUN, kind_of, names_said, singular

_MARK = re.compile(r"\s*\[\d+\]")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+(?P<item>\S.*)$", re.MULTILINE)
_ITEM = rf"(?:(?:the|an?|la|le|les)\s+|l['’])?{RUN}"
_AND = r"(?:and|et)\s+(?:(?:later|also|finally|enfin)\s+)?"
_ENUMERATION = re.compile(rf"{_ITEM}(?:,\s+{_ITEM})+,?\s+{_AND}{_ITEM}")
_BETWEEN = re.compile(rf",\s+(?:{_AND})?|\s+{_AND}(?=(?:the\s|la\s|le\s)?[A-ZÀ-Þ])")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ])")
# A question for more than one thing.
_FOR_SEVERAL = re.compile(
    r"\b(?:examples?|exemples?|list|name|which|what (?:are|were)|who (?:are|were)|kinds?|types?|"
    r"quel(?:le)?s|liste[rz]?|cite[rz]?)\b",
    re.IGNORECASE,
)
_NUMBERS = {
    number: i
    for i, words in enumerate(
        (
            "first premier première",
            "second deuxième seconde",
            "third troisième",
            "fourth quatrième",
            "fifth cinquième",
        )
    )
    for number in words.split()
} | {"last": -1, "dernier": -1, "dernière": -1}
_ORDINAL = re.compile(
    r"\b(?:the|la|le)\s+(?P<which>" + "|".join(_NUMBERS) + r")"
    r"(?:\s+ones?\b|\s+of (?:them|these|those)\b|(?=\s*[?.!]*$))",
    re.IGNORECASE,
)
_SEVERAL_OF_A_KIND = re.compile(
    rf"^\W*(?i:(?:and|so)\s+)?(?i:which|what|name|list)\s+(?:the\s+)?(?:[a-z-]+\s+){{0,2}}?"
    rf"(?=[a-z]+s\b)(?P<kind>{KIND.pattern})",
)
_WHERE_OR_WHEN = re.compile(r"(?<=[a-z]) (?:in|to) .*$")
_JOINED = re.compile(r" and (?:the )?")
_ALONE = re.compile(r"^\W*(?:(?:and|so|et|tell me (?:more )?about|what about)\s+)?$", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|la|le)\s|l['’]", re.IGNORECASE)
_ADVERB = re.compile(r"[A-Z][a-z]+ly|Moreover|Therefore|Meanwhile|Instead|Then")
_OPENS_LATE = 25  # characters before the name that an item is called by
_LONGEST = 80
_STOP = re.compile(r"[,;:]\s")
_LONGEST_CLAUSE = 120


def items_of(answer: str, question: str, known: Sequence[str] = ()) -> tuple[str, ...]:
    """The items that an answer lists, by their names; those known where it lists none.

    Sentences that are no list name an item each only where several things were asked for.
    """
    text = _MARK.sub("", answer)
    if known and not _FOR_SEVERAL.search(question):
        return tuple(known)
    if alike := _of_the_kind(text, question):
        return alike
    lines = [found["item"] for found in _BULLET.finditer(text)]
    bullets = [_clause(line) or _name(line, question) for line in lines]
    bullets = bullets if all(bullets) else []
    ways = (bullets, _enumerated(text, question), _openings(text, question))
    found = next((items for items in ways if len(set(items)) > 1), known)
    return tuple(dict.fromkeys(item for item in found if item))


def is_by_number(question: str) -> bool:
    """Whether a question means one of several by its number."""
    return _ORDINAL.search(question) is not None


def number_meant(question: str) -> int:
    """Which one of several a question means, from 0; the last is -1, and so is none."""
    found = _ORDINAL.search(question)
    return _NUMBERS[found["which"].lower()] if found else -1


def item_meant(question: str, items: Sequence[str]) -> str:
    """The item that a question means by its number: "the second one"; empty where none."""
    found = _ORDINAL.search(question)
    if found is None:
        return ""
    at = _NUMBERS[found["which"].lower()]
    return items[at] if -len(items) <= at < len(items) else ""


def with_item(question: str, item: str) -> str:
    """The question with the item by its name for its number."""
    return _ORDINAL.sub(lambda _: item, question, count=1)


def told_of(question: str, item: str) -> str:
    """The question with the item; asked to tell of it where nothing else is asked."""
    found = _ORDINAL.search(question)
    if (
        found
        and _ALONE.match(question[: found.start()])
        and not question[found.end() :].strip("?.! ")
    ):
        return f"Tell me about {item}."
    return with_item(question, item)


def _name(line: str, question: str) -> str:
    """What an item is called: the name that opens it, else all of it where it is short.

    Nothing where that is what was asked of.
    """
    names = [name for name in names_said(line) if not _ADVERB.fullmatch(name)]
    if names and line.find(names[0]) < _OPENS_LATE:
        article = (
            _ARTICLE.match(line)
            if not (any(map(str.isdigit, names[0])) or kind_of(names[0]) == "acronym")
            else None
        )
        called = f"{article.group().lower() if article else ''}{names[0]}"
        return "" if names[0].lower() in question.lower() else called
    bare = line.rstrip(" .;,")
    return bare if len(bare) <= _LONGEST else ""


def _clause(line: str) -> str:
    """What an item is called that is no name: its own words, as far as they go without a stop."""
    if not line[:1].islower() or _ARTICLE.match(line):
        return ""
    clause = _STOP.split(line.rstrip(" .;,"), maxsplit=1)[0]
    return shorten(clause, _LONGEST_CLAUSE, placeholder="")


def _of_the_kind(text: str, question: str) -> tuple[str, ...]:
    """What an answer names of the kind that several are asked for of: "which treaties"."""
    asked = _SEVERAL_OF_A_KIND.match(question)
    if asked is None:
        return ()
    kind = singular(asked["kind"].lower())
    names = [
        f"the {name}"
        for said in names_said(text)
        for name in _each_without_time(said)
        if kind_of(name) == kind and " " in name and name.lower() not in question.lower()
    ]
    found = tuple(dict.fromkeys(names))
    return found if len(found) > 1 else ()


def _each_without_time(name: str) -> list[str]:
    """The names that "and" joins, without the place or time after them ("in February 1945")."""
    each = _JOINED.split(name)
    if not all(KIND.search(one) for one in each):
        each = [name]
    return [_WHERE_OR_WHEN.sub("", one) for one in each]


def _enumerated(text: str, question: str) -> list[str]:
    """The longest row of names in one sentence, without those that were asked of."""
    rows = [_BETWEEN.split(found.group()) for found in _ENUMERATION.finditer(text)]
    rows = [[item for item in row if item.lower() not in question.lower()] for row in rows]
    longest = max(rows, key=len, default=[])
    several = _FOR_SEVERAL.search(question)
    return longest if several or (len(longest) > 2 and not is_by_number(question)) else []


def _openings(text: str, question: str) -> list[str]:
    """The names that sentences open with, where several things were asked for."""
    if not _FOR_SEVERAL.search(question):
        return []
    heads = [_name(one, question) for one in _SENTENCE.split(text) if names_said(one[:_LONGEST])]
    return [one for one in dict.fromkeys(heads) if one and len(one) < _LONGEST]
