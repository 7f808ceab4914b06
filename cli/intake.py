"""An ingest run: finds out what there is to do, and opens models and indexes only for that."""

from api.wire import report_out
from assistant.library.ledger import open_ledger
from assistant.library.lock import DirectoryLock, hold
from assistant.runs import RunRequest
from assistant.settings import Settings
from assistant.types import IngestReport
from cli.console import messages, results
from cli.exits import Exits
from cli.importing import heavy_imports
from cli.reports import print_report
from cli.setup import settings_for_command
from cli.wire import print_json
from ingest.idle import run_idle
from ingest.plan import IngestPlan
from ingest.requests import close_abandoned, plan_request

PURPOSE = "attache ingest"


def take_in(request: RunRequest, *, as_json: bool) -> Exits:
    """Does what is asked and writes the report; `INCOMPLETE` where a source failed.

    Raises:
        LibraryInUseError: another process holds the data directory.
        LibraryError: a store cannot be opened or written.
    """
    report = report_on(settings_for_command(), request)
    if as_json:
        print_json(report_out(report))
    else:
        print_report(report, results())
    return Exits.INCOMPLETE if report.failed else Exits.DONE


def report_on(settings: Settings, request: RunRequest) -> IngestReport:
    """The report of what is asked. Raises what `take_in` does."""
    with hold(settings.home, PURPOSE) as held:
        ledger = open_ledger(settings.home)
        try:
            close_abandoned(ledger)
            planned = plan_request(request, ledger, settings.home)
            if planned.is_idle:
                return run_idle(ledger, request, planned)
        finally:
            ledger.close()
        return _run(settings, request, planned, held)


def _run(
    settings: Settings, request: RunRequest, planned: IngestPlan, held: DirectoryLock
) -> IngestReport:
    # Models and indexes take seconds to import: only a run with work to do waits for them.
    with heavy_imports():
        from assistant.backends import open_backends  # noqa: PLC0415
        from cli.progress import IngestProgress  # noqa: PLC0415
        from cli.taking import opened_run  # noqa: PLC0415

    console = messages()
    with console.status("Opening the library…"):
        backends = open_backends(settings, PURPOSE, held)
    with backends, opened_run(backends, settings) as run:
        return run.run(request, planned, IngestProgress(console))
