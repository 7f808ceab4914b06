"""Names that are counted, as a sentence counts them: the Second World War is World War II.

Which of several bears the number is told before the name by an ordinal, or behind it by letters,
figures or a word. Of one word alone ("Protocol II") the second may be another.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.roman import in_letters

_ORDINALS = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth"]
_CARDINALS = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"]
_NAME = r"[A-ZÀ-Þ][a-zà-ÿ]+(?:\s+[A-ZÀ-Þ][a-zà-ÿ]+)+"
_LETTERS = [in_letters(number).upper() for number in range(1, 10)]
_ORDERED = re.compile(rf"\b(?P<number>{'|'.join(_ORDINALS)})\s+(?P<name>{_NAME})\b")
_NUMBERED = re.compile(
    rf"\b(?P<name>{_NAME})\s+(?P<number>{'|'.join((*_LETTERS, *_CARDINALS))}|[1-9])\b(?![.,]?\d)"
)


@lru_cache(maxsize=512)
def counted_as(text: str, sentence: str) -> str:
    """The text with each name that is counted as the sentence counts it."""
    for said, pattern in _said(sentence):
        text = pattern.sub(said, text)
    return text


@lru_cache(maxsize=512)
def _said(sentence: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """How the sentence writes each counted name, with a pattern of its other forms."""
    return tuple((said, _forms(name, number)) for said, name, number in _names(sentence))


def _names(sentence: str) -> Iterator[tuple[str, str, int]]:
    for one in _ORDERED.finditer(sentence):
        yield one[0], one["name"], _ORDINALS.index(one["number"])
    for one in _NUMBERED.finditer(sentence):
        series = (_LETTERS, _CARDINALS, "123456789")
        yield (
            one[0],
            one["name"],
            next(each.index(one["number"]) for each in series if one["number"] in each),
        )


def _forms(name: str, number: int) -> re.Pattern[str]:
    words = name.split()
    written = r"\s+".join(map(re.escape, words))
    short = "".join(word[0] for word in words)
    ordinal, letters = _ORDINALS[number], _LETTERS[number]
    behind = f"(?:{letters}|{_CARDINALS[number]}|{number + 1})"
    return re.compile(
        rf"\b(?:{ordinal}|{ordinal.lower()})\s+{written}\b"
        rf"|\b(?:{written}|{short})\s?{behind}\b(?![.,]?\d)"
    )
