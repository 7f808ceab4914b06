"""One spelling for words that are written in two ways, so that either finds the other.

For comparing words only: it is used on both sides of a comparison, so a word that it changes
without need does no harm.
"""

import re
from unicodedata import combining, normalize

# With what a text must hold, in small letters, for its pattern to find anything: most hold nothing
# of it, and looking for that takes a fraction of the time.
_BRITISH = (
    ("ence", re.compile(r"\b(defen|offen|licen|preten)c(es?)\b", re.IGNORECASE), r"\1s\2"),
    ("is", re.compile(r"(\w{3}[a-z])is(ation|ing|ed|es?|ers?)\b", re.IGNORECASE), r"\1iz\2"),
    ("programme", re.compile(r"\b(program)me(s?)\b", re.IGNORECASE), r"\1\2"),
    ("tre", re.compile(r"\b(cent|theat|met)re(s?)\b", re.IGNORECASE), r"\1er\2"),
    ("our", re.compile(r"\b(lab|harb|neighb|behavi|fav|hon|col)our", re.IGNORECASE), r"\1or"),
    ("co-", re.compile(r"\bco-(operat|ordinat)", re.IGNORECASE), r"co\1"),
    # The one French word of the trade that keyboards write without its accent; with it, no stemmer
    # takes it for "attach".
    ("attach", re.compile(r"\battach[eé](s?)\b", re.IGNORECASE), r"attaché\1"),
)


def respelled(text: str) -> str:
    """The text in American spelling, and with attachés accented."""
    small = text.lower()
    for part, pattern, replacement in _BRITISH:
        if part in small:
            text = pattern.sub(replacement, text)
    return text


def unaccented(word: str) -> str:
    """The word without its accents."""
    if word.isascii():
        return word
    return "".join(c for c in normalize("NFKD", word) if not combining(c))


_APOSTROPHES = re.compile("(?<=[^\\W\\d_])[’‘ʻʼ´`](?=[^\\W\\d_])")


def with_one_apostrophe(text: str) -> str:
    """The text, as long as before, with one sign for every apostrophe inside a word."""
    return text if text.isascii() and "`" not in text else _APOSTROPHES.sub("'", text)
