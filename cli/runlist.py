"""Ingest runs, listed and shown from the ledger, cancelled and repeated."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.table import Table
from rich.text import Text

from api.run_schemas import RunList
from api.run_wire import run_out, run_summary
from assistant.errors import LibraryError, RunNotFoundError
from assistant.library.ledger import SqlLedger, open_ledger
from assistant.runs import Run
from assistant.settings import Settings
from assistant.types import RunId
from cli.abandoned import end_abandoned
from cli.console import note, results
from cli.exits import Exits
from cli.ingesting import tell
from cli.intake import opened_intake
from cli.reports import print_report, summary
from cli.setup import settings_for_command
from cli.wire import print_json

SHORT = 12
_PAGE = 200
_KINDS = {"paths": "files", "sync": "mirror", "upload": "upload", "starter": "starter documents"}
_STYLES = {"done": "green", "failed": "red", "interrupted": "red", "running": "cyan"}


def list_last(limit: int, *, as_json: bool) -> None:
    """Writes the last runs. Raises `LibraryError` where the ledger cannot be read."""
    settings = settings_for_command()
    with _ledger(settings) as ledger:
        at_work = end_abandoned(settings.home, ledger)
        found = ledger.runs.recent(limit)
        if as_json:
            items = [run_summary(run, ledger.runs) for run in found]
            print_json(RunList(items=items, next_cursor=None))
            return
    if found:
        results().print(_table(found, at_work=at_work))
    else:
        note("There are no runs yet. `attache ingest PATH…` begins one.")


def show(name: str, *, as_json: bool) -> None:
    """Writes all that is known of a run. Raises `RunNotFoundError`."""
    settings = settings_for_command()
    with _ledger(settings) as ledger:
        end_abandoned(settings.home, ledger)
        run = find(ledger, name)
        if as_json:
            print_json(run_out(run, ledger.runs))
            return
    console = results()
    console.print(_facts(run))
    if run.report is not None:
        print_report(run.report, console, shown=sys.maxsize, state=run.state)


def cancel(name: str, *, as_json: bool) -> None:
    """Asks a run to stop. Raises `RunNotFoundError`, or `LibraryError` where it has ended."""
    settings = settings_for_command()
    with _ledger(settings) as ledger:
        end_abandoned(settings.home, ledger)
        run = find(ledger, name)
        if not ledger.runs.request_cancel(run.run_id):
            raise LibraryError("The run has ended already, so there is nothing to cancel.")
        if as_json:
            print_json(run_out(ledger.runs.get(run.run_id), ledger.runs))
        else:
            note(f"The run {run.run_id[:SHORT]} will stop. What was taken in stays.")


def retry(name: str, *, as_json: bool) -> Exits:
    """Does again what a run left undone, and writes the report.

    Raises:
        RunNotFoundError: there is no such run.
        LibraryError: it has not ended, or nothing of it is left to do.
    """
    settings = settings_for_command()
    with _ledger(settings) as ledger:
        end_abandoned(settings.home, ledger)
        run = find(ledger, name)
    with opened_intake(settings) as intake:
        again = intake.retry(run)
    return tell(again, as_json=as_json)


def find(ledger: SqlLedger, name: str) -> Run:
    """The run of this id, or the only one whose id begins so. Raises `RunNotFoundError`."""
    found = [run for run in _all(ledger) if name and run.run_id.startswith(name)]
    exact = [run for run in found if run.run_id == name]
    match exact or found:
        case [run]:
            return run
        case []:
            raise RunNotFoundError(f"There is no run {name!r}. `attache runs list` shows the last.")
        case several:
            raise RunNotFoundError(
                f"{len(several)} runs begin with {name!r}. Write more of the id."
            )


@contextmanager
def _ledger(settings: Settings) -> Iterator[SqlLedger]:
    # Reading needs no lock, and neither does asking a run to stop.
    ledger = open_ledger(settings.home, settings.ledger_url)
    try:
        yield ledger
    finally:
        ledger.close()


def _all(ledger: SqlLedger) -> Iterator[Run]:
    after: RunId | None = None
    while page := ledger.runs.recent(_PAGE, after=after):
        yield from page
        after = page[-1].run_id


def _table(found: tuple[Run, ...], *, at_work: bool) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("id", no_wrap=True, style="cyan")
    table.add_column("started", no_wrap=True)
    table.add_column("what", no_wrap=True)
    table.add_column("state", no_wrap=True)
    table.add_column("result", overflow="fold", ratio=1)
    for run in found:
        table.add_row(
            run.run_id[:SHORT],
            f"{run.started_at:%Y-%m-%d %H:%M:%S}",
            _KINDS[run.request.kind],
            _state(run, at_work=at_work),
            Text(_result(run)),
        )
    return table


def _state(run: Run, *, at_work: bool) -> Text:
    if not run.has_ended and not at_work:
        return Text("waits for a server", style="yellow")
    return Text(run.state, style=_STYLES.get(run.state, "yellow"))


def _result(run: Run) -> str:
    if run.report is not None:
        return summary(run.report, run.state)
    progress = run.progress
    if run.has_ended or not progress.total_sources:
        return run.error or ""
    return f"{progress.done_sources}/{progress.total_sources} files"


def _facts(run: Run) -> Table:
    until = f"{run.finished_at:%Y-%m-%d %H:%M:%S} UTC" if run.finished_at else None
    progress = run.progress
    rows = {
        "id": run.run_id,
        "what": _KINDS[run.request.kind],
        "sources": "\n".join(run.request.sources),
        "state": run.state,
        "started": f"{run.started_at:%Y-%m-%d %H:%M:%S} UTC",
        "ended": until,
        "progress": f"{progress.done_sources}/{progress.total_sources} files",
        "error": run.error,
    }
    table = Table.grid(padding=(0, 2))
    for name, value in rows.items():
        if value:
            table.add_row(Text(name, style="dim"), Text(value, overflow="fold"))
    return table
