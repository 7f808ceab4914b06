"""Words that bound or restrict alike: "a maximum period of" a year is "at most" a year."""

import re
from collections.abc import Iterator
from functools import lru_cache

_COUNT = (
    r"(?=\s+(?:[$€£]\s?)?(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"fifteen|eighteen|twenty|thirty|forty|fifty|sixty|ninety)\b))"
)
_OF = r"(?:\s+(?:period|duration|term|number|amount|length))?\s+of"
_ALIKE = tuple(
    re.compile(rf"\b(?:{words})\b{behind}", re.IGNORECASE)
    for words, behind in (
        (
            rf"a\s+maximum{_OF}|(?:not|no)\s+(?:more|longer)\s+than|not\s+exceeding|at\s+most",
            _COUNT,
        ),
        (rf"a\s+minimum{_OF}|(?:not|no)\s+(?:less|fewer|shorter)\s+than|at\s+least", _COUNT),
        (r"only|solely|exclusively", ""),
    )
)


@lru_cache(maxsize=512)
def bounded_alike(text: str, sentence: str) -> str:
    """The text with the sentence's words for a bound or restriction, where it has others for it."""
    for pattern, said in _said(sentence):
        if not pattern.search(text) or said in text.lower():
            continue
        text = pattern.sub(said, text)
    return text


@lru_cache(maxsize=512)
def _said(sentence: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(_found(sentence))


def _found(sentence: str) -> Iterator[tuple[re.Pattern[str], str]]:
    for pattern in _ALIKE:
        said = {one[0].lower() for one in pattern.finditer(sentence)}
        # Of two words for it, nobody knows which is which.
        if len(said) == 1:
            yield pattern, said.pop()
