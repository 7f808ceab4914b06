"""The sources of one run on their way: copied, read, split, and handed to the publisher."""

import logging
from collections import deque
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace

from assistant.errors import AssistantError, IngestError, NoTextError
from assistant.library.ids import version_id
from assistant.library.reindexing import embedded
from assistant.library.stores import Library
from assistant.ports import TextEncoder
from assistant.types import (
    Chunk,
    DocumentId,
    KnownFailure,
    LoadedDocument,
    Look,
    NewVersion,
    SourceFailure,
    SourceState,
    VersionId,
)
from ingest.chunking import split
from ingest.containers import Containers
from ingest.loaders.metadata import together
from ingest.loaders.version import LOADER_VERSION
from ingest.markings import Marker
from ingest.opening import Job, Opener, Waiting
from ingest.outbox import Outbox
from ingest.parsed import Parsed
from ingest.reading import Copied, Copier, Parser
from ingest.sources import Source
from ingest.tally import Tally
from ingest.twins import left_open

READ_AHEAD = 4
"""Sources that are being read, or were and wait to be split."""
LOOK_ROUND_S = 0.5
_HOLDERS = (".eml",)
"""What may be a document and hold others as well."""

logger = logging.getLogger(__name__)


class Line:
    """Takes every source of a run in. One that fails is counted and stops nothing."""

    def __init__(
        self,
        library: Library,
        encoder: TextEncoder,
        parser: Parser,
        copier: Copier,
        tally: Tally,
        marker: Marker,
    ) -> None:
        self._library = library
        self._encoder = encoder
        self._parser = parser
        self._copier = copier
        self._tally = tally
        self._marker = marker
        self._told_by = (library.ledger, marker.ladders)
        self._known = dict(library.ledger.sources())
        self._places = dict(library.ledger.places())
        self._waiting: deque[Waiting] = deque()
        self._reading: dict[Future[Parsed], Job] = {}
        self._updated: set[str] = set()
        self.containers = Containers()
        self._opener = Opener(library.ledger, tally, marker, self.containers, self._places)
        self._outbox = Outbox(library, self._embed, tally, self._published)

    def work(self, sources: tuple[Source, ...]) -> None:
        """Takes the sources in, until all are published or the run is cancelled.

        Raises:
            LibraryError: a store cannot be written.
            ModelError: the embedder is behind an API and fails.
        """
        self._waiting.extend(map(Waiting, sources))
        while (self._waiting or self._reading) and not self._tally.cancelled:
            while self._waiting and len(self._reading) < READ_AHEAD:
                self._start(self._waiting.popleft())
            self._finish_read()
            self._outbox.hand_over()
        if not self._tally.cancelled:
            self._outbox.flush()
        self._outbox.finish()

    def close(self) -> None:
        """Lets go of what is still being read and of every room."""
        self._outbox.stop()
        for future, job in self._reading.items():
            future.cancel()
            job.room.leave()
        for waiting in self._waiting:
            if waiting.room is not None:
                waiting.room.leave()

    def _start(self, waiting: Waiting) -> None:
        """Copies one source and has it read, unless its content is what it was."""
        source, room = waiting.source, waiting.room
        if room is None:
            room = self._copier.room()
            room.hold()
        look = None if waiting.borne else self._known_look(source)
        try:
            copied = self._copier.copy(source, room, look)
        except IngestError as error:
            self._fail(source, error)
            room.leave()
            return
        if copied is None or (look is not None and is_same(look, copied.look)):
            if copied is not None:
                self._look_again(source, copied.look)
                # An original that was lost comes back with its source.
                self._library.files.take(copied.path, copied.look.sha256)
            self._unchanged(source, None if copied is None else copied.look)
            room.leave()
            return
        job = Job(copied, room, waiting.borne)
        future = self._parser.parse(copied.path, copied.source.name, copied.folder, source.depth)
        self._reading[future] = job

    def _known_look(self, source: Source) -> Look | None:
        if source.depth > 0 and source.name.lower().endswith(_HOLDERS):
            return None  # it is opened again: what it holds counts as gone unless it is named
        place, state = self._places.get(source.uri), self._known.get(source.uri)
        if place is not None and place.document_id is None:
            return place.look
        return None if state is None else state.look

    def _look_again(self, source: Source, look: Look) -> None:
        """Remembers the new times of a container whose content is the same."""
        place = self._places.get(source.uri)
        if place is not None and place.document_id is None:
            self._library.ledger.remember_places([replace(place, look=look)])

    def _unchanged(self, source: Source, look: Look | None) -> None:
        state = self._known.get(source.uri)
        if state is not None and look is not None:
            self._library.ledger.touch([replace(state, look=look)])
        self._tally.worked(source.size)
        self._tally.stands(source.uri, state)
        self._tally.settle(source.uri, "unchanged")

    def _finish_read(self) -> None:
        """Takes what was read meanwhile; waits a moment where nothing was."""
        if not self._reading:
            return
        done, _ = wait(self._reading, LOOK_ROUND_S, FIRST_COMPLETED)
        if not done:
            self._tally.write()
        for future in done:
            job = self._reading.pop(future)
            try:
                self._take(job, future)
            finally:
                job.room.leave()

    def _take(self, job: Job, future: Future[Parsed]) -> None:
        source = job.copied.source
        try:
            parsed = future.result()
            document = parsed.document and self._marker.marked(parsed.document, job.borne)
            stem = source.name.rpartition(".")[0]
            own = self._marker.own(document) or job.borne
            marking = together([own, self._marker.placed_in(stem)])
            self._waiting.extendleft(reversed(self._opener.open(job, parsed, marking)))
            if document is not None:
                self._add(job, document)
            else:
                self._tally.worked(source.size)
                if not parsed.members:
                    raise NoTextError("holds nothing that can be read. See its warnings.")
                self._tally.advance(source.uri)
        except IngestError as error:
            self._fail(source, error, job.copied.look)
        except AssistantError:
            raise  # the library or the embedder fails: the next source would fail as well
        except Exception as error:  # one source's fault must not end the run
            logger.warning("%s could not be taken in", source.uri, exc_info=error)
            self._fail(source, _unexpected(error), job.copied.look)

    def _add(self, job: Job, document: LoadedDocument) -> None:
        """Splits a document and adds it to the batch, unless it says what it said."""
        copied, state = job.copied, self._known.get(job.copied.source.uri)
        version = self._version(copied, document, state)
        if state is not None and state.version_id == version.version_id:
            self._unchanged(copied.source, copied.look)
            return
        self._library.files.take(copied.path, copied.look.sha256)
        for warning in left_open(version, self._before(copied.source), *self._told_by):
            self._tally.warn(copied.source.uri, warning)
        if state is not None:
            self._updated.add(version.document_id)
        self._outbox.add(version)

    def _before(self, source: Source) -> str | None:
        """The sha256 of what the source was when it was last taken in, as itself or as a copy."""
        known = self._known.get(source.uri) or self._places.get(source.uri)
        return None if known is None else known.look.sha256

    def _version(
        self, copied: Copied, document: LoadedDocument, state: SourceState | None
    ) -> NewVersion:
        uri, version = copied.source.uri, version_id(document)
        name = state.document_id if state else self._library.ledger.document_at(uri)
        same = state is not None and state.version_id == version
        return NewVersion(
            document_id=name,
            version_id=version,
            source_uri=uri,
            look=copied.look,
            document=document,
            chunks=() if same else self._split(copied.source, document, name, version),
            container_uri=copied.source.container_uri,
        )

    def _split(
        self, _source: Source, document: LoadedDocument, name: DocumentId, version: VersionId
    ) -> tuple[Chunk, ...]:
        return split(document, name, version, self._encoder)

    def _embed(self, texts: list[str]) -> tuple[list[list[float]], Sequence[bytes]]:
        return embedded(self._encoder, texts)

    def _published(self, version: NewVersion) -> None:
        updated = version.document_id in self._updated
        self._tally.taken_in(version, "updated" if updated else "added")

    def _fail(self, source: Source, error: IngestError, look: Look | None = None) -> None:
        failure = SourceFailure(source.uri, type(error).__name__, str(error))
        # What was sent or fetched is tried each time it comes.
        lasting = source.container_uri is not None or source.ctime_ns != 0
        if look is not None and lasting:
            self._library.ledger.remember_failures([KnownFailure(failure, look)])
        self._tally.worked(source.size)
        self._tally.fail(failure)


def is_same(known: Look, look: Look) -> bool:
    """Whether a source has the content it had, and would be read as it was."""
    return (known.sha256, known.loader) == (look.sha256, LOADER_VERSION)


def _unexpected(error: Exception) -> IngestError:
    # Named by the error tree, as the API maps it; the cause is in the log.
    detail = f"could not be read ({type(error).__name__}: {error}). Save it in another format."
    return IngestError(detail[:500])
