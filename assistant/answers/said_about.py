"""What a text that is named says about a matter: "What does the Tern Pact say about boats?"."""

import re
from itertools import groupby

from assistant.answers.pool import Pooled
from assistant.answers.texts import Text
from assistant.answers.within import PoolOf
from assistant.answers.words import stems
from assistant.types import StoredChunk

_SAYS = (
    r"(?:say|state|provide|stipulate|lay\s+down|set\s+out|prescribe|establish|contain|require|"
    r"regulate|foresee|specify)"
)
_ABOUT = (
    r"(?:about|on|regarding|concerning|for|as\s+to|as\s+regards|with\s+(?:regard|respect)\s+to|"
    r"in\s+case\s+of|in\s+respect\s+of)"
)
_ASKED = re.compile(
    rf"^\W*what\s+(?:exactly\s+)?(?:does|do|did)\s+(?:the\s+)?\S.*?\s+{_SAYS}\s+{_ABOUT}\s+"
    r"(?P<matter>\S.*?)\W*$",
    re.IGNORECASE,
)
_ALSO_ASKED = re.compile(r"[,;]|\b(?:and|or)\s+(?:what|how|when|who|where|which|does|is)\b", re.I)
_MOST_WORDS = 8
# Of a matter in several words this share is enough, where no sentence has all of them.
_ENOUGH = 0.6
_FEWEST = 2
_MOST = 5
# A provision of whose heading the matter is this share is about that, and not about more besides.
_OF_THE_HEADING = 0.5


def matter_of(question: str) -> frozenset[str]:
    """The stems of the matter about which it is asked what something says; empty if of none."""
    found = _ASKED.match(question)
    if found is None or _ALSO_ASKED.search(found["matter"]):
        return frozenset()
    return stems(found["matter"]) if len(found["matter"].split()) <= _MOST_WORDS else frozenset()


def said_about(matter: frozenset[str], text: Text, pool_of: PoolOf) -> list[Pooled]:
    """The sentences of the text that speak of the matter, in its order; empty where none does.

    Where a provision is headed by the matter, those of it; all of them where the heading has
    nothing else, or none of them names the matter again.
    """
    chunks = [one for one in text.chunks if matter & stems(_with_its_heading(one))]
    pool = sorted(pool_of(chunks), key=lambda one: one.place)
    provisions = [[*found] for _, found in groupby(pool, key=_headings)]
    if headed := [found for found in provisions if _heads(matter, found[0])]:
        found = min(headed, key=lambda each: len(_heading_of(each[0])))
        if matter == _heading_of(found[0]):
            return found[:_MOST]
        return ([one for one in found if matter <= stems(one.text)] or found)[:_MOST]
    shared = [len(matter & stems(one.text)) for one in pool]
    least = max(shared, default=0)
    if least < max(min(_FEWEST, len(matter)), _ENOUGH * len(matter)):
        return []
    told = [one for one, n in zip(pool, shared, strict=True) if n == least]
    return told[:_MOST]


def _heads(matter: frozenset[str], one: Pooled) -> bool:
    """Whether the heading above it is the matter, alone or with little else."""
    heading = _heading_of(one)
    return matter <= heading and len(matter) >= _OF_THE_HEADING * len(heading)


def _heading_of(one: Pooled) -> frozenset[str]:
    return stems(_heading(one.source.stored))


def _headings(one: Pooled) -> tuple[str, ...]:
    return tuple(one.source.stored.chunk.headings)


def _heading(stored: StoredChunk) -> str:
    return stored.chunk.headings[-1] if stored.chunk.headings else ""


def _with_its_heading(stored: StoredChunk) -> str:
    return f"{_heading(stored)}\n{stored.chunk.text}"
