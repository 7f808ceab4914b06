"""The ingest runs of a library: begun, followed, cancelled and closed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete

from assistant.library import runs
from assistant.library.database import Database
from assistant.library.reading import fact
from assistant.library.schema import FactRow
from assistant.library.writing import set_fact
from assistant.runs import Run, RunItem, RunProgress, RunState
from assistant.types import IngestReport, RunId


class RunBook:
    """The ledger's runs, for many threads and also for processes that do not hold the library.

    `note` writes that a run was asked for in the transaction that writes the run. `node` is the
    data directory whose process carries the runs out that are begun here, where several share a
    ledger.
    """

    def __init__(
        self,
        database: Database,
        note: Callable[[Connection, str, Mapping[str, object]], None],
        node: str | None = None,
    ) -> None:
        self._database = database
        self._note = note
        self._node = node

    def begin(self, run: Run) -> None:
        """Writes a run that begins or waits; one of the same name begins anew."""
        with self._database.write() as connection:
            if self._node is not None:
                set_fact(connection, _node_key(run.run_id), self._node)
            if runs.begin(connection, run):
                told = {"kind": run.request.kind, "force": run.request.force}
                sources = list(run.request.sources)
                self._note(connection, "ingest", {**told, "run_id": run.run_id, "sources": sources})

    def advance(self, run_id: RunId, progress: RunProgress, items: Sequence[RunItem]) -> bool:
        """Writes how far a run is and what became of more sources; whether it shall go on."""
        with self._database.write() as connection:
            return runs.advance(connection, run_id, progress, items)

    def end(
        self,
        run_id: RunId,
        state: RunState,
        at: datetime,
        report: IngestReport | None = None,
        error: str | None = None,
    ) -> None:
        """Writes how a run ended."""
        with self._database.write() as connection:
            runs.end(connection, run_id, state, at, report, error)
            if self._node is not None:
                connection.execute(delete(FactRow).where(FactRow.key == _node_key(run_id)))

    def request_cancel(self, run_id: RunId) -> bool:
        """Asks a run to stop; whether it had not ended yet. Raises `RunNotFoundError`."""
        with self._database.write() as connection:
            return runs.request_cancel(connection, run_id)

    def get(self, run_id: RunId) -> Run:
        """A run. Raises `RunNotFoundError`."""
        with self._database.read() as connection:
            return runs.one(connection, run_id)

    def recent(
        self, limit: int = 20, before: datetime | None = None, after: RunId | None = None
    ) -> tuple[Run, ...]:
        """The last runs, newest first: those that started before a time, those that follow a run.

        Raises:
            RunNotFoundError: there is no run `after`.
        """
        with self._database.read() as connection:
            return runs.recent(connection, limit, before, after)

    def unended(self) -> tuple[Run, ...]:
        """The runs that wait or are under way, oldest first."""
        with self._database.read() as connection:
            return runs.unended(connection)

    def own(self) -> tuple[Run, ...]:
        """Those of them that this data directory carries out: all, where it has its own ledger."""
        with self._database.read() as connection:
            found = runs.unended(connection)
            if self._node is None:
                return found
            return tuple(
                run for run in found if fact(connection, _node_key(run.run_id)) == self._node
            )

    def items(
        self, run_id: RunId, limit: int = 1000, after: int = 0
    ) -> tuple[tuple[int, RunItem], ...]:
        """Up to `limit` items with their numbers, in order, after the item numbered `after`."""
        with self._database.read() as connection:
            return runs.items(connection, run_id, limit, after)

    def outcomes(self, run_id: RunId) -> Mapping[str, int]:
        """How many items of a run had each outcome."""
        with self._database.read() as connection:
            return runs.outcomes(connection, run_id)

    def forget(self, before: datetime) -> int:
        """Forgets ended runs that started before a time; returns how many."""
        with self._database.write() as connection:
            return runs.forget(connection, before)


def _node_key(run_id: RunId) -> str:
    return f"run-at:{run_id}"
