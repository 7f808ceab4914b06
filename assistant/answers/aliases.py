"""Short names that a text gives: the International Criminal Court (“the Court”)."""

import re
from collections.abc import Sequence

from assistant.answers.asking import CAPITAL
from assistant.answers.pool import Source
from assistant.types import StoredChunk

# Few texts have such a bracket, and the name is looked for only before one.
_GIVEN = re.compile(
    r"\((?:hereinafter\s+(?:(?:referred to|known)\s+as\s+|called\s+)?|the\s+)?"
    r"[“\"‘'](?:the\s+)?(?P<alias>[A-Z][\w-]+(?:\s+[A-Z][\w-]+)*)[”\"’']\)"
)
_LONGEST = 160
_NAME = re.compile(
    rf"(?P<name>{CAPITAL}(?:[\s-]+(?:(?:of|for|the|and|on|in|to)\s+){{0,2}}{CAPITAL})+)[^().;]{{0,40}}$"
)


def with_aliases(sources: Sequence[Source]) -> list[Source]:
    """The chunks, each with the whole names of what it calls by names its document gave them."""
    given: dict[str, dict[str, str]] = {}
    for one in sources:
        text = one.stored.chunk.text
        for found in _GIVEN.finditer(text):
            start = found.start()
            if name := _NAME.search(text[max(0, start - _LONGEST) : start]):
                names = given.setdefault(one.stored.version_id, {})
                names.setdefault(found["alias"], " ".join(name["name"].split()))
    return [one if not given else _named(one, given.get(one.stored.version_id)) for one in sources]


def _named(source: Source, given: dict[str, str] | None) -> Source:
    called = [name for alias, name in (given or {}).items() if _has(source.stored, alias)]
    return Source(source.stored, source.score, source.cosine, tuple(called)) if called else source


def _has(stored: StoredChunk, alias: str) -> bool:
    return re.search(rf"\b{re.escape(alias)}\b", stored.chunk.text) is not None
