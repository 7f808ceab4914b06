"""What a version is kept under, and who may read it.

A label is the marking of a version and the groups it is for, as one text that a database can
compare: the marking on the first line, a group on each that follows. Markings that cannot be
compared stand on the first line together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.access.ladders import ALL
from assistant.access.spellings import classified, parts, spelled
from assistant.types import Readable, VersionId


@dataclass(frozen=True, slots=True)
class Labels:
    """What a document is kept under now, and each of its versions by itself.

    Who may not read what it says now reads none of it: a marking that was forgotten at first and
    put right later holds for what was said before too.
    """

    now: str
    versions: Mapping[VersionId, str]

    def opened_to(self, readable: Readable | None) -> frozenset[VersionId]:
        """The versions that may be read."""
        if not admits(readable, self.now):
            return frozenset()
        return frozenset(name for name, own in self.versions.items() if admits(readable, own))


def label(marking: str | None, groups: Iterable[str] = ()) -> str:
    """The label of a marking and groups.

    A marking keeps what narrows it (`NATO SECRET//ATOMAL` is for who is cleared for that by name)
    and loses what widens it (`NATO UNCLASSIFIED – RELEASABLE TO PARTNERS`).
    """
    names = sorted({name for name in map(spelled, groups) if name})
    return "\n".join((classified(marking or ""), *names))


def admits(readable: Readable | None, label: str) -> bool:
    """Whether who may read so much may read what has this label; None reads everything.

    What has no marking is for everybody; of two that cannot be compared, a reader needs both. What
    names groups is for their members alone.
    """
    return readable is None or _admits(readable, label)


@lru_cache(maxsize=4096)
def _admits(readable: Readable, label: str) -> bool:
    marking, *groups = label.split("\n")
    opened = readable.markings
    cleared = opened is None or all(part in opened for part in parts(marking))
    member = not groups or readable.groups is None or not readable.groups.isdisjoint(groups)
    return cleared and member


def group_names(groups: Iterable[str]) -> frozenset[str] | None:
    """The groups as labels have them; None for a member of all."""
    names = frozenset(map(spelled, groups)) - {""}
    return None if ALL in names else names
