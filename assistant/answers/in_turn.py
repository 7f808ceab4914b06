"""Names that a text gives one after the other, as those of the members of a treaty."""

import re

from assistant.answers.asking import CAPITAL

_RUN = rf"(?:the\s+)?{CAPITAL}(?:\s+(?:(?:of|the)\s+)*{CAPITAL})*(?:\s+\([^)]*\))?"
_IN_TURN = re.compile(rf"{_RUN}(?:,\s+{_RUN})+,?\s+(?:and|et)\s+{_RUN}")
_AND = re.compile(r",?\s+(?:and|et)\s+|,\s+")


def named_in_turn(text: str) -> tuple[str, ...]:
    """The names that a text gives one after the other, three at the least; else nothing."""
    found = max((one.group() for one in _IN_TURN.finditer(text)), key=len, default="")
    return tuple(filter(None, _AND.split(found)))
