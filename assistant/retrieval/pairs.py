"""The two that a question compares or names together."""

import re

from assistant.retrieval.names import (
    FRAME,
    is_several,
    kind_of,
    names_in,
)
from assistant.retrieval.referents import Subject
from assistant.retrieval.sides import sides_of

_TWO = 2
_JOINED = re.compile(
    r"^(?:\s*,|\s+(?:and|or|versus|vs\.?|than|et|ou)\b).*$|.*\b(?:than|from|with)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# "A defence attaché and an exchange officer", "… differ from military advisers"
_OTHER = re.compile(
    r"(?P<joint>\b(?:between|differ\w*|compare[ds]?|better|more|less|older)\b.*)?"
    r"\b(?:from|and|or|than|to|with)\s+(?P<the>(?:an?|the)\s+)?(?P<np>[a-zà-ÿ -]+)$"
)


def pair_of(asked: str, subject: Subject) -> tuple[str, ...]:
    """The two that a question compares or names together; nothing where there are not two."""
    if sides := compared(asked):
        return sides
    names = [one for one in names_in(asked) if not FRAME.fullmatch(one.group())]
    if len(names) == _TWO and _are_alike(*names):
        return tuple(f"{_the(one)}{one.group()}" for one in names)
    other = _OTHER.search(asked.rstrip(" ?.!"))
    if other is None or not subject.any or subject.any.lower().endswith(other["np"].lower()):
        return ()
    if other["the"]:
        return subject.any, f"the {other['np']}"
    return (subject.any, other["np"]) if is_several(other["np"]) and other["joint"] else ()


def compared(asked: str) -> tuple[str, ...]:
    """The two sides that a question compares; nothing where it compares none."""
    return tuple(sides_of(asked) or ())


def _are_alike(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether two names of a question are of a kind, or joined as if they were."""
    between = one.string[one.end() : other.start()]
    joined = _JOINED.match(between) is not None
    if one.group() == other.group():
        return False
    return joined or kind_of(one.group()) == kind_of(other.group())


def _the(name: re.Match[str]) -> str:
    """The article that a name was given."""
    return "the " if name.string[: name.start()].lower().endswith("the ") else ""
