"""The queue of a library that several processes share: what one is sent, any of them takes in."""

import logging
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

from assistant.access.acting import acting_as
from assistant.errors import AssistantError, LibraryError, LibraryUnavailableError, RunNotFoundError
from assistant.library.ledger import SqlLedger
from assistant.library.waiting import WaitingFiles
from assistant.runs import Run, RunProgress, RunRequest
from assistant.types import RunId
from ingest.idle import new_run_id
from ingest.jobs import Jobs
from ingest.progress import silent
from ingest.queue import FILES_KEPT, INGEST, IngestQueue
from ingest.requests import retry_request
from ingest.run import IngestRun

logger = logging.getLogger(__name__)

_ASKED_EVERY_S = 0.5
_ORPHANS_EVERY_S = 10.0
_LAST_RUN_S = 60.0


class SharedQueue(IngestQueue):
    """Uploads wait where every process reaches them, and a job in the database names each.

    Runs over paths stay with the process that was asked: only it can see what they name.
    """

    def __init__(
        self,
        ledger: SqlLedger,
        run: IngestRun,
        uploads: Path,
        jobs: Jobs,
        waiting: WaitingFiles,
    ) -> None:
        super().__init__(ledger, run, uploads)
        self._jobs = jobs
        self._waiting = waiting
        self._current: RunId | None = None
        self._looked = monotonic()
        self._stop = Event()
        self._worker = Thread(
            target=jobs.work,
            args=(self._take_over, self._look_round, self._stop),
            name="uploads",
            daemon=True,
        )

    def start_upload(self, names: tuple[str, ...], fill: Callable[[Path], None]) -> RunId:
        """Keeps sent files where all processes reach them, and puts a run over them in the queue.

        Raises:
            OSError: the files cannot be received here.
            LibraryError: they cannot be kept; nothing is then.
        """
        run_id = new_run_id()
        folder = self._uploads / run_id
        folder.mkdir(parents=True)
        try:
            fill(folder)
            self._waiting.put(run_id, folder)
            self._begin(run_id, RunRequest("upload", names))
        except BaseException:  # what was not queued whole waits nowhere; raised on
            with suppress(LibraryError):
                self._waiting.drop(run_id)
            raise
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        self._defer(run_id)
        return run_id

    def retry(self, run_id: RunId) -> RunId:
        """As of every queue; the files of an upload are given to the new run."""
        run = self._ledger.runs.get(run_id)
        if run.request.kind != "upload":
            return super().retry(run_id)
        request, name = retry_request(run), new_run_id()
        if not self._waiting.move(run_id, name):
            raise LibraryError("The files of this upload are not kept any more. Send them again.")
        self._begin(name, request)
        self._defer(name)
        return name

    def wait(self, run_id: RunId, timeout_s: float | None = None) -> Run:
        """The run once it ended, whoever carries it out, or as it is when the time is over."""
        until = None if timeout_s is None else monotonic() + timeout_s
        while not (run := self._ledger.runs.get(run_id)).has_ended:
            if until is not None and monotonic() >= until:
                break
            sleep(_ASKED_EVERY_S)
        return run

    def resume(self) -> None:
        """Closes the runs over paths that the end of this process cut short, and takes jobs."""
        self._hand_in()
        super().resume()
        oldest = datetime.now(UTC) - FILES_KEPT
        for name in self._waiting.runs():
            try:
                ended = self._ledger.runs.get(RunId(name)).finished_at
            except RunNotFoundError:
                continue  # it may be arriving
            if ended is not None and ended < oldest:
                self._waiting.drop(name)
        self._worker.start()

    def finish(self) -> None:
        """Puts the upload under way back for another process, and lets no run begin."""
        self._closing.set()
        self._stop.set()
        if self._current is not None:
            self._ledger.runs.request_cancel(self._current)
        super().finish()
        if self._worker.is_alive():
            self._worker.join(_LAST_RUN_S)
        self._jobs.close()

    def _hand_in(self) -> None:
        """Brings uploads that wait in this data directory, as they did, to where all reach them."""
        there = set(self._waiting.runs())
        for run in super()._own():
            folder = self._uploads / run.run_id
            if run.request.kind == "upload" and run.run_id not in there and folder.is_dir():
                self._waiting.put(run.run_id, folder)

    def _own(self) -> tuple[Run, ...]:
        """Without uploads, which are everybody's."""
        return tuple(run for run in super()._own() if run.request.kind != "upload")

    def _begin(self, run_id: RunId, request: RunRequest) -> None:
        now = datetime.now(UTC)
        self._ledger.runs.begin(Run(run_id, request, "queued", now, RunProgress()))

    def _defer(self, run_id: RunId) -> None:
        try:
            self._jobs.defer(run_id)
        except LibraryUnavailableError as error:
            # The run is written: whoever looks round first finds that it has no job.
            logger.warning("%s", error)

    def _look_round(self) -> None:
        """Gives a job to each upload that has none: its process ended before it wrote one."""
        if monotonic() - self._looked < _ORPHANS_EVERY_S:
            return
        self._looked = monotonic()
        # Runs first: a job that ends in between would look like none.
        unended = [run for run in self._ledger.runs.unended() if run.request.kind == "upload"]
        known = self._jobs.known() if unended else set()
        for run in unended:
            if run.run_id not in known:
                self._jobs.defer(run.run_id)

    def _take_over(self, run_id: RunId) -> None:
        """Carries out the run of a job. Raises `LibraryUnavailableError` to have it come again."""
        run = self._ledger.runs.get(run_id)
        if run.has_ended:
            return
        with (
            self._turn,
            acting_as(INGEST),
            self._ledger.sharing.run(lambda: not self._closing.is_set()) as ours,
        ):
            if not ours:
                raise _closing()
            if self._was_cancelled(run_id):
                return
            self._current = run_id
            try:
                self._bring_in(run)
            finally:
                self._current = None
                shutil.rmtree(self._uploads / run_id, ignore_errors=True)
        self._settle(run)

    def _bring_in(self, run: Run) -> None:
        try:
            self._waiting.fetch(run.run_id, self._uploads / run.run_id)
            self._take_in(run.run_id, run.request, silent)
        except LibraryUnavailableError:
            # A store is away, which is no fault of the files: they wait for it.
            self._begin(run.run_id, run.request)
            raise
        except AssistantError as error:
            self._close(run.run_id, str(error))
        except BaseException as error:  # a library's panic too: the queue goes on, the run tells
            logger.exception("the ingest run %s failed", run.run_id)
            self._close(run.run_id, f"{type(error).__name__}: {error}")

    def _settle(self, run: Run) -> None:
        ended = self._ledger.runs.get(run.run_id)
        if ended.state == "cancelled" and self._closing.is_set():
            self._begin(run.run_id, run.request)
            raise _closing()
        if ended.is_wholly_done:
            self._waiting.drop(run.run_id)


def _closing() -> LibraryUnavailableError:
    return LibraryUnavailableError("This process is stopping; another one takes the upload in.")
