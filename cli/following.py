"""Following an ingest run in the ledger, whoever carries it out; Ctrl-C stops the run."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console

from assistant.library.ledger import SqlLedger
from assistant.runs import Run
from assistant.types import RunId
from cli.console import note
from cli.progress import IngestProgress

LOOK_S = 0.1
_ASK_EVERY_S = 2.0
_NAMES_AT_ONCE = 200
_PATIENCE_S = 2.0


@dataclass(frozen=True, slots=True)
class Followed:
    """A run as it was last seen: ended, or left unended by what carried it out, which is gone.

    `stopped` says whether Ctrl-C asked it to stop.
    """

    run: Run
    stopped: bool


def follow(
    ledger: SqlLedger, run_id: RunId, console: Console, is_alive: Callable[[], bool]
) -> Followed:
    """Waits for the end of a run, or of what carries it out; how far it is is drawn meanwhile.

    The first Ctrl-C asks the run to stop and waits for that; a second one is raised.

    Raises:
        KeyboardInterrupt: the second Ctrl-C.
        LibraryError: the ledger cannot be read.
    """
    progress = IngestProgress(console)
    watched = _Watched(ledger, run_id, progress, is_alive)
    asked_to_stop = False
    try:
        while True:
            try:
                return Followed(watched.until_the_end(), asked_to_stop)
            except KeyboardInterrupt:
                if asked_to_stop:
                    raise
                asked_to_stop = True
                ledger.runs.request_cancel(run_id)
                note("Stopping. What has been taken in stays. Ctrl-C again does not wait.")
    finally:
        progress.finished()


class _Watched:
    def __init__(
        self,
        ledger: SqlLedger,
        run_id: RunId,
        progress: IngestProgress,
        is_alive: Callable[[], bool],
    ) -> None:
        self._ledger = ledger
        self._run_id = run_id
        self._progress = progress
        self._is_alive = is_alive
        self._after = 0
        self._began = self._asked = time.monotonic()
        self._told_to_wait = False

    def until_the_end(self) -> Run:
        while not (run := self._ledger.runs.get(self._run_id)).has_ended:
            self._show(run)
            if self._is_left():
                return run
            time.sleep(LOOK_S)
        return run

    def _show(self, run: Run) -> None:
        if run.state == "queued":
            if not self._told_to_wait and time.monotonic() - self._began > _PATIENCE_S:
                self._told_to_wait = True
                note("Another run is at work; this one begins after it.")
            return
        items = self._ledger.runs.items(self._run_id, _NAMES_AT_ONCE, self._after)
        if items:
            self._after = items[-1][0]
            self._progress.name(items[-1][1].source)
        if run.progress.total_sources:
            self._progress.reached(run.progress)

    def _is_left(self) -> bool:
        if time.monotonic() - self._asked < _ASK_EVERY_S:
            return False
        self._asked = time.monotonic()
        # In this order: what ended a moment ago has written how.
        return not self._is_alive() and not self._ledger.runs.get(self._run_id).has_ended
