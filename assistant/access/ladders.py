"""The markings that are in use, in their order, and which of them a clearance opens.

A ladder is one authority's markings, lowest first. A clearance on one ladder opens nothing on
another: who may read NATO SECRET may not therefore read a nation's own CONFIDENTIAL.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.errors import ConfigurationError
from assistant.spelling import unaccented

DEFAULT = (
    "NATO UNCLASSIFIED, NATO RESTRICTED, NATO CONFIDENTIAL, NATO SECRET, COSMIC TOP SECRET; "
    "UNCLASSIFIED, OFFICIAL, RESTRICTED, CONFIDENTIAL, SECRET, TOP SECRET"
)
ALL = "ALL"
"""The clearance, and the group, that opens everything."""

_RELEASED = re.compile(
    r"\s*(?:[/(,–—-]\s*)*\b(?:REL(?:EASABLE)?|PUBLICLY DISCLOSED|PUBLIC DISCLOSURE"
    r"|APPROVED FOR PUBLIC RELEASE|COMMUNICABLE A)\b.*",
    re.IGNORECASE,
)
"""What says who else may have it: it opens more, and is no other marking."""
_ALLIED = re.compile(r"^(?:NATO\s?/\s?OTAN|OTAN\s?/\s?NATO|OTAN|NATO|COSMIC)\s*[-–_/ ]\s*")
_OF_THE_ALLIANCE = {
    "NATO SANS CLASSIFICATION": "NATO UNCLASSIFIED",
    "NATO NON CLASSIFIE": "NATO UNCLASSIFIED",
    "NATO DIFFUSION RESTREINTE": "NATO RESTRICTED",
    "NATO CONFIDENTIEL": "NATO CONFIDENTIAL",
    "COSMIC TRES SECRET": "COSMIC TOP SECRET",
}
"""The alliance's markings as its French documents write them."""
_BETWEEN = re.compile(r"[,<\n]")


@lru_cache(maxsize=4096)
def spelled(name: str) -> str:
    """A marking or group as they are compared: without case, accents and superfluous spaces."""
    return " ".join(unaccented(name).upper().split())


@lru_cache(maxsize=4096)
def classified(marking: str) -> str:
    """The marking by its own name, without who else it may be released to."""
    return _named(spelled(parted(marking)[0]))


def parted(marking: str) -> tuple[str, str]:
    """A marking as it is written, and what follows it and says who else may have it."""
    found = _RELEASED.search(marking)
    return (marking, "") if found is None else (marking[: found.start()], found.group())


def _named(name: str) -> str:
    found = _ALLIED.match(name)
    if found is None:
        return name
    whose = "COSMIC" if found.group().startswith("COSMIC") else "NATO"
    whole = f"{whose} {name[found.end() :]}"
    return _OF_THE_ALLIANCE.get(whole, whole)


@dataclass(frozen=True, slots=True)
class Ladders:
    """The ladders of an installation; names as `spelled` has them."""

    ladders: tuple[tuple[str, ...], ...]

    @classmethod
    def read(cls, text: str) -> "Ladders":
        """The ladders a setting names: `lowest, higher, highest; other ladder, …`.

        Raises:
            ConfigurationError: a marking is named twice, or none is.
        """
        found = tuple(filter(None, (tuple(_rungs(part)) for part in text.split(";"))))
        names = [name for ladder in found for name in ladder]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice or not names or ALL in names:
            said = f"names {twice or ALL!r} " + ("twice" if twice else "as a marking")
            raise ConfigurationError(
                f"ATTACHE_MARKINGS {said if names else 'names no marking'}. Write each marking "
                "once, the lowest first, with a comma between two and a semicolon between the "
                "markings of two authorities."
            )
        return cls(found)

    @property
    def names(self) -> tuple[str, ...]:
        """Every marking."""
        return tuple(name for ladder in self.ladders for name in ladder)

    def knows(self, marking: str) -> bool:
        """Whether the marking is one of these."""
        return classified(marking) in self.names

    def opened(self, clearances: Iterable[str]) -> frozenset[str] | None:
        """The markings that may be read with these clearances; None for all there can be.

        The lowest of each ladder needs none. A clearance that is on no ladder opens itself alone.
        """
        asked = set(map(classified, clearances))
        if ALL in asked:
            return None
        found = {ladder[0] for ladder in self.ladders} | asked
        for ladder in self.ladders:
            highest = max((ladder.index(name) for name in asked if name in ladder), default=0)
            found.update(ladder[: highest + 1])
        return frozenset(found)

    def highest(self, markings: Iterable[str | None]) -> str | None:
        """The highest of the markings, None where there is none.

        The highest of all ladders are equal, and so are the ones just below them; of equal ones it
        is that of the later ladder. One that is on no ladder counts as higher than any that is:
        what cannot be placed is never shown as harmless.
        """
        return max(filter(None, markings), key=self._rank, default=None)

    def _rank(self, marking: str) -> tuple[int, int]:
        name = classified(marking)
        for number, ladder in enumerate(self.ladders):
            if name in ladder:
                return ladder.index(name) - len(ladder), number
        return 1, 0


def _rungs(part: str) -> Iterator[str]:
    names: Sequence[str] = _BETWEEN.split(part)
    return filter(None, map(classified, names))
