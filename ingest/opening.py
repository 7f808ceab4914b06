"""Containers on their way: what one holds comes next in line, and bears its marking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.errors import IngestError
from assistant.library.ledger import SqlLedger
from assistant.types import KnownPlace
from ingest.containers import Containers
from ingest.loaders.metadata import together
from ingest.markings import Marker
from ingest.parsed import Member, Parsed
from ingest.reading import Copied, Room
from ingest.sources import Source, member
from ingest.tally import Tally


@dataclass(frozen=True, slots=True)
class Waiting:
    """A source that comes next; one that lies in a container waits in that one's room.

    `borne` is the marking of the message that it was attached to.
    """

    source: Source
    room: Room | None = None
    borne: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A source whose bytes lie still, and the room they lie in."""

    copied: Copied
    room: Room
    borne: str | None = None


class Opener:
    """Opens the containers of one run."""

    def __init__(
        self,
        ledger: SqlLedger,
        tally: Tally,
        marker: Marker,
        containers: Containers,
        places: Mapping[str, KnownPlace],
    ) -> None:
        self._ledger = ledger
        self._tally = tally
        self._marker = marker
        self._containers = containers
        self._places = places

    def open(self, job: Job, parsed: Parsed, marking: str | None) -> list[Waiting]:
        """The members of a source in their order, each bearing its marking; none of a document.

        Raises:
            IngestError: more was unpacked than is allowed.
        """
        source = job.copied.source
        for warning in parsed.warnings:
            self._tally.warn(source.uri, warning)
        _count(job.room, parsed.members)
        if not parsed.members:
            place = self._places.get(source.uri)
            if place is not None and place.document_id is None:
                self._containers.empty(source.uri)
            return []
        if source.container_uri is None:
            self._begin(job.copied)
        outermost = source.container_uri or source.uri
        members = [
            (found, one)
            for one in parsed.members
            if self._is_first(outermost, found := member(source, one.name, one.file_name, one.path))
        ]
        self._tally.more(len(members), sum(found.size for found, _ in members))
        return [self._waiting(job.room, found, one, marking) for found, one in members]

    def _begin(self, copied: Copied) -> None:
        """Notes a container that lies in no other.

        Until every member stands, it looks like none that was ever taken in: a run that is cut
        short leaves it to be opened again.
        """
        uri = copied.source.uri
        self._containers.open(uri, copied.look)
        unfinished = replace(copied.look, sha256="", loader="")
        self._ledger.remember_places([KnownPlace(uri, unfinished)])

    def _is_first(self, container: str, found: Source) -> bool:
        first = self._containers.add(container, found.uri)
        if not first:
            self._tally.warn(found.uri, "is there twice; only the first was taken in.")
        return first

    def _waiting(self, room: Room, found: Source, one: Member, marking: str | None) -> Waiting:
        room.hold()
        folder = one.name.rpartition("/")[0]
        return Waiting(found, room, together([marking, self._marker.placed_in(folder)]))


def _count(room: Room, members: Sequence[Member]) -> None:
    """Counts what was unpacked, and lets go of it where it is more than is allowed."""
    try:
        room.take([one.path.stat().st_size for one in members])
    except IngestError:
        for one in members:
            one.path.unlink(missing_ok=True)
        raise
