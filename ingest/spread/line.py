"""The sources of one run, worked on by a cluster and published here, each document at once."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.library.ids import chunk_id, text_key
from assistant.library.reindexing import embedded
from assistant.library.stores import Library
from assistant.ports import TextEncoder
from assistant.types import Chunk, DocumentId, LoadedDocument, NewVersion, VersionId
from ingest.line import LOOK_ROUND_S, Line, is_same
from ingest.loaders.version import LOADER_VERSION
from ingest.markings import Marker
from ingest.opening import Job, Waiting
from ingest.parsed import Member, Parsed
from ingest.reading import Copied, Copier, Parser, Room
from ingest.sources import Source
from ingest.spread.work import Result
from ingest.tally import Tally

_AHEAD = 8
"""Results that wait here: what is not taken yet stays with the cluster."""


class Cluster(Protocol):
    """Works on sources and gives what became of each."""

    def results(
        self, sources: Sequence[Source], known: Mapping[int, str]
    ) -> Iterator[tuple[int, Result]]:
        """Each source's number and result, in any order. Raises `LibraryError`."""


class SpreadLine(Line):
    """A line whose sources are read, split and embedded elsewhere. What is fetched, is here."""

    def __init__(
        self,
        library: Library,
        encoder: TextEncoder,
        parser: Parser,
        copier: Copier,
        tally: Tally,
        marker: Marker,
        *,
        cluster: Cluster,
    ) -> None:
        self._cluster = cluster
        self._vectors: dict[bytes, NDArray[np.float32]] = {}
        self._signs: dict[bytes, bytes] = {}
        self._chunks: dict[str, tuple[Chunk, ...]] = {}
        super().__init__(library, encoder, parser, copier, tally, marker)

    def work(self, sources: tuple[Source, ...]) -> None:
        """Takes the sources in, until all are published or the run is cancelled.

        What lies in containers comes with the next round.

        Raises:
            LibraryError: a store cannot be written, or the cluster is lost.
        """
        spread = [Waiting(source) for source in sources if not source.is_remote]
        while spread and not self._tally.cancelled:
            self._round(spread)
            spread = list(self._waiting)
            self._waiting.clear()
        super().work(tuple(source for source in sources if source.is_remote))

    def _round(self, waiting: Sequence[Waiting]) -> None:
        sources = [each.source for each in waiting]
        looks = {
            number: None if each.borne else self._known_look(each.source)
            for number, each in enumerate(waiting)
        }
        known = {
            number: look.sha256
            for number, look in looks.items()
            if look is not None and look.loader == LOADER_VERSION
        }
        left = dict(enumerate(waiting))
        try:
            for number, result in self._heard(sources, known):
                self._take_result(left.pop(number), result)
                self._outbox.hand_over()
        finally:
            for each in left.values():
                if each.room is not None:
                    each.room.leave()

    def _heard(
        self, sources: Sequence[Source], known: Mapping[int, str]
    ) -> Iterator[tuple[int, Result]]:
        """The results as they come; meanwhile the run says how far it is, and may be stopped."""
        found: Queue[tuple[int, Result] | BaseException | None] = Queue(_AHEAD)
        stop = Event()
        hearing = Thread(
            target=self._hear, args=(sources, known, found, stop), name="cluster", daemon=True
        )
        hearing.start()
        try:
            while not self._tally.cancelled:
                try:
                    heard = found.get(timeout=LOOK_ROUND_S)
                except Empty:
                    self._tally.write()
                    self._outbox.hand_over()
                    continue
                if heard is None:
                    return
                if isinstance(heard, BaseException):
                    raise heard
                yield heard
        finally:
            stop.set()
            hearing.join(LOOK_ROUND_S)

    def _hear(
        self,
        sources: Sequence[Source],
        known: Mapping[int, str],
        found: "Queue[tuple[int, Result] | BaseException | None]",
        stop: Event,
    ) -> None:
        try:
            for heard in self._cluster.results(sources, known):
                _put(found, heard, stop)
                if stop.is_set():
                    return
            _put(found, None, stop)
        except BaseException as error:  # noqa: BLE001 - raised again by who waits for results
            _put(found, error, stop)

    def _take_result(self, waiting: Waiting, result: Result) -> None:
        source, handed = waiting.source, result.handed
        room = waiting.room
        if room is None:
            room = self._copier.room()
            room.hold()
        try:
            if handed.error is not None:
                self._fail(source, handed.error)
                return
            copied = Copied(source, handed.look, _laid(room, handed.data), room.folder())
            known = None if waiting.borne else self._known_look(source)
            if known is not None and is_same(known, handed.look):
                self._look_again(source, handed.look)
                self._library.files.take(copied.path, handed.look.sha256)
                self._unchanged(source, handed.look)
                return
            self._keep(source, result)
            self._take(Job(copied, room, waiting.borne), _read(result, room))
        finally:
            room.leave()

    def _keep(self, source: Source, result: Result) -> None:
        """Keeps what was embedded until it is published."""
        self._chunks[source.uri] = result.chunks
        self._vectors.update(result.vectors or {})
        self._signs.update(result.signs or {})

    def _split(
        self, source: Source, document: LoadedDocument, name: DocumentId, version: VersionId
    ) -> tuple[Chunk, ...]:
        given = self._chunks.pop(source.uri, None)
        if given is None:
            return super()._split(source, document, name, version)
        return tuple(
            replace(chunk, chunk_id=chunk_id(name, version, chunk.start, chunk.end))
            for chunk in given
        )

    def _embed(self, texts: list[str]) -> tuple[list[list[float]], Sequence[bytes]]:
        keys = [text_key(text) for text in texts]
        if all(key in self._vectors for key in keys):
            signs = [self._signs[key] for key in keys if key in self._signs]
            return [self._vectors[key].tolist() for key in keys], signs
        return embedded(self._encoder, texts)

    def _published(self, version: NewVersion) -> None:
        for chunk in version.chunks:
            key = text_key(chunk.embedding_text)
            self._vectors.pop(key, None)
            self._signs.pop(key, None)
        super()._published(version)


def _put(
    found: "Queue[tuple[int, Result] | BaseException | None]",
    heard: "tuple[int, Result] | BaseException | None",
    stop: Event,
) -> None:
    while not stop.is_set():
        try:
            found.put(heard, timeout=LOOK_ROUND_S)
        except Full:
            continue
        return


def _laid(room: Room, data: bytes) -> Path:
    path = room.folder() / "source"
    path.write_bytes(data)
    return path


def _read(result: Result, room: Room) -> Future[Parsed]:
    """What the cluster read, as a reader here would have given it."""
    read: Future[Parsed] = Future()
    if result.error is not None:
        read.set_exception(result.error)
        return read
    folder = room.folder()
    members = []
    for number, one in enumerate(result.inside):
        path = folder / f"{number}"
        path.write_bytes(one.data)
        members.append(Member(one.name, one.file_name, path))
    read.set_result(Parsed(result.document, tuple(members), result.warnings))
    return read
