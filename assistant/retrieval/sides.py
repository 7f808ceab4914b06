"""The two sides of a comparison, each of which is looked for by itself."""

import re
from typing import NamedTuple

from assistant.retrieval.grammar import PRONOUNS

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
        rf"(?:please\s+)?(?:compare and contrast|compare|contrast|distinguish)\s+{_ONE}\s+"
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
_LEANS = re.compile(rf"\b(?:{PRONOUNS}|others?)\b")


_ASKS = re.compile(r"^(?:and\s|contrast\s|wh\w+\b|how\b|is\b|are\b)", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:an?|the|une?|l[aes]+|l[’'])\b", re.IGNORECASE)
# "UNSCR 1386 and 1510"
_NUMBER = re.compile(r"^v?\d[\w.]*$", re.IGNORECASE)
# "the exports of Egypt and Libya": what is compared is the exports of both.
_SHARED = re.compile(
    r"(?P<what>(?:the\s+)?(?:[a-z][\w-]*\s+){1,4}?(?:of|in)\s+)(?:the\s+)?[A-ZÀ-Þ]"
)
_NAME = re.compile(r"(?:the\s+)?[A-ZÀ-Þ][^\s,]*(?:\s+[A-ZÀ-Þ][^\s,]*)*$")
# "of Kenya and South Africa in 2024", "as a share of GDP": that is said of both.
_OF_BOTH = re.compile(
    r"(?:\s+(?:in|for|during|since|en)\s+(?:the year\s+)?(?:19|20)\d\d|"
    r"\s+(?:as|in terms of|relative to|in relation to|per|on|by)\s+(?:an?\s+|the\s+)?[a-z].*?)+$"
)
_VOWEL = re.compile(r"[aeiouyhâàéèêîôû]", re.IGNORECASE)
_LONGEST = 200  # characters of a question that compares, and is no text to be read


class Sides(NamedTuple):
    """What is compared with what, as the question names them."""

    one: str
    other: str

    def are_named(self) -> bool:
        """Whether each stands by itself, and they are two."""
        if any(_LEANS.search(side) or _ASKS.match(side) for side in self):
            return False
        bare = _ARTICLE.sub("", self.one).split()
        # "debit and credit cards": the one shares its noun with the other.
        shares = len(bare) == 1 and not bare[0].isupper() and not _ARTICLE.match(self.other)
        return self.one.lower() != self.other.lower() and not (
            shares and len(self.other.split()) > 1
        )

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
            one, other = (found[side].strip(" ./-") for side in ("one", "other"))
            if _NUMBER.match(other):
                other = " ".join([*one.split()[:-1], other])
            tail = _OF_BOTH.search(other)
            bare = other[: tail.start()] if tail else other
            if (shared := _SHARED.match(one)) and _NAME.match(bare):
                other = f"{shared['what']}{other}"
                one += tail.group() if tail and not _OF_BOTH.search(one) else ""
            sides = Sides(one, other)
            if sides.are_named():
                return sides
    return None


def _in_french(side: str) -> str:
    return f"Qu’est-ce {'qu’' if _VOWEL.match(side) else 'que '}{side}\N{NO-BREAK SPACE}?"
