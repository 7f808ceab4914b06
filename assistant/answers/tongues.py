"""The language of a sentence or a title, by its small words: too little for other means."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@lru_cache(maxsize=4096)
def tongue_of(text: str) -> str | None:
    """The ISO 639-1 code of the language with the most small words; None where two have as many.

    Only those of `tongues.txt` are known.
    """
    words = _WORD.findall(text.lower())
    found = {code: sum(word in small for word in words) for code, small in _small_words().items()}
    most = max(found.values())
    leading = [code for code, count in found.items() if count == most]
    return leading[0] if most and len(leading) == 1 else None


def is_foreign(text: str, tongue: str | None) -> bool:
    """Whether the text is in another language than this one, as far as either is known."""
    return tongue is not None and tongue_of(text) not in (None, tongue)


@cache
def _small_words() -> Mapping[str, frozenset[str]]:
    """The small words of each language, by its code."""
    lines = (files("assistant.answers") / "tongues.txt").read_text("utf-8").splitlines()
    return {words[0]: frozenset(words[1:]) for line in lines if (words := line.split())}
