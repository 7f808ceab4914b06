"""Words that are looked for in what was said: a pattern that every database reads alike.

Databases know capitals only of the letters of their locale, SQLite only of ASCII. So the pattern
itself names each letter in all its forms, and is read with regard to case.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from assistant.spelling import unaccented

# Latin with its accents, Greek, Cyrillic, and what Latin has for Vietnamese.
_LETTERS = (range(0x80), range(0xC0, 0x250), range(0x370, 0x530), range(0x1E00, 0x2000))
_APOSTROPHES = "'’"
_ITSELF = re.compile(r"[\w\s]")


@lru_cache(maxsize=256)
def pattern_of(words: str) -> str:
    """What finds these words, in small letters or capitals, with or without their accents."""
    return r"\s+".join("".join(map(_form, part)) for part in words.split())


def _form(letter: str) -> str:
    if letter in _APOSTROPHES:
        return f"[{_APOSTROPHES}]"
    forms = _forms().get(_bare(letter), "")
    if len(forms) > 1:
        return f"[{forms}]"
    return letter if _ITSELF.match(letter) or not letter.isascii() else f"\\{letter}"


@cache
def _forms() -> dict[str, str]:
    found: dict[str, str] = {}
    for letter in _letters():
        found[_bare(letter)] = found.get(_bare(letter), "") + letter
    return found


def _letters() -> Iterable[str]:
    return (chr(code) for each in _LETTERS for code in each if chr(code).isalpha())


def _bare(letter: str) -> str:
    return unaccented(letter).casefold()
