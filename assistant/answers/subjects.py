"""Whom or what a document is about, by its title, and whether a question names that whole."""

import re
from dataclasses import dataclass

from assistant.answers.peoples import names_of_countries
from assistant.answers.words import initials, stems
from assistant.retrieval.standalone import content_words
from assistant.spelling import unaccented

_BETWEEN = re.compile(r"\s+[—–|-]\s+|:\s+")
_PROPER = re.compile(r"[A-Z][\w'’]*(?: [A-Z][\w'’]*)*")
_WORD = re.compile(r"[^\W_]+")
_NAME_BEFORE = re.compile(r"(?P<word>[A-Z][\w.'’]*)[ -]$")
_NAME_BEHIND = re.compile(r"(?:-| (?=[A-Z]))\w")
# "Kenyan" begins as "Kenya" does, "Nairobi" does not.
_SAME_STEM = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """What a document is about, by the part of its title that a question names whole."""

    name: str
    stems: frozenset[str]


def subject_of(title: str, question: str) -> Subject | None:
    """The part of the title that the question has as a whole name; None where it has none.

    "Guinea" is not in "Equatorial Guinea", nor in "Guinea-Bissau".
    """
    asked = unaccented(question)
    for part in _BETWEEN.split(title):
        plain = unaccented(part)
        if content_words(part) and any(_is_whole_in(name, asked) for name in _orders(plain)):
            return Subject(part, stems(part))
        if _is_named_in_part(plain, asked):
            return Subject(part, stems(part))
        if people := _people(plain, asked):
            return Subject(part, stems(part) | stems(people))
        if part.lower() in initials(question):
            return Subject(part, stems(part) | _behind_initials(part, question))
    return None


def parts_of_title(title: str) -> list[str]:
    """The parts of a title: whom a document is about, what it is, who published it."""
    return _BETWEEN.split(title)


def _behind_initials(name: str, question: str) -> frozenset[str]:
    """The stems of the words that a name is the initials of."""
    return stems(" ".join(w for w in _WORD.findall(question) if w[0].isupper() and w[0] in name))


def _is_named_in_part(name: str, asked: str) -> bool:
    """Whether the proper name in it is whole, and with a word of what it is: "the Porto office"."""
    words = content_words(name)
    proper = [run for run in _PROPER.findall(name) if content_words(run)]
    common = {word for word in words if not re.search(rf"\b{re.escape(word.capitalize())}", name)}
    spoken = bool(common & {*content_words(asked)})
    return spoken and bool(proper) and all(_is_whole_in(run, asked) for run in proper)


def _people(name: str, asked: str) -> str:
    """The name in a question of the country with this one, as "Kenyan"; empty for none.

    A capital, which stands for the country in some of what is asked, begins as no word of its name.
    """
    plain = name.lower()
    begun = {word[:_SAME_STEM] for word in _WORD.findall(plain) if len(word) > _SAME_STEM}
    rows = [names for names in names_of_countries() if plain in names]
    others = (each for names in rows for each in names if not plain.startswith(each))
    for other in (o for o in others if begun & {w[:_SAME_STEM] for w in o.split()}):
        spoken = re.search(rf"(?<![\w-]){re.escape(other)}s?(?![\w-])", asked, re.IGNORECASE)
        if spoken and spoken.group()[0].isupper() and not _is_joined(asked[: spoken.start()]):
            return spoken.group()
    return ""


def _orders(part: str) -> list[str]:
    """A name as it is written, and as it is said: "Gambia, The", "The Gambia" and "Gambia"."""
    name, comma, rest = part.partition(", ")
    if not comma:
        return [part]
    return [part, f"{rest} {name}", *([] if content_words(rest) else [name])]


def _is_whole_in(name: str, asked: str) -> bool:
    words = r"[\W_]+".join(map(re.escape, _WORD.findall(name)))
    for found in re.finditer(rf"(?<![\w-]){words}(?!\w)", asked, re.IGNORECASE):
        if not _is_joined(asked[: found.start()]) and not _NAME_BEHIND.match(asked[found.end() :]):
            return True
    return False


def _is_joined(before: str) -> bool:
    """Whether a name goes on with what stands before it: "Equatorial Guinea"."""
    word = _NAME_BEFORE.search(before)
    return word is not None and (word.start() > 0 or bool(content_words(word["word"])))
