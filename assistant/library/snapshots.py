"""Indexes of one state of the library each, so that what was said then can be said again.

The indexes in use hold every version: what is added later changes how rare a word is, and which
near vectors an approximate search meets. A snapshot holds exactly what stood in one state, and is
searched exactly. It is built from the ledger when a question first asks about its state.
"""

import hashlib
import logging
import os
import secrets
import shutil
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Lock, Thread

import numpy as np
from numpy.typing import NDArray

from assistant.errors import LibraryDamagedError
from assistant.library.lexical import TantivyIndex
from assistant.library.matrix import MatrixIndex, MatrixWriter
from assistant.library.reindexing import keep_indexed
from assistant.library.stores import Library
from assistant.types import ChunkId

FOLDER = "as-of"
KEPT = 3
"""Snapshots kept on disk: a conversation about a time stays with it."""
_PORTION = 4000
_AT_ONCE = 2000
"""Chunks whose postings are written in a moment."""
_SETTLED = timedelta(seconds=5)
"""While documents come in one after the other, what stands is not prepared for questions."""
_BUILDING = ".building-"
_POSTINGS = "postings"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StateIndexes:
    """The indexes of one state."""

    vectors: MatrixIndex
    lexical: TantivyIndex


class StateSnapshots:
    """The snapshots of an open library, for many threads at once."""

    def __init__(self, home: Path, library: Library) -> None:
        self._folder = home / FOLDER
        self._library = library
        self._states = library.ledger.states
        self._guard = Lock()
        self._building: dict[str, Lock] = {}
        self._opened: OrderedDict[str, StateIndexes] = OrderedDict()
        self._preparing: Thread | None = None
        self._closing = Event()
        self._retired: tuple[datetime, bool] | None = None
        self._tidy()

    def at(self, as_of: datetime) -> StateIndexes | None:
        """What stood at a time; None where nothing did yet.

        Raises:
            AsOfPrunedError: what stood then was pruned.
            LibraryDamagedError: the snapshot cannot be written.
        """
        state = self._states.at(as_of)
        return None if state is None else self._of(state)

    def postings_now(self) -> TantivyIndex | None:
        """Postings of nothing but what stands now, once they are ready.

        None as long as the index in use holds nothing else either, and while they are being built:
        a question about now does not wait for those of a large library.
        """
        state = self._states.now()
        if state is None or not self._any_retired(state):
            return None
        with self._guard:
            ready = self._opened.get(self._name(state))
        if ready is None and self._library.ledger.count()[1] <= _AT_ONCE:
            ready = self._of(state)
        elif ready is None:
            self._prepare_later()
        return None if ready is None else ready.lexical

    def kept_vectors(self, chunk_ids: Sequence[ChunkId]) -> Mapping[ChunkId, NDArray[np.float32]]:
        """The vectors of these chunks as they were embedded, without those that are not kept."""
        return self._states.vectors(self._library.embedder, chunk_ids)

    def forget(self, before: datetime) -> None:
        """Drops the snapshots of states before a time."""
        first = _stamp(before)
        with self._guard:
            for name in [name for name in self._opened if name < first]:
                del self._opened[name]
        for folder in self._kept():
            if folder.name < first:
                shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Waits until nothing is being built, and lets nothing begin."""
        self._closing.set()
        if self._preparing is not None:
            self._preparing.join()

    def _any_retired(self, state: datetime) -> bool:
        # Looking through all versions takes longer than a search; between changes it is the same.
        known = self._retired
        if known is None or known[0] != state:
            known = self._retired = (state, self._states.any_retired())
        return known[1]

    def _prepare_later(self) -> None:
        with self._guard:
            if self._preparing is None or not self._preparing.is_alive():
                self._preparing = Thread(target=self._prepare, daemon=True)
                self._preparing.start()

    def _prepare(self) -> None:
        """Builds what stands, once no change came for a while."""
        try:
            while (state := self._states.now()) is not None:
                rest = _SETTLED - (datetime.now(UTC) - state)
                if rest <= timedelta():
                    self._of(state)
                    return
                if self._closing.wait(min(rest, _SETTLED).total_seconds()):
                    return
        except Exception:  # questions go on without it
            logger.warning("The postings of what stands could not be prepared.", exc_info=True)

    def _of(self, state: datetime) -> StateIndexes:
        name = self._name(state)
        with self._guard:
            building = self._building.setdefault(name, Lock())
        with building:
            with self._guard:
                opened = self._opened.get(name)
            if opened is None:
                opened = self._open(name) or self._build(state, name)
        self._use(name, opened)
        return opened

    def _use(self, name: str, opened: StateIndexes) -> None:
        """Remembers it as the one asked last, and drops those that nobody asked for longest."""
        with suppress(OSError):
            os.utime(self._folder / name)
        with self._guard:
            self._opened[name] = opened
            self._opened.move_to_end(name)
            while len(self._opened) > KEPT:
                # Who searches one of these goes on: its files stay until they are closed.
                self._opened.popitem(last=False)
            kept = set(self._opened)
        for folder in self._kept()[KEPT:]:
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _open(self, name: str) -> StateIndexes | None:
        folder = self._folder / name
        if not folder.is_dir():
            return None
        try:
            return StateIndexes(MatrixIndex(folder), TantivyIndex(folder / _POSTINGS))
        except (OSError, ValueError, LibraryDamagedError) as error:
            logger.warning("The snapshot %s is built anew: %s", folder, error)
            shutil.rmtree(folder, ignore_errors=True)
            return None

    def _build(self, state: datetime, name: str) -> StateIndexes:
        try:
            with self._unfinished() as folder:
                if self._fill(folder, state):
                    (folder / _POSTINGS).mkdir(exist_ok=True)
                _flush(folder)
                folder.replace(self._folder / name)
        except OSError as error:
            raise LibraryDamagedError(
                f"What stood at that time cannot be written to {self._folder}: "
                f"{error.strerror or error}. Make room on the disk and ask again."
            ) from error
        built = self._open(name)
        assert built is not None  # it was just written
        return built

    def _fill(self, folder: Path, state: datetime) -> int:
        """Writes both indexes of what stood, in one order, so that the same state gives the same.

        Returns how many chunks there are.
        """
        ledger, embedder = self._library.ledger, self._library.embedder
        # An earlier program kept vectors in the index only.
        keep_indexed(self._library)
        stood = self._states.standing(state)
        lexical = TantivyIndex(folder / _POSTINGS)
        with MatrixWriter(folder) as matrix:
            for start in range(0, len(stood), _PORTION):
                part = stood[start : start + _PORTION]
                lexical.add(ledger.catalogue.stored([chunk_id for chunk_id, _ in part]))
                kept = ledger.embeddings(embedder, [key for _, key in part])
                matrix.add([(chunk_id, kept[key]) for chunk_id, key in part if key in kept])
        return len(stood)

    @contextmanager
    def _unfinished(self) -> Iterator[Path]:
        folder = self._folder / f"{_BUILDING}{secrets.token_hex(4)}"
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _name(self, state: datetime) -> str:
        embedder = hashlib.sha256(self._library.embedder.encode()).hexdigest()[:8]
        return f"{_stamp(state)}-{embedder}"

    def _kept(self) -> list[Path]:
        """The snapshots on disk, the one asked last first."""
        if not self._folder.is_dir():
            return []
        found = [(_asked_ns(each), each) for each in self._folder.glob("[0-9]*")]
        return [folder for _, folder in sorted(found, reverse=True)]

    def _tidy(self) -> None:
        for folder in [*self._folder.glob(f"{_BUILDING}*"), *self._kept()[KEPT:]]:
            shutil.rmtree(folder, ignore_errors=True)


def _stamp(moment: datetime) -> str:
    """The moment, so that later ones come later in the alphabet."""
    return moment.strftime("%Y%m%dT%H%M%S%f")


def _asked_ns(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _flush(folder: Path) -> None:
    """Has the disk hold the files before they get their name: what has one is whole."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
