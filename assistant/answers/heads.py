"""Who is at the head of a state, told by its profile: "Who runs it these days?"."""

import re
from collections.abc import Collection, Sequence

from assistant.answers.cells import Cell
from assistant.answers.words import stems

_RULES = re.compile(
    r"\bwho(?:[’']s|\s+(?:is|now|currently))*\s+(?:runs?|rules?|governs?|leads?|heads?|running|ruling|"
    r"governing|leading|heading|in\s+(?:charge|control|power))\b|"
    r"\bqui\s+(?:dirige|gouverne|est\s+à\s+la\s+tête)\b",
    re.IGNORECASE,
)
_RULING = stems(
    "run rule govern lead head charge control power day today now since country state "
    "dirige gouverne tête"
)
_AT_THE_HEAD = stems("chief state"), stems("head government")


def asks_who_rules(question: str, asked: Collection[str]) -> bool:
    """Whether it is asked who is at the head of a state now, and nothing else."""
    return _RULES.search(question) is not None and _RULING.issuperset(asked)


def at_the_head(cells: Sequence[Cell]) -> list[Cell]:
    """The cells that tell who is at the head of a state and of its government."""
    return [one for one in cells if any(office <= stems(one.key) for office in _AT_THE_HEAD)]
