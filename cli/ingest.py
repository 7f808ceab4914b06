"""`attache ingest PATH…`: takes files and folders into the library."""

from pathlib import Path
from time import perf_counter
from typing import Annotated
from uuid import uuid4

import typer

from assistant.library.ledger import SqlLedger, open_ledger
from assistant.library.lock import hold
from assistant.settings import Settings
from assistant.types import IngestReport, RunId
from cli.console import messages, print_json, results
from cli.exits import Exits
from cli.options import AsJson, settings_for_command
from cli.reports import print_report
from ingest.plan import IngestPlan, plan
from ingest.sources import find

PURPOSE = "attache ingest"

Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH…", help="Files, and folders with all they hold.", show_default=False),
]


def ingest(paths: Paths, as_json: AsJson = False) -> None:
    """Takes files and folders into the library.

    What has not changed since the last time is left alone. Exits with 1 when a source failed;
    the report names each, and why.
    """
    settings = settings_for_command()
    report = ingest_paths(settings, paths)
    if as_json:
        # Loading the wire types takes a tenth of a second that other uses need not wait for.
        from api.wire import report_out  # noqa: PLC0415

        print_json(report_out(report))
    else:
        print_report(report, results())
    raise typer.Exit(Exits.INCOMPLETE if report.failed else Exits.DONE)


def ingest_paths(settings: Settings, paths: list[Path]) -> IngestReport:
    """The report of taking in these paths.

    Raises:
        LibraryInUseError: another process holds the data directory.
        LibraryError: a store cannot be opened or written.
    """
    planned = None
    with hold(settings.home, PURPOSE):
        ledger = open_ledger(settings.home)
        try:
            started = perf_counter()
            planned = plan(find(paths), ledger)
            if not planned.work:
                return _settle(planned, ledger, started)
        finally:
            ledger.close()
    # Models and indexes take seconds to open: only a run with work to do waits for them.
    from cli.ingesting import run_plan  # noqa: PLC0415

    return run_plan(settings, planned, PURPOSE, messages())


def _settle(planned: IngestPlan, ledger: SqlLedger, started: float) -> IngestReport:
    """The report of a plan without work; remembers sources whose time alone has changed."""
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
