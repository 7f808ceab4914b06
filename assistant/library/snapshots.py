"""The library as it stood in any of its states, so that what was said then can be said again.

Everything that ever stood is in one table (`assistant.library.table`); a state is which of it
stood, and is searched exactly, or as good as. The table is made from the ledger when a question
first needs it, and kept up from then on.
"""

import hashlib
import logging
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from assistant.errors import LibraryError
from assistant.library.bm25 import StateWords
from assistant.library.reindexing import keep_indexed
from assistant.library.stores import Library
from assistant.library.table import PassageTable
from assistant.library.views import Searches, StateView
from assistant.types import ChunkId, Filters

FOLDER = "as-of"
_LARGE = 200_000
"""Rows from which on the index in use is searched though it holds what stands no more.

Its core counts the words of a large library several times as fast; versions that ceased to stand
are many there only where most documents have some, and then weigh on all words alike.
"""
_AT_ONCE = 2000
"""Chunks that are brought into the table in a moment."""
_PAUSE_S = 30.0
"""While the disk takes no table, questions go on without one and try no more for so long."""
_SETTLED = timedelta(seconds=5)
"""While documents come in one after the other, what stands is not prepared for questions."""

logger = logging.getLogger(__name__)


class StateSnapshots:
    """The states of an open library, for many threads at once.

    Where up to `compared` chunks are all compared with a question, the index of vectors is not
    needed once the table is ready, and gives back its memory.
    """

    def __init__(self, home: Path, library: Library, compared: int = 0) -> None:
        self._library = library
        self._compared = compared
        self._states = library.ledger.states
        self._guard = Lock()
        self._preparing: Thread | None = None
        self._closing = Event()
        self._retired: tuple[datetime, bool] | None = None
        self._near: tuple[datetime, bool] | None = None
        self._not_before = 0.0
        name = f"table-{hashlib.sha256(library.embedder.encode()).hexdigest()[:8]}"
        _tidy(home / FOLDER, name)
        self._table = PassageTable(home / FOLDER / name, library, self._closing)

    def at(self, as_of: datetime) -> Searches | None:
        """What stood at a time; None where nothing did yet.

        Raises:
            AsOfPrunedError: what stood then was pruned.
            LibraryDamagedError: the table cannot be written.
        """
        return self.narrowed(as_of, Filters())

    def narrowed(self, as_of: datetime, filters: Filters) -> Searches | None:
        """Of what stood at a time, what passes the filters; None where nothing stood yet.

        Raises:
            AsOfPrunedError: what stood then was pruned.
            LibraryDamagedError: the table cannot be written.
        """
        state = self._states.at(as_of)
        view = None if state is None else self._of(state)
        return None if view is None else view.narrowed(filters)

    def now(self, filters: Filters) -> tuple[Searches | None, StateWords | None]:
        """Of what stands now, what passes the filters, and postings of nothing but what stands.

        None for either while it is not ready: a question about now does not wait for a large
        library. No postings either where the index in use will do: as long as it holds nothing
        else, and in a large library.
        """
        state = self._states.now()
        view = None if state is None else self._ready(state, filters)
        if state is None or view is None:
            return None, None
        own = self._table.rows < _LARGE and self._any_retired(state)
        return view.narrowed(filters), view.all.lexical if own else None

    def kept_vectors(self, chunk_ids: Sequence[ChunkId]) -> Mapping[ChunkId, NDArray[np.float32]]:
        """The vectors of these chunks as they were embedded, without those that are not kept."""
        found = self._table.vectors(chunk_ids)
        others = [chunk_id for chunk_id in chunk_ids if chunk_id not in found]
        return (
            {**found, **self._states.vectors(self._library.embedder, others)} if others else found
        )

    def forget(self, before: datetime) -> None:  # noqa: ARG002 - the table holds all states
        """Drops what is kept of states before a time: it is made again of what the ledger has."""
        self._table.forget()

    def begin(self) -> None:
        """Has a table that was made before ready for the first questions, or soon after."""
        if not self._table.is_new():
            self._prepare_later()

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

    def _ready(self, state: datetime, filters: Filters) -> StateView | None:
        """What stands, at once where there is little; else it is prepared for a later question."""
        ready = self._table.ready(state)
        if ready is None and self._is_near(state, filters) and monotonic() >= self._not_before:
            ready = self._written(state, wait=filters != Filters())
        if ready is None or self._table.is_loose():
            self._prepare_later()
        return ready

    def _written(self, state: datetime, *, wait: bool) -> StateView | None:
        """What stands, in the table; None for a while where the disk takes it not."""
        try:
            return self._of(state, wait=wait)
        except LibraryError as error:  # the indexes in use answer without it
            logger.warning("%s", error)
            self._not_before = monotonic() + _PAUSE_S
            return None

    def _is_near(self, state: datetime, filters: Filters) -> bool:
        """Whether it takes a moment to have it; counting takes a while too, so once for a state.

        With filters even a larger library is worth the wait of a second: without its table, the
        indexes would be asked for more and more until enough of what they find passes.
        """
        known = self._near
        if known is None or known[0] != state:
            missing = self._library.ledger.chunk_count() - self._table.rows
            known = self._near = (state, missing <= _AT_ONCE)
        return known[1] and (self._table.rows < _LARGE or filters != Filters())

    def _prepare_later(self) -> None:
        with self._guard:
            if monotonic() < self._not_before:
                return
            if self._preparing is None or not self._preparing.is_alive():
                self._preparing = Thread(target=self._prepare, daemon=True)
                self._preparing.start()

    def _prepare(self) -> None:
        """Brings the table up to what stands, once no change came for a while."""
        try:
            while (state := self._states.now()) is not None:
                rest = _SETTLED - (datetime.now(UTC) - state)
                if rest <= timedelta():
                    self._of(state)
                    self._table.settle()
                    if self._table.rows <= self._compared:
                        self._library.vectors.unload()
                    return
                if self._closing.wait(min(rest, _SETTLED).total_seconds()):
                    return
        except InterruptedError:
            return
        except Exception:  # questions go on without it
            self._not_before = monotonic() + _PAUSE_S
            logger.warning("The table of what stands could not be prepared.", exc_info=True)

    def _of(self, state: datetime, *, wait: bool = True) -> StateView | None:
        if self._table.is_new():
            # An earlier program kept vectors in the index only.
            keep_indexed(self._library)
        return self._table.at(state, wait=wait)


def _tidy(folder: Path, name: str) -> None:
    """Removes what is of another embedder or an earlier program."""
    for other in folder.glob("*"):
        if other.name != name:
            shutil.rmtree(other, ignore_errors=True)
