"""The two sides of a comparison, each of which is looked for by itself."""

import re
from typing import NamedTuple

_SIDE = r"(?P<{}>(?:an?\s+|the\s+|une?\s+|l[ae’']s?\s*)?[\w’'./&-]+(?:\s+[\w’'./&-]+){{0,6}}?)"
_ONE, _OTHER = _SIDE.format("one"), _SIDE.format("other")
_END = r"\s*[?.!]*\s*$"
# "What are the differences between …", "compare … with …", "how does … differ from …".
_COMPARED = tuple(
    re.compile(rf"^\W*{pattern}{_END}", re.IGNORECASE)
    for pattern in (
        rf"(?:please\s+)?(?:what(?:’s|'s|\s+is|\s+are|\s+was|\s+were)\s+)?"
        rf"(?:(?:explain|describe|tell me)\s+)?the\s+(?:main\s+|key\s+)?"
        rf"(?:differences?|distinctions?|contrast)\s+between\s+{_ONE}\s+and\s+{_OTHER}",
        rf"(?:please\s+)?(?:compare|contrast|distinguish|compare and contrast)\s+{_ONE}\s+"
        rf"(?:and|with|to|from)\s+{_OTHER}",
        rf"how\s+(?:does|do|did|is|are|was|were)\s+{_ONE}\s+(?:differ|different)\s+from\s+{_OTHER}",
        rf"how\s+(?:does|do|did)\s+{_ONE}\s+and\s+{_OTHER}\s+differ",
        rf"quelles?\s+(?:est|sont)\s+(?:la|les)\s+différences?\s+entre\s+{_ONE}\s+et\s+{_OTHER}",
        rf"(?:comparer?|comparez)\s+{_ONE}\s+(?:et|avec|à)\s+{_OTHER}",
        rf"{_ONE}\s+(?:versus|vs\.?)\s+{_OTHER}",
    )
)
_FRENCH = re.compile(r"^\W*(?:quelles?|compare[rz])\b", re.IGNORECASE)
# "the role of the one and that of the other": what is compared is no name by itself.
_LEANS = re.compile(r"\b(?:it|its|they|them|their|this|that|these|those|one|ones|other|others)\b")


_VOWEL = re.compile(r"[aeiouyhâàéèêîôû]", re.IGNORECASE)
_LONGEST = 200  # characters of a question that compares, and is no text to be read


class Sides(NamedTuple):
    """What is compared with what, as the question names them."""

    one: str
    other: str

    def questions(self, comparison: str) -> tuple[str, str]:
        """What each is, asked in the language of the comparison."""
        ask = _in_french if _FRENCH.match(comparison) else "What is {}?".format
        return ask(self.one), ask(self.other)


def sides_of(question: str) -> Sides | None:
    """The two sides where a question compares two things by their names, else None."""
    if len(question) > _LONGEST:
        return None
    for pattern in _COMPARED:
        if found := pattern.match(question):
            sides = Sides(*(found[side].strip(" ./-") for side in ("one", "other")))
            if not any(map(_LEANS.search, sides)) and sides.one.lower() != sides.other.lower():
                return sides
    return None


def _in_french(side: str) -> str:
    return f"Qu’est-ce {'qu’' if _VOWEL.match(side) else 'que '}{side}\N{NO-BREAK SPACE}?"
