"""An ingest run: from planned sources to published versions, and a report of what was done."""

import logging
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from assistant.errors import AssistantError, IngestError, SourceTooLargeError
from assistant.library.ids import document_id, version_id
from assistant.library.publish import publish_versions
from assistant.library.stores import Library
from assistant.ports import TextEncoder, Vector
from assistant.types import (
    Chunk,
    ChunkId,
    IngestReport,
    KnownFailure,
    LoadedDocument,
    NewVersion,
    RunId,
    SourceFailure,
    SourceState,
)
from ingest.chunking import embedding_text, split
from ingest.loaders.load import LOADER_VERSION, load
from ingest.plan import IngestPlan
from ingest.sources import Source

BATCH_CHUNKS = 1024
BATCH_DOCUMENTS = 32
PORTION = 256
"""Chunks embedded between two signs of progress."""

logger = logging.getLogger(__name__)


class Progress(Protocol):
    """Told how far a run is."""

    def started(self, total_sources: int, total_bytes: int) -> None:
        """The run begins; so much is to be read."""

    def worked(self, size: int) -> None:
        """As many bytes of the sources as this are read, split and embedded."""

    def advanced(self, source: str) -> None:
        """One source is done: taken in, unchanged or failed."""

    def finished(self) -> None:
        """The run is over, whether all went well or not."""


class Silent:
    """A `Progress` that says nothing."""

    def started(self, total_sources: int, total_bytes: int) -> None:
        """Says nothing."""

    def worked(self, size: int) -> None:
        """Says nothing."""

    def advanced(self, source: str) -> None:
        """Says nothing."""

    def finished(self) -> None:
        """Says nothing."""


silent = Silent()


@dataclass(slots=True)
class _Tally:
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    chunks: int = 0


class IngestRun:
    """Takes planned sources into a library. A source that fails is reported and stops nothing."""

    def __init__(
        self,
        library: Library,
        encoder: TextEncoder,
        *,
        max_bytes: int,
        default_marking: str | None,
    ) -> None:
        self._library = library
        self._encoder = encoder
        self._max_bytes = max_bytes
        self._default_marking = default_marking

    def run(self, plan: IngestPlan, progress: Progress = silent) -> IngestReport:
        """Does what is planned and reports it.

        Raises:
            LibraryError: a store cannot be written; what was published before stays.
            ModelError: the embedder is behind an API and fails.
        """
        started_at, clock = datetime.now(UTC), time.perf_counter()
        tally = _Tally(unchanged=plan.unchanged)
        failed = list(plan.failed)
        progress.started(len(plan.work), sum(source.size for source in plan.work))
        try:
            self._library.ledger.touch(plan.touched)
            for batch in self._batches(plan, tally, failed, progress):
                self._publish(batch, progress)
        finally:
            progress.finished()
        report = IngestReport(
            run_id=RunId(uuid.uuid4().hex),
            added=tally.added,
            updated=tally.updated,
            unchanged=tally.unchanged,
            removed=0,
            failed=tuple(failed),
            chunks=tally.chunks,
            elapsed_s=round(time.perf_counter() - clock, 3),
        )
        self._library.ledger.record_run(report, started_at)
        return report

    def _batches(
        self, plan: IngestPlan, tally: _Tally, failed: list[SourceFailure], progress: Progress
    ) -> Iterator[list[NewVersion]]:
        """New versions, as many at a time as are embedded and published together."""
        known = self._library.ledger.sources()
        batch: list[NewVersion] = []
        for source in plan.work:
            version = self._attempt(source, known, tally, failed)
            if version is None:
                progress.worked(source.size)
                progress.advanced(source.uri)
                continue
            batch.append(version)
            full = sum(len(version.chunks) for version in batch) >= BATCH_CHUNKS
            if full or len(batch) >= BATCH_DOCUMENTS:
                yield batch
                batch = []
        if batch:
            yield batch

    def _attempt(
        self,
        source: Source,
        known: Mapping[str, SourceState],
        tally: _Tally,
        failed: list[SourceFailure],
    ) -> NewVersion | None:
        """The version a source makes; None where it is the one that stands, or fails."""
        try:
            version = self._version(source)
            state = known.get(source.uri)
            if state is not None and state.version_id == version.version_id:
                self._library.ledger.touch([_state(version)])
                tally.unchanged += 1
                return None
        except IngestError as error:
            failed.append(SourceFailure(source.uri, type(error).__name__, str(error)))
            return None
        except AssistantError:
            raise  # the library or the embedder fails: the next source would fail as well
        except Exception as error:  # one source's fault must not end the run
            logger.warning("%s could not be taken in", source.uri, exc_info=error)
            failed.append(_unexpected(source, error))
            return None
        replaced = state is not None and state.version_id is not None
        tally.updated += replaced
        tally.added += not replaced
        tally.chunks += len(version.chunks)
        return version

    def _version(self, source: Source) -> NewVersion:
        """The version, read, split and ready to be written; its original is kept."""
        if source.size > self._max_bytes:
            raise SourceTooLargeError(self._too_large(source.size))
        data = source.read()
        if len(data) > self._max_bytes:
            raise SourceTooLargeError(self._too_large(len(data)))
        document = self._marked(self._loaded(replace(source, data=data)))
        document_name, version_name = document_id(source.uri), version_id(document)
        return NewVersion(
            document_id=document_name,
            version_id=version_name,
            source_uri=source.uri,
            source_sha256=self._library.files.put(data),
            source_size=len(data),
            source_mtime_ns=source.mtime_ns,
            loader=LOADER_VERSION,
            document=document,
            chunks=split(document, document_name, version_name, self._encoder),
        )

    def _loaded(self, source: Source) -> LoadedDocument:
        """The document; that its bytes cannot be read is remembered, so as not to try again."""
        try:
            return load(source)
        except IngestError as error:
            if source.path is not None:
                failure = SourceFailure(source.uri, type(error).__name__, str(error))
                known = KnownFailure(failure, source.size, source.mtime_ns, LOADER_VERSION)
                self._library.ledger.remember_failures([known])
            raise

    def _marked(self, document: LoadedDocument) -> LoadedDocument:
        if document.metadata.marking is not None or self._default_marking is None:
            return document
        metadata = replace(document.metadata, marking=self._default_marking)
        return replace(document, metadata=metadata)

    def _too_large(self, size: int) -> str:
        megabytes = 1024 * 1024
        return (
            f"has {size / megabytes:.1f} MB, more than the {self._max_bytes / megabytes:.0f} MB "
            "allowed. Split it, or raise ATTACHE_MAX_UPLOAD_MB."
        )

    def _publish(self, batch: list[NewVersion], progress: Progress) -> None:
        """Embeds and publishes versions together."""
        vectors = self._embedded([chunk for version in batch for chunk in version.chunks])
        size = sum(version.source_size for version in batch)
        by_chunk: dict[ChunkId, Vector] = {}
        for done, share in vectors:
            by_chunk |= done
            progress.worked(round(size * share))
        publish_versions(self._library, batch, by_chunk, datetime.now(UTC))
        for version in batch:
            progress.advanced(version.source_uri)

    def _embedded(self, chunks: list[Chunk]) -> Iterator[tuple[dict[ChunkId, Vector], float]]:
        """Vectors of the chunks, a portion at a time, each with its share of all the text.

        Chunks of like length go together, because the encoder pads a batch to its longest.
        """
        ordered = sorted(chunks, key=lambda chunk: len(chunk.text))
        whole = sum(len(chunk.text) for chunk in chunks)
        for start in range(0, len(ordered), PORTION):
            portion = ordered[start : start + PORTION]
            vectors = self._encoder.embed_documents([embedding_text(chunk) for chunk in portion])
            names = [chunk.chunk_id for chunk in portion]
            share = sum(len(chunk.text) for chunk in portion) / whole
            yield dict(zip(names, vectors, strict=True)), share


def _state(version: NewVersion) -> SourceState:
    return SourceState(
        source_uri=version.source_uri,
        document_id=version.document_id,
        version_id=version.version_id,
        sha256=version.source_sha256,
        size=version.source_size,
        mtime_ns=version.source_mtime_ns,
        loader=version.loader,
    )


def _unexpected(source: Source, error: Exception) -> SourceFailure:
    # Named by the error tree, as the API maps it; the cause is in the log.
    detail = f"could not be read ({type(error).__name__}: {error}). Save it in another format."
    return SourceFailure(source.uri, type(error).__name__, detail[:500])
