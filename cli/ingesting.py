"""One ingest run, or what it would do, written for whoever asked."""

from rich.console import Console
from rich.text import Text

from api.run_schemas import PlanOut
from api.run_wire import plan_out, report_out
from assistant.errors import LibraryError
from assistant.library.ledger import open_ledger
from assistant.runs import Run, RunRequest
from assistant.types import IngestReport
from cli.console import note, results
from cli.exits import Exits
from cli.intake import opened_intake
from cli.reports import print_report
from cli.setup import settings_for_command
from cli.wire import print_json
from ingest.requests import UPLOADS, plan_request


def take_in(request: RunRequest, *, as_json: bool, ray: str | None = None) -> Exits:
    """Does what is asked and writes the report; `INCOMPLETE` where a source failed.

    Raises:
        LibraryInUseError: another command holds the data directory.
        LibraryError: a store cannot be opened or written.
    """
    with opened_intake(settings_for_command(), ray) as intake:
        run = intake.take_in(request)
    return tell(run, as_json=as_json)


def tell(run: Run, *, as_json: bool, on_one_line: bool = False) -> Exits:
    """Writes the report of a run that ended, and says how it did."""
    report = run.report or _nothing_done(run)
    if as_json:
        print_json(report_out(report), on_one_line=on_one_line)
    else:
        print_report(report, results(), state=run.state)
    match run.state:
        case "cancelled":
            note("Stopped before its end. What was taken in stays; run it again for the rest.")
            return Exits.INTERRUPTED
        case "interrupted" | "failed":
            raise LibraryError(run.error or "The run was cut short. Run it again.")
        case _:
            return Exits.INCOMPLETE if report.failed else Exits.DONE


def foresee(request: RunRequest, *, as_json: bool) -> Exits:
    """Writes what a run would do, and does nothing; `INCOMPLETE` where a source would fail.

    Raises:
        IngestError: a folder to be mirrored is none, or looks as if it were not mounted.
        LibraryDamagedError: the ledger cannot be opened.
    """
    settings = settings_for_command()
    # Reading needs no lock: the ledger takes readers while another process writes.
    ledger = open_ledger(settings.home, settings.ledger_url)
    try:
        plan = plan_out(plan_request(request, ledger, settings.home / UPLOADS), ledger.sources())
    finally:
        ledger.close()
    if as_json:
        print_json(plan)
    else:
        _print_plan(plan, results())
    return Exits.INCOMPLETE if plan.failed else Exits.DONE


def _print_plan(plan: PlanOut, console: Console) -> None:
    lines = [
        *(("+", "green", uri) for uri in plan.added),
        *(("~", "yellow", uri) for uri in plan.updated),
        *((">", "cyan", f"{move.to}  (moved from {move.from_})") for move in plan.moved),
        *(("=", "dim", f"{copy.source}  (the same as {copy.of})") for copy in plan.duplicated),
        *(("-", "red", uri) for uri in plan.removed),
        *(("✗", "red", f"{one.source}\n  {one.detail}") for one in plan.failed),
    ]
    for sign, style, text in lines:
        console.print(Text.assemble((f"{sign} ", style), text), soft_wrap=True)
    counts = [
        (len(plan.added), "to add"),
        (len(plan.updated), "to read again"),
        (len(plan.moved), "moved"),
        (len(plan.duplicated), "duplicate" if len(plan.duplicated) == 1 else "duplicates"),
        (len(plan.removed), "to remove"),
        (plan.unchanged, "unchanged"),
        (len(plan.failed), "failed"),
    ]
    console.print(", ".join(f"{n} {what}" for n, what in counts if n) or "nothing to do")
    note("Nothing was done. What archives and messages hold is known once they are opened.")


def _nothing_done(run: Run) -> IngestReport:
    """The report of a run that ended before it began."""
    return IngestReport(run.run_id, 0, 0, 0, 0, (), 0, 0.0)
