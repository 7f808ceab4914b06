"""Documents that a source may be a copy of, though the run is not compared with them."""

from collections.abc import Callable, Iterable

from assistant.types import DocumentId, SourceState
from ingest.likeness import Hashes
from ingest.sources import Source


class Elsewhere:
    """Documents beyond those that may be compared with: a copy of one is told as that, or not."""

    def __init__(
        self, states: Iterable[SourceState], within: str, told: Callable[[SourceState], bool]
    ) -> None:
        self._told = told
        self._by_size: dict[int, list[SourceState]] = {}
        self._names: set[DocumentId] = set()
        for state in states:
            self._names.add(state.document_id)
            if not state.source_uri.startswith(within) and state.container_uri is None:
                self._by_size.setdefault(state.look.size, []).append(state)

    def holds(self, document_id: DocumentId | None) -> bool:
        """Whether the document stands."""
        return document_id in self._names

    def original(self, source: Source, hashes: Hashes) -> SourceState | None:
        """The document that a source is a copy of, where that may be told."""
        alike = self._by_size.get(source.size, ())
        same = (state for state in alike if hashes.sha256(source) == state.look.sha256)
        return next((state for state in same if self._told(state)), None)
