"""All passages that ever stood, in files beside the ledger, made from it and kept up with it.

The indexes in use hold every version: what is added later changes how rare a word is, and which
near vectors a graph meets. Here any state can be asked for exactly, and any part of it.
"""

import logging
import os
import secrets
import shutil
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event, Lock

import numpy as np
from numpy.typing import NDArray

from assistant.errors import unwritten
from assistant.library.segments import Row, Segment, VersionKey, halves, read, write
from assistant.library.stores import Library
from assistant.library.views import StateView
from assistant.types import ChunkId

ROWS = 65_536
"""About the rows of the largest segment: writing one holds its words in memory."""
VIEWS = 4
"""States remembered: a conversation about a time stays with it."""
_SOON = 4096
"""Rows of a segment that is written while a question waits."""
_AT_ONCE = 20
"""Versions read from the ledger at once."""
_BUILDING = ".building-"
_ENDS, _OF_A_ROW = "[0-9]*/chunks_ends.npy", 8

logger = logging.getLogger(__name__)


class PassageTable:
    """The table of a library, for many threads at once."""

    def __init__(self, folder: Path, library: Library, stop: Event) -> None:
        self._folder = folder
        self._stop = stop
        self._library = library
        self._writing = Lock()
        self._guard = Lock()
        self._segments: tuple[Segment, ...] = ()
        self._until: datetime | None = None
        self._views: OrderedDict[datetime, StateView] = OrderedDict()
        self._opened = False
        with library.indexes.lexical.use() as lexical:
            self._reader = lexical

    def is_new(self) -> bool:
        """Whether nothing is written yet."""
        return not self._segments and next(self._folder.glob("[0-9]*"), None) is None

    def ready(self, state: datetime) -> StateView | None:
        """What stood in a state, where that needs no reading of passages."""
        with self._guard:
            view = self._views.get(state)
            if view is not None:
                self._views.move_to_end(state)
                return view
            known = self._until is not None and state <= self._until
        return self._view(state) if known else None

    def at(self, state: datetime, *, wait: bool = True) -> StateView | None:
        """What stood in a state; waits until its passages are read.

        Without `wait`, None where another reads passages right now.

        Raises:
            LibraryDamagedError: the files cannot be written.
            InterruptedError: the library is being closed.
        """
        view = self.ready(state)
        if view is not None or not self._writing.acquire(blocking=wait):
            return view
        try:
            self._refresh()
            return self._view(state)
        finally:
            self._writing.release()

    def settle(self) -> None:
        """Makes one segment of several small ones, which takes a while: questions look into each.

        Raises:
            LibraryDamagedError: the files cannot be written.
            InterruptedError: the library is being closed.
        """
        with self._writing, self._translated():
            segments = list(self._segments)
            self._merge(segments, ROWS)
            with self._guard:
                self._segments = tuple(segments)
                self._views.clear()

    def is_loose(self) -> bool:
        """Whether there is something to settle."""
        return self._mergeable(self._segments, ROWS)

    @property
    def rows(self) -> int:
        """The passages it holds, of versions that were pruned meanwhile too.

        Before it is read, about as many as its files have.
        """
        if self._opened:
            return sum(len(segment.names) for segment in self._segments)
        try:
            return sum(ends.stat().st_size // _OF_A_ROW for ends in self._folder.glob(_ENDS))
        except OSError:  # another thread makes them anew
            return 0

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Its parts as they are now."""
        return self._segments

    def vectors(self, names: Sequence[ChunkId]) -> Mapping[ChunkId, NDArray[np.float32]]:
        """The vectors of these chunks, without those it does not have."""
        if not names:
            return {}
        found: dict[ChunkId, NDArray[np.float32]] = {}
        both = halves(names)
        for segment in self._segments:
            rows = segment.find(both[:, 0], both[:, 1])
            at = np.flatnonzero(rows >= 0)
            at = at[~segment.bare[rows[at]]]
            matrix = segment.vectors[rows[at]]
            found.update((names[i], matrix[n]) for n, i in enumerate(at.tolist()))
        return found

    def forget(self) -> None:
        """Drops everything: what was pruned is not to be found in any file."""
        with self._writing:
            with self._guard:
                self._segments, self._until, self._opened = (), None, False
                self._views.clear()
            shutil.rmtree(self._folder, ignore_errors=True)

    def _view(self, state: datetime) -> StateView:
        stood = self._library.ledger.states.standing_versions(state)
        view = StateView.of(self._segments, stood, self._reader)
        with self._guard:
            self._views[state] = view
            while len(self._views) > VIEWS:
                self._views.popitem(last=False)
        return view

    def _refresh(self) -> None:
        """Reads what the ledger has and the table has not."""
        states = self._library.ledger.states
        until = states.now()
        with self._translated():
            if not self._opened:
                self._segments = self._completed(self._stored())
                self._opened = True
            known = {version for segment in self._segments for version in segment.versions}
            missing = [version for version in states.versions() if version not in known]
            segments = [*self._segments, *self._written(missing)]
            self._merge(segments, min(_SOON, ROWS))
        with self._guard:
            self._segments, self._until = tuple(segments), until

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except InterruptedError:
            raise
        except OSError as error:
            raise unwritten(
                f"The table of passages cannot be written to {self._folder}: "
                f"{error.strerror or error}. Make room on the disk and ask again.",
                error,
            ) from error

    def _completed(self, segments: Sequence[Segment]) -> tuple[Segment, ...]:
        """The same, those written anew that lack what is or may be kept by now."""
        found: list[Segment] = []
        signed = self._library.ledger.token_signs.any(self._library.embedder)
        for segment in segments:
            if segment.bare.any() or (signed and not segment.tokens.complete):
                found += self._written(segment.versions)
                shutil.rmtree(segment.folder, ignore_errors=True)
            else:
                found.append(segment)
        return tuple(found)

    def _merge(self, segments: list[Segment], most: int) -> None:
        """Makes one of the last two as long as that has no more rows than `most`."""
        while self._mergeable(segments, most):
            first, second = segments[-2:]
            segments[-2:] = self._written([*first.versions, *second.versions])
            for each in (first, second):
                shutil.rmtree(each.folder, ignore_errors=True)

    def _mergeable(self, segments: Sequence[Segment], most: int) -> bool:
        first, second = (len(each.names) for each in segments[-2:]) if segments[1:] else (1, 0)
        return first <= 2 * second and first + second <= most

    def _written(self, versions: Sequence[VersionKey]) -> list[Segment]:
        """Segments of these versions, in order; a version is never in two."""
        left = deque(versions)
        written: list[Segment] = []
        while left:
            with self._unfinished() as folder:
                write(folder, self._rows(left), self._reader.terms)
                _flush(folder)
                place = self._folder / f"{self._next():08d}"
                folder.replace(place)
            written.append(read(place))
        return written

    def _rows(self, left: deque[VersionKey]) -> Iterator[Row]:
        """The passages of versions, which are taken from `left`, for one segment."""
        ledger, embedder = self._library.ledger, self._library.embedder
        rows = 0
        while left and rows < ROWS:
            if self._stop.is_set():
                raise InterruptedError
            taken = [left.popleft() for _ in range(min(_AT_ONCE, len(left)))]
            said = ledger.catalogue.passages(taken)
            kept = ledger.embeddings(embedder, [key for _, key in said])
            signs = ledger.token_signs.of_texts(embedder, [key for _, key in said])
            yield from (Row(stored, kept.get(key), signs.get(key)) for stored, key in said)
            rows += len(said)

    def _next(self) -> int:
        return 1 + max((int(each.name) for each in self._folder.glob("[0-9]*")), default=0)

    def _stored(self) -> tuple[Segment, ...]:
        """The segments on disk; none where they are damaged or two have the same version."""
        for folder in self._folder.glob(f"{_BUILDING}*"):
            shutil.rmtree(folder, ignore_errors=True)
        try:
            found = tuple(read(folder) for folder in sorted(self._folder.glob("[0-9]*")))
            versions = [version for segment in found for version in segment.versions]
            if len(set(versions)) == len(versions):
                return found
            logger.warning("The table of passages in %s is built anew.", self._folder)
        except (OSError, ValueError, EOFError) as error:
            logger.warning("The table of passages in %s is built anew: %s", self._folder, error)
        shutil.rmtree(self._folder, ignore_errors=True)
        return ()

    @contextmanager
    def _unfinished(self) -> Iterator[Path]:
        folder = self._folder / f"{_BUILDING}{secrets.token_hex(4)}"
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _flush(folder: Path) -> None:
    """Has the disk hold the files before they get their name: what has one is whole."""
    paths: Iterable[Path] = folder.iterdir()
    for path in paths:
        with path.open("rb") as file:
            os.fsync(file.fileno())
