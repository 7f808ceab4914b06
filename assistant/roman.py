"""Roman numbers: of articles, and of names that are counted."""

import re

ROMAN = re.compile(r"c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
"""A Roman number below 400, in small letters; the empty text, too."""
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_LETTERS = (
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def in_figures(number: str) -> str:
    """A Roman number in Arabic figures: who asks for Article 5 means Article V."""
    if not ROMAN.fullmatch(number):
        return number
    values = [_VALUES[letter] for letter in number]
    return str(
        sum(
            -v if v < following else v
            for v, following in zip(values, [*values[1:], 0], strict=True)
        )
    )


def in_letters(number: int) -> str:
    """A number above 0 as a Roman one, in small letters."""
    text = ""
    for value, letters in _LETTERS:
        while number >= value:
            text, number = text + letters, number - value
    return text
