"""An ingest run: finds out what there is to do, and opens models and indexes only for that."""

from pathlib import Path
from time import perf_counter
from uuid import uuid4

from api.wire import report_out
from assistant.library.ledger import SqlLedger, open_ledger
from assistant.library.lock import hold
from assistant.settings import Settings
from assistant.types import IngestReport, RunId
from cli.console import messages, results
from cli.exits import Exits
from cli.importing import heavy_imports
from cli.reports import print_report
from cli.setup import settings_for_command
from cli.wire import print_json
from ingest.plan import IngestPlan, plan
from ingest.sources import find

PURPOSE = "attache ingest"


def take_in(paths: list[Path], *, as_json: bool) -> Exits:
    """Takes in these paths and writes the report; `INCOMPLETE` where a source failed.

    Raises:
        LibraryInUseError: another process holds the data directory.
        LibraryError: a store cannot be opened or written.
    """
    report = report_on(settings_for_command(), paths)
    if as_json:
        print_json(report_out(report))
    else:
        print_report(report, results())
    return Exits.INCOMPLETE if report.failed else Exits.DONE


def report_on(settings: Settings, paths: list[Path]) -> IngestReport:
    """The report of taking in these paths. Raises what `take_in` does."""
    started = perf_counter()
    with hold(settings.home, PURPOSE):
        ledger = open_ledger(settings.home)
        try:
            planned = plan(find(paths), ledger)
            if not planned.work:
                return _settled(planned, ledger, started)
        finally:
            ledger.close()
    # Models and indexes take seconds to import: only a run with work to do waits for them.
    with heavy_imports():
        from cli.taking import run_plan  # noqa: PLC0415

    return run_plan(settings, planned, PURPOSE, messages())


def _settled(planned: IngestPlan, ledger: SqlLedger, started: float) -> IngestReport:
    """The report of a plan without work; sources whose time alone has changed are remembered."""
    ledger.touch(planned.touched)
    return IngestReport(
        run_id=RunId(uuid4().hex),
        added=0,
        updated=0,
        unchanged=planned.unchanged,
        removed=0,
        failed=planned.failed,
        chunks=0,
        elapsed_s=round(perf_counter() - started, 3),
    )
