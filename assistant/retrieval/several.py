"""Two or three things that were asked of alike: what "which of them" and "the latter" mean."""

import re
from collections.abc import Sequence

from assistant.retrieval.names import RUN

_OF_THEM = re.compile(
    r"\b(?P<of>(?:which|who|what|both|neither|either|each|none|one|any|how many|all)\s+of|between|"
    r"compare)\s+(?:them|these|those|(?:the|these|those) (?:two|three))(?:\s+both)?\b",
    re.IGNORECASE,
)
_THEM = re.compile(r"them|these|those|two|three", re.IGNORECASE)
_WHICH_ONE = re.compile(
    r"^(?P<and>\W*(?:(?:and|but|so)\s+)?)(?P<which>which)(?:\s+one)?\s+"
    r"(?=(?:is|was|has|had|does|did|can|came|comes|takes|took|are|were|will)\b)",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"^(?P<ask>\W*(?:and\s+)?what(?:['’]s|\s+(?:is|are))\s+the\s+differences?)(?P<end>\s*[?.!]*)$",
    re.IGNORECASE,
)
_OF_TWO = re.compile(r"\bthe (?P<which>former|latter)\b", re.IGNORECASE)
_OF_EACH = re.compile(r"^(?P<what>the\s[a-z-]+(?:\s[a-z-]+)?\sof\s)(?=(?:the\s)?[A-ZÀ-Þ])")
_THOSE = rf"(?:the\s+)?{RUN}"
_CHOSE = re.compile(
    r"^(?P<which>\W*(?:which|who)\s+of\s+(?:the\s[a-z-]+(?:\s[a-z-]+)?\sof\s)?)"
    rf"(?P<those>{_THOSE}(?:,\s+{_THOSE})*(?:\s+and\s+{_THOSE})?)\s+(?P<rest>(?-i:[a-z]).*)$",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"^(?:is|are|was|were|has|have|had)\s+(?:the\s+|an?\s+)?[a-z]{2,}(?:er|est)\b|"
    r"\b(?:more|less|fewer|most|least|better|best|worse|worst|larger|largest|bigger|biggest|"
    r"longer|earlier|later|first|last)\b",
    re.IGNORECASE,
)
_ELLIPTIC = re.compile(r"^\W*(?:(?:and|but|so|et|what about|how about)\s+)+", re.IGNORECASE)


def chooses(question: str) -> bool:
    """Whether a question asks to choose among what was asked of alike."""
    if _WHICH_ONE.match(question) or _DIFFERENCE.match(question):
        return True
    return _THEM.search(question) is not None and _OF_THEM.search(question) is not None


def is_of_two(question: str) -> bool:
    """Whether a question means one of two: "the former"."""
    return _OF_TWO.search(question) is not None


def among(question: str, alike: Sequence[str]) -> str:
    """The question with the names of those it asks to choose among; else as it is."""
    if len(alike) < 2:
        return question
    names = _listed(alike)
    if found := _OF_THEM.search(question):
        return f"{question[: found.start()]}{found['of']} {names}{question[found.end() :]}"
    if found := _WHICH_ONE.match(question):
        return f"{found['and']}{found['which']} of {names} {question[found.end() :]}"
    if found := _DIFFERENCE.match(question):
        return f"{found['ask']} between {names}{found['end']}"
    return question


def one_more(name: str, asked: str) -> str:
    """The last question, asked to choose among one more: "Which of Mali, Niger and Chad …?"."""
    found = _CHOSE.match(asked)
    if found is None or not _COMPARES.search(found["rest"]) or name in found["those"]:
        return ""
    those = re.sub(r"\sand\s(?!.*\sand\s)", ", ", found["those"])
    return f"{found['which']}{those} and {name} {found['rest']}"


def chose_among(asked: str) -> bool:
    """Whether a question asked to choose among several by their names."""
    return _CHOSE.match(asked) is not None


def _listed(alike: Sequence[str]) -> str:
    """Several by their names; what all of them are "of" is said once."""
    parts = [_OF_EACH.match(one) for one in alike]
    shared = {part["what"] for part in parts if part} if all(parts) else set()
    what = shared.pop() if len(shared) == 1 else ""
    names = [one.removeprefix(what) for one in alike]
    return f"{what}{', '.join(names[:-1])} and {names[-1]}"


def one_of_two(question: str, alike: Sequence[str]) -> str:
    """The one that "the former" or "the latter" is; empty where neither is said."""
    found = _OF_TWO.search(question)
    if found is None or len(alike) != len(("former", "latter")):
        return ""
    return alike[0] if found["which"].lower() == "former" else alike[-1]


def with_the_one(question: str, meant: str, said: re.Pattern[str] = _OF_TWO) -> str:
    """The question with the name for what stands for it."""
    return said.sub(lambda _: meant, question, count=1)


def asked_of_another(question: str, asked: str, meant: str, alike: Sequence[str]) -> str:
    """The last question asked of another of those alike: "And the former?"; else nothing."""
    opening = _ELLIPTIC.match(question)
    if opening is None or question[opening.end() :].strip(" ?.!").lower() != meant.lower():
        return ""
    for other in alike:
        bare = re.compile(rf"\b{re.escape(other)}(?!\w)", re.IGNORECASE)
        if other != meant and bare.search(asked):
            return bare.sub(lambda _: meant, asked, count=1)
    return ""
