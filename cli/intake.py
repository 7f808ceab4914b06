"""Ingest runs: carried out by this process, or by the server that holds the data directory."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Protocol

from pydantic import BaseModel, JsonValue

from assistant.access.ladders import Ladders
from assistant.errors import LibraryError, LibraryInUseError
from assistant.library.ledger import SqlLedger, open_ledger
from assistant.library.lock import DirectoryLock
from assistant.runs import Run, RunProgress, RunRequest
from assistant.settings import Settings
from assistant.types import IngestReport, RunId
from cli.console import messages
from cli.control import RunningServer, hold_or_find, running_server
from cli.importing import heavy_imports
from ingest.idle import new_run_id, run_idle
from ingest.planned import IngestPlan
from ingest.requests import UPLOADS, close_abandoned, plan_request, retry_request

PURPOSE = "attache ingest"


class ServerGoneError(LibraryInUseError):
    """The server ended before the run it was given did."""

    def __init__(self) -> None:
        super().__init__(
            "The server that carried the run out ended before the run did. What it had published "
            "stays. Run the command again."
        )


class Intake(Protocol):
    """Carries out runs to their end, showing how far they are.

    `stopped` says whether Ctrl-C asked the last of them to stop.
    """

    stopped: bool

    def is_alive(self) -> bool:
        """Whether what carries runs out is still there."""

    def take_in(self, request: RunRequest) -> Run:
        """The run once it ended. Raises `AssistantError` where it could not be carried out."""

    def retry(self, run: Run) -> Run:
        """The run over what an earlier one left undone, once it ended. Raises `AssistantError`."""


@contextmanager
def opened_intake(settings: Settings, ray: str | None = None) -> Iterator[Intake]:
    """What takes documents in: this process, or the server that holds the data directory.

    With the address of a Ray cluster this process does, and has the cluster work for it.

    Raises:
        LibraryInUseError: another command holds it.
        LibraryDamagedError: the data directory or its ledger cannot be opened.
    """
    with ExitStack() as opened:
        holding = hold_or_find(settings.home, PURPOSE)
        if isinstance(holding, DirectoryLock):
            opened.enter_context(holding)
        ledger = open_ledger(settings.home, settings.ledger_url)
        opened.callback(ledger.close)
        if isinstance(holding, RunningServer) and ray is not None:
            raise LibraryInUseError(
                f"The server at {holding.url} holds {settings.home}, and --ray publishes from a "
                "process of its own. Stop it; or, where the library is on servers, name another "
                "ATTACHE_HOME."
            )
        if isinstance(holding, RunningServer):
            yield ServedIntake(holding, ledger, settings.home)
            return
        close_abandoned(ledger)
        own = OwnIntake(settings, holding, ledger, ray)
        opened.callback(own.close)
        yield own


class ServedIntake:
    """Has the running server carry out runs; they are followed in the ledger."""

    def __init__(self, server: RunningServer, ledger: SqlLedger, home: Path) -> None:
        self._server = server
        self._ledger = ledger
        self._home = home
        self.stopped = False

    def is_alive(self) -> bool:
        """Whether the server is there, and no other in its place."""
        return running_server(self._home) == self._server and self._server.is_alive()

    def take_in(self, request: RunRequest) -> Run:
        """The run once it ended. Raises `LibraryError`; `LibraryInUseError` where it is gone."""
        body: dict[str, JsonValue] = {
            "paths": list(request.sources),
            "sync": request.kind == "sync",
            "force": request.force,
        }
        return self._followed("/v1/ingest-runs", body)

    def retry(self, run: Run) -> Run:
        """The run over what an earlier one left undone, once it ended. Raises `LibraryError`."""
        return self._followed(f"/v1/ingest-runs/{run.run_id}/retry", None)

    def _followed(self, path: str, body: JsonValue) -> Run:
        with heavy_imports():
            from cli.following import follow  # noqa: PLC0415

        followed = follow(self._ledger, self._begun(path, body), messages(), self.is_alive)
        self.stopped, run = followed.stopped, followed.run
        if not run.has_ended:
            raise ServerGoneError
        if run.state == "failed":
            raise LibraryError(run.error or "The run failed. Look at what the server logged.")
        return run

    def _begun(self, path: str, body: JsonValue) -> RunId:
        try:
            begun = _Begun.model_validate(self._server.call("POST", path, body))
        except LibraryInUseError:
            raise
        except LibraryError as error:
            # One that was started in its place refuses a token that is not its own.
            if running_server(self._home) != self._server:
                raise ServerGoneError from error
            raise
        return RunId(begun.run_id)


class OwnIntake:
    """Carries out runs itself. Models and indexes are opened for the first that needs them."""

    def __init__(
        self, settings: Settings, held: DirectoryLock, ledger: SqlLedger, ray: str | None = None
    ) -> None:
        self._ray = ray
        self._settings = settings
        self._held = held
        self._ledger = ledger
        self._opened = ExitStack()
        self._carry_out: _Work | None = None
        self.stopped = False

    def is_alive(self) -> bool:
        """It is this process."""
        return True

    def take_in(self, request: RunRequest) -> Run:
        """The run once it ended. Raises `AssistantError`."""
        return self._run(request, new_run_id())

    def retry(self, run: Run) -> Run:
        """The run over what an earlier one left undone, once it ended. Raises `AssistantError`."""
        request, run_id = retry_request(run), new_run_id()
        kept = self._settings.home / UPLOADS / run.run_id
        if request.kind == "upload":
            if not kept.is_dir():
                raise LibraryError(
                    "The files of this upload are not kept any more. Send them again."
                )
            kept = kept.rename(kept.with_name(run_id))
        again = self._run(request, run_id)
        if request.kind == "upload" and again.is_wholly_done:
            shutil.rmtree(kept, ignore_errors=True)
        return again

    def close(self) -> None:
        """Closes what was opened for runs."""
        self._opened.close()

    def _run(self, request: RunRequest, run_id: RunId) -> Run:
        self.stopped = False
        with self._ledger.sharing.run(lambda: True):
            return self._planned(request, run_id)

    def _planned(self, request: RunRequest, run_id: RunId) -> Run:
        uploads = self._settings.home / UPLOADS / run_id
        ladders = Ladders.read(self._settings.markings)
        planned = plan_request(request, self._ledger, uploads, ladders)
        if planned.is_idle:
            run_idle(self._ledger, request, planned, run_id)
            return self._ledger.runs.get(run_id)
        work = self._carry_out = self._carry_out or self._open()
        waiting = Run(run_id, request, "queued", datetime.now(UTC), RunProgress())
        self._ledger.runs.begin(waiting)
        return self._followed(run_id, _in_thread(lambda: work(request, planned, run_id)))

    def _followed(self, run_id: RunId, at_work: "Future[IngestReport]") -> Run:
        with heavy_imports():
            from cli.following import follow  # noqa: PLC0415

        followed = follow(self._ledger, run_id, messages(), lambda: not at_work.done())
        self.stopped = followed.stopped
        # Raises what the run died of, also where a full disk let it write nothing of its end.
        at_work.result()
        return self._ledger.runs.get(run_id)

    def _open(self) -> "_Work":
        # Models and indexes take seconds to import: only a run with work to do waits for them.
        with heavy_imports():
            from assistant.backends import open_backends  # noqa: PLC0415
            from cli.taking import opened_run  # noqa: PLC0415
            from ingest.progress import silent  # noqa: PLC0415

        with messages().status("Opening the library…"):
            backends = open_backends(self._settings, PURPOSE, self._held)
        self._opened.enter_context(backends)
        run = self._opened.enter_context(opened_run(backends, self._settings, self._ray))
        return lambda request, planned, run_id: run.run(request, planned, silent, run_id)


def _in_thread(work: Callable[[], IngestReport]) -> "Future[IngestReport]":
    """The work, begun beside this thread, which is left free to hear Ctrl-C."""
    future: Future[IngestReport] = Future()

    def carry_out() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001  # whoever waits for the result raises it
            future.set_exception(error)

    Thread(target=carry_out, name="ingest", daemon=True).start()
    return future


class _Work(Protocol):
    def __call__(self, request: RunRequest, planned: IngestPlan, run_id: RunId, /) -> IngestReport:
        """Carries out what is planned."""


class _Begun(BaseModel):
    run_id: str
