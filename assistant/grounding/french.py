"""What a French text says, in English words, for an English sentence that is held against it."""

import re
from functools import lru_cache

from assistant.retrieval.translation import translated

_NOT = re.compile(r"\bn(?:e\s+|['’])", re.IGNORECASE)
_ONLY = re.compile(r"\bn(?:e\s+|['’])(?P<verb>\w+\s+)qu(?:e\b|['’])", re.IGNORECASE)
_BEHIND = re.compile(r"\b(?:pas|point|jamais|plus(?=\s+(?:de|d['’]|à|en)\b))\b", re.IGNORECASE)
# Small words that tell how things stand, which a list of words for searching leaves out.
_SMALL = {
    "sans": "without",
    "avant": "before",
    "après": "after",
    "contre": "against",
    "par": "by",
    "et": "and",
    "ou": "or",
    "si": "if",
    "sauf": "except",
    "tous": "all",
    "toutes": "all",
    "chaque": "each",
    "aucun": "no",
    "aucune": "no",
    "seul": "only",
    "seule": "only",
    "seulement": "only",
    "uniquement": "only",
    "peut": "may",
    "peuvent": "may",
    "doit": "must",
    "doivent": "must",
    "est": "is",
    "sont": "are",
    "était": "was",
    "étaient": "were",
}
_SMALL_WORDS = re.compile(rf"\b(?:{'|'.join(_SMALL)})\b", re.IGNORECASE)
_KEPT = re.compile(r"zz([a-z]+)zz")
_ENDS = re.compile(r"(?<=[.,;:!?\n])")


@lru_cache(maxsize=2048)
def in_english(text: str) -> str:
    """The text's words in English, with its stops, what it denies and what it limits."""
    text = _ONLY.sub(rf"\g<verb>{_kept('only')} ", text)
    text = _BEHIND.sub(" ", _NOT.sub(f"{_kept('not')} ", text))
    text = _SMALL_WORDS.sub(lambda found: _kept(_SMALL[found[0].lower()]), text)
    return _KEPT.sub(r"\1", "".join(_part(part) for part in _ENDS.split(text)))


def _kept(word: str) -> str:
    """An English word as no list has it: "or" is gold in French."""
    return f"zz{word}zz"


def _part(part: str) -> str:
    stop = part[-1:] if part[-1:] in ".,;:!?\n" else ""
    words = translated(part.removesuffix(stop))
    return f"{words}{stop} " if words or stop == "\n" else ""
