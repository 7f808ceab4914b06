"""Short names that everybody knows treaties by, and the whole ones that these bear themselves.

No treaty calls itself the Third Geneva Convention or the NATO SOFA.
"""

import re
from functools import cache
from importlib.resources import files

from assistant.retrieval.names import NUMBERED


def in_full(text: str) -> str:
    """The text with the short names of treaties in full; empty where there is none."""
    found, known = _SPACE.sub(" ", text), _known()
    full = known.pattern.sub(lambda one: known.whole[_SPACE.sub(" ", one.group()).lower()], found)
    return "" if full == found else full


def known_in(text: str) -> list[tuple[str, str]]:
    """The short names in a text, each with the whole one."""
    found, known = _SPACE.sub(" ", text), _known()
    names = (one.group() for one in known.pattern.finditer(found))
    return [(name, known.whole[name.lower()]) for name in names]


def provision_in_full(question: str) -> str:
    """A question about what a treaty provides, with its short name in full; else nothing.

    Of other questions, what tells of a treaty by its short name knows as much as its own text.
    """
    return in_full(question) if _PROVISION.search(question) else ""


# "article 5", "what is meant by …", "what is a force under …", "how can a State leave …"
_PROVISION = re.compile(
    rf"{NUMBERED}|\b(?:means?|meant|meaning|defin\w+|counts? as|(?:is|are)\b.*\bunder|"
    r"(?:can|may|could)\b.*\b(?:withdraw|leave|denounce|terminate|quit|amend|revise))\b",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")


class _Known:
    """The whole names by the short ones, and what finds these."""

    def __init__(self, lines: list[str]) -> None:
        self.whole: dict[str, str] = {}
        for line in lines:
            short, _, whole = line.partition(" = ")
            self.whole |= {name.lower(): whole for name in short.split(" | ")}
        longest_first = sorted(self.whole, key=len, reverse=True)
        names = "|".join(map(re.escape, longest_first))
        self.pattern = re.compile(rf"(?<![\w-])(?:{names})(?![\w-])", re.IGNORECASE)


@cache
def _known() -> _Known:
    """The names of `treaties.txt`: the short ones, and the whole one behind these."""
    text = (files("assistant.retrieval") / "treaties.txt").read_text("utf-8")
    return _Known([line for line in text.splitlines() if line])
