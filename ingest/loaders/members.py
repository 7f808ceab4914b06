"""The files that a container's members are put in, for as long as there is room."""

import re
from collections.abc import Iterable
from pathlib import Path

from assistant.errors import SourceLimitError
from ingest.limits import Limits
from ingest.normalise import clean
from ingest.parsed import Member, Reading
from ingest.refusals import out_of_room, too_many_members

_LONGEST_NAME = 400
_NAMED = 20  # left out members that a warning names
_UNSAFE = re.compile(r"[/\\\x00-\x1f]")


class Members:
    """Puts members of one container into the reader's room, each in a file of its own.

    Raises `SourceLimitError` where the container lies too deep in others.
    """

    def __init__(self, reading: Reading) -> None:
        if reading.depth >= reading.limits.nesting:
            raise SourceLimitError(
                f"lies in {reading.depth} archives or messages, and {reading.limits.nesting} deep "
                "is allowed. Unpack it, or raise ATTACHE_MAX_NESTING."
            )
        self._limits: Limits = reading.limits
        self._room = reading.room
        self._spent = 0
        self._names: set[str] = set()
        self._left_out: dict[str, list[str]] = {}
        self.found: list[Member] = []

    def add(self, name: str, file_name: str, pieces: Iterable[bytes]) -> None:
        """Adds a member. A name that another has gets a number.

        Raises:
            SourceLimitError: there are more members, or more bytes, than is allowed. What the
                pieces raise is raised as it is; the member is not added then.
        """
        if len(self.found) >= self._limits.members:
            raise too_many_members(self._limits)
        path = self._room / f"member-{len(self.found) + 1}"
        self._write(path, pieces)
        self.found.append(Member(self._own(name), _safe(file_name), path))

    def leave_out(self, name: str, why: str) -> None:
        """Remembers a member that is not read, for a warning."""
        self._left_out.setdefault(why, []).append(" ".join(clean(name).split())[:_LONGEST_NAME])

    def warnings(self) -> tuple[str, ...]:
        """A sentence for each reason that members were left out for, naming the first of them."""
        return tuple(
            f"Left out, because {why}: {', '.join(names[:_NAMED])}"
            + (f" and {len(names) - _NAMED} more." if len(names) > _NAMED else ".")
            for why, names in self._left_out.items()
        )

    def _write(self, path: Path, pieces: Iterable[bytes]) -> None:
        try:
            with path.open("wb") as file:
                for piece in pieces:
                    self._spent += len(piece)
                    if self._spent > self._limits.unpacked:
                        raise out_of_room(self._limits)
                    file.write(piece)
        except BaseException:  # half a member is none; raised on
            path.unlink(missing_ok=True)
            raise

    def _own(self, name: str) -> str:
        name = name[:_LONGEST_NAME] or "unnamed"
        own, number = name, 1
        while own in self._names:
            number += 1
            own = f"{name} ({number})"
        self._names.add(own)
        return own


def _safe(file_name: str) -> str:
    """A file name without folders, that keeps its suffix where it is long."""
    safe = _UNSAFE.sub("_", file_name).strip(" ")
    return safe[-_LONGEST_NAME:] or "unnamed"
