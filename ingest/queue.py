"""The ingest runs of a server: begun at once or waiting their turn, and resumed after a restart."""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from threading import Condition, Event, Lock, Thread

from assistant.access.acting import Actor, acting_as
from assistant.errors import AssistantError, LibraryError, RunNotFoundError
from assistant.library.ledger import SqlLedger
from assistant.runs import Run, RunProgress, RunRequest
from assistant.types import RunId
from ingest.idle import new_run_id, run_idle
from ingest.progress import Progress, silent
from ingest.requests import close_interrupted, plan_request, retry_request
from ingest.run import IngestRun

logger = logging.getLogger(__name__)

_LAST_RUN_S = 60.0
INGEST = Actor("ingest")
"""What a run does is written as its own; who asked for it, when it was."""
FILES_KEPT = timedelta(days=7)
"""How long the files of an upload stay of which something failed, to be tried again."""


class IngestQueue:
    """Runs, one at a time, in the order in which they were asked for."""

    def __init__(self, ledger: SqlLedger, run: IngestRun, uploads: Path) -> None:
        self._ledger = ledger
        self._run = run
        self._uploads = uploads
        self._turn = Lock()
        self._changed = Condition()
        self._closing = Event()
        self._asked: SimpleQueue[tuple[RunId, RunRequest, Progress] | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="ingest", daemon=True)
        self._thread.start()

    def start(
        self, request: RunRequest, progress: Progress = silent, run_id: RunId | None = None
    ) -> RunId:
        """Puts a run in the queue and returns its name. Raises `LibraryError`."""
        name = run_id or new_run_id()
        now = datetime.now(UTC)
        self._ledger.runs.begin(Run(name, request, "queued", now, RunProgress()))
        self._asked.put((name, request, progress))
        return name

    def start_upload(self, names: tuple[str, ...], fill: Callable[[Path], None]) -> RunId:
        """Puts a run over sent files in the queue.

        `fill` writes them into the folder it is given, each named by its place in `names`.

        Raises:
            OSError: the files cannot be kept.
            LibraryError: the run cannot be written; nothing is kept then.
        """
        run_id = new_run_id()
        folder = self._uploads / run_id
        folder.mkdir(parents=True)
        try:
            fill(folder)
            return self.start(RunRequest("upload", names), run_id=run_id)
        except BaseException:  # what was not queued whole keeps no files; raised on
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def wait(self, run_id: RunId, timeout_s: float | None = None) -> Run:
        """The run once it ended, or as it is when the time is over. Raises `RunNotFoundError`."""
        with self._changed:
            self._changed.wait_for(lambda: self._ledger.runs.get(run_id).has_ended, timeout_s)
        return self._ledger.runs.get(run_id)

    def cancel(self, run_id: RunId) -> bool:
        """Asks a run to stop; whether it had not ended yet. Raises `RunNotFoundError`."""
        return self._ledger.runs.request_cancel(run_id)

    def retry(self, run_id: RunId) -> RunId:
        """Begins a run over what failed in an earlier one, or over all of one cut short.

        Raises:
            RunNotFoundError: there is no such run.
            LibraryError: it has not ended, or nothing of it is left to retry.
        """
        run = self._ledger.runs.get(run_id)
        request = retry_request(run)
        if run.request.kind != "upload":
            return self.start(request)
        kept = self._uploads / run_id
        if not kept.is_dir():
            raise LibraryError("The files of this upload are not kept any more. Send them again.")
        name = new_run_id()
        kept.rename(self._uploads / name)
        return self.start(request, run_id=name)

    def resume(self) -> None:
        """Begins again, under their names, the runs that the end of a process cut short.

        Those that no server had begun are closed: whoever began them is gone. Files that had not
        all arrived belong to no run and are removed.
        """
        self._drop_unclaimed()
        for run in self._own():
            if run.request.kind == "upload" and (self._uploads / run.run_id).is_dir():
                self.start(run.request, run_id=run.run_id)
            else:
                close_interrupted(self._ledger, run)

    def _drop_unclaimed(self) -> None:
        """Removes sent files that belong to no run, and those that nobody tried again in days."""
        oldest = datetime.now(UTC) - FILES_KEPT
        for folder in self._uploads.iterdir() if self._uploads.is_dir() else ():
            try:
                ended = self._ledger.runs.get(RunId(folder.name)).finished_at
            except RunNotFoundError:
                ended = datetime.min.replace(tzinfo=UTC)
            if ended is not None and ended < oldest:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """While inside, no run is at work: for what changes the stores as a whole."""
        with self._turn, self._ledger.sharing.alone():
            yield

    def finish(self) -> None:
        """Stops the run under way and lets no other begin: the stores are closing.

        Files that were sent and are not taken in yet wait for the next start.
        """
        self._closing.set()
        for run in self._own():
            if run.state == "running":
                self._ledger.runs.request_cancel(run.run_id)
        self._asked.put(None)
        self._thread.join(_LAST_RUN_S)
        if self._thread.is_alive():
            logger.warning("an ingest run was cut short; its remains go at the next start")

    def _own(self) -> tuple[Run, ...]:
        """The runs that are begun, resumed and stopped with this process."""
        return self._ledger.runs.own()

    def _work(self) -> None:
        while (asked := self._asked.get()) is not None and not self._closing.is_set():
            with self._turn, acting_as(INGEST):
                self._carry_out(*asked)
            with self._changed:
                self._changed.notify_all()

    def _carry_out(self, run_id: RunId, request: RunRequest, progress: Progress) -> None:
        try:
            with self._ledger.sharing.run(lambda: not self._closing.is_set()) as ours:
                if ours and not self._was_cancelled(run_id):
                    self._take_in(run_id, request, progress)
        except AssistantError as error:
            self._close(run_id, str(error))
        except BaseException as error:  # a library's panic too: the queue goes on, the run tells
            logger.exception("the ingest run %s failed", run_id)
            self._close(run_id, f"{type(error).__name__}: {error}")
        self._tidy(run_id)
        if self._closing.is_set():
            self._put_off(run_id)

    def _take_in(self, run_id: RunId, request: RunRequest, progress: Progress) -> None:
        uploads = self._uploads / run_id
        planned = plan_request(request, self._ledger, uploads, self._run.ladders)
        if planned.is_idle:
            run_idle(self._ledger, request, planned, run_id)
        else:
            self._run.run(request, planned, progress, run_id)

    def _was_cancelled(self, run_id: RunId) -> bool:
        if self._ledger.runs.advance(run_id, RunProgress(), ()):
            return False
        self._ledger.runs.end(run_id, "cancelled", datetime.now(UTC))
        return True

    def _close(self, run_id: RunId, error: str) -> None:
        try:
            if not self._ledger.runs.get(run_id).has_ended:
                self._ledger.runs.end(run_id, "failed", datetime.now(UTC), error=error)
        except LibraryError:
            logger.exception("the end of the ingest run %s could not be written", run_id)

    def _put_off(self, run_id: RunId) -> None:
        """Lets an upload that the end of the server stopped wait for the next start."""
        run = self._ledger.runs.get(run_id)
        if run.state == "cancelled" and (self._uploads / run_id).is_dir():
            again = Run(run_id, run.request, "queued", run.started_at, RunProgress())
            self._ledger.runs.begin(again)

    def _tidy(self, run_id: RunId) -> None:
        """Removes sent files, unless some of them failed and may be tried again."""
        run = self._ledger.runs.get(run_id)
        if run.state == "done" and run.report is not None and not run.report.failed:
            shutil.rmtree(self._uploads / run_id, ignore_errors=True)
