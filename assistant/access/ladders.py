"""The markings that are in use, in their order, and which of them a clearance opens.

A ladder is one authority's markings, lowest first. A clearance on one ladder opens nothing on
another: who may read NATO SECRET may not therefore read a nation's own CONFIDENTIAL.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.access.spellings import SEPARATOR, classified, parted, parts
from assistant.errors import ConfigurationError

DEFAULT = (
    "NATO UNCLASSIFIED, NATO RESTRICTED, NATO CONFIDENTIAL, NATO SECRET, COSMIC TOP SECRET; "
    "UNCLASSIFIED, OFFICIAL, RESTRICTED, CONFIDENTIAL, SECRET, TOP SECRET"
)
ALL = "ALL"
"""The clearance, and the group, that opens everything."""
UNREADABLE = "MARKING UNREADABLE"
"""The marking of what has one that nobody can read: on no ladder, so above them all."""

_BETWEEN = re.compile(r"[,<\n]")
_CAVEAT = "//"


@dataclass(frozen=True, slots=True)
class Ladders:
    """The ladders of an installation, and what else its markings are called.

    Names are as `classified` has them.
    """

    ladders: tuple[tuple[str, ...], ...]
    aliases: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> "Ladders":
        """The ladders a setting names: `lowest, higher = also called so; other ladder, …`.

        Raises:
            ConfigurationError: a marking is named twice, or none is.
        """
        rungs = [list(_rungs(part)) for part in text.split(";")]
        found = tuple(tuple(names[0] for names in ladder) for ladder in rungs if ladder)
        names = [name for ladder in rungs for rung in ladder for name in rung]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice or not names or ALL in names:
            said = f"names {twice or ALL!r} " + ("twice" if twice else "as a marking")
            raise ConfigurationError(
                f"ATTACHE_MARKINGS {said if names else 'names no marking'}. Write each marking "
                "once, the lowest first, with a comma between two and a semicolon between the "
                "markings of two authorities."
            )
        return cls(
            found, {also: own for ladder in rungs for own, *others in ladder for also in others}
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Every marking."""
        return tuple(name for ladder in self.ladders for name in ladder)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every marking, and all that they are called besides."""
        return (*self.names, *self.aliases)

    def named(self, marking: str) -> str:
        """The marking by the name that a ladder has for it, where one has."""
        own, slashes, caveat = classified(marking).partition(_CAVEAT)
        return self.aliases.get(own, own) + slashes + caveat

    def knows(self, marking: str) -> bool:
        """Whether the marking is one of these, or names several and each is."""
        named = list(map(self.named, parts(marking)))
        return bool(named) and all(name in self.names for name in named)

    def opened(self, clearances: Iterable[str]) -> frozenset[str] | None:
        """The markings that may be read with these clearances; None for all there can be.

        The lowest of each ladder needs none. A clearance that is on no ladder opens itself alone.
        """
        asked = {self.named(part) for one in clearances for part in parts(one)}
        if ALL in asked:
            return None
        found = {ladder[0] for ladder in self.ladders} | asked
        for ladder in self.ladders:
            highest = max((ladder.index(name) for name in asked if name in ladder), default=0)
            found.update(ladder[: highest + 1])
        return frozenset(found)

    def highest(self, markings: Iterable[str | None]) -> str | None:
        """The highest of the markings, None where there is none.

        Those of two ladders cannot be compared, and one that is on no ladder with none: then each
        is named. Of equal ones that are released to different readers, the plain one is.
        """
        written = [part for one in markings if one for part in parts(one)]
        beyond = {self.named(part): part for part in reversed(written) if not self.knows(part)}
        tops = (self._top(ladder, written, beyond) for ladder in self.ladders)
        return SEPARATOR.join([*filter(None, tops), *reversed(beyond.values())]) or None

    def _top(
        self, ladder: Sequence[str], written: Sequence[str], beyond: Iterable[str]
    ) -> str | None:
        """The highest on one ladder; None where a caveat to it says as much and more."""
        placed = [(ladder.index(n), part) for part in written if (n := self.named(part)) in ladder]
        if not placed:
            return None
        top = max(place for place, _ in placed)
        bases = (name.partition(_CAVEAT)[0] for name in beyond if _CAVEAT in name)
        if any(base in ladder[top:] for base in bases):
            return None
        released = {parted(part)[1].upper() for place, part in placed if place == top}
        return ladder[top] + (released.pop() if len(released) == 1 else "")


def _rungs(part: str) -> Iterator[list[str]]:
    for rung in _BETWEEN.split(part):
        names = [name for name in map(classified, rung.split("=")) if name]
        if names:
            yield names
