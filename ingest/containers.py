"""Sources that hold others: which members each has now, so that those it lost are removed."""

from dataclasses import dataclass, field

from assistant.library.ledger import SqlLedger
from assistant.types import KnownPlace, Look
from ingest.tally import Tally


@dataclass(slots=True)
class _Container:
    look: Look
    members: set[str] = field(default_factory=set)


class Containers:
    """The outermost containers a run opened, by URI."""

    def __init__(self) -> None:
        self._opened: dict[str, _Container] = {}
        self._emptied: set[str] = set()

    def open(self, uri: str, look: Look) -> None:
        """A container was opened; its members follow."""
        self._opened.setdefault(uri, _Container(look))

    def add(self, uri: str, member: str) -> bool:
        """One more member; False where the container has one of this name already."""
        members = self._opened[uri].members
        fresh = member not in members
        members.add(member)
        return fresh

    def empty(self, uri: str) -> None:
        """What was a container is a document now, or nothing that can be read."""
        self._emptied.add(uri)

    def settle(self, ledger: SqlLedger, tally: Tally) -> None:
        """Remembers the containers and retires the documents they no longer hold.

        Only once every member is published: a container that is remembered is not opened again.
        """
        gone = [
            state
            for state in ledger.sources().values()
            if state.container_uri is not None and self._lost(state.container_uri, state.source_uri)
        ]
        ledger.retire_all([state.document_id for state in gone])
        for state in gone:
            tally.settle(state.source_uri, "removed", document_id=state.document_id)
        lost = [
            uri
            for uri in ledger.failures()
            if "#" in uri and self._lost(uri.partition("#")[0], uri)
        ]
        ledger.forget_sources([*lost, *self._emptied])
        ledger.remember_places(
            [KnownPlace(uri, container.look) for uri, container in self._opened.items()]
        )

    def _lost(self, container: str, member: str) -> bool:
        if container in self._emptied:
            return True
        opened = self._opened.get(container)
        return opened is not None and member not in opened.members
