"""The ingest runs of a ledger, on a real SQLite and on a real PostgreSQL."""

import pytest

from assistant.errors import RunNotFoundError
from assistant.library.ledger import SqlLedger
from assistant.runs import Run, RunItem, RunProgress, RunRequest
from assistant.types import IngestReport, RunId, SourceFailure, SourceWarning
from tests.unit.library.builders import day


def run(number: int) -> Run:
    request = RunRequest("paths", ("/shelf",))
    return Run(RunId(f"run{number}"), request, "running", day(number), RunProgress())


def test_runs_come_back_newest_first(ledger: SqlLedger) -> None:
    for number in (1, 2, 3):
        ledger.runs.begin(run(number))
    assert [found.run_id for found in ledger.runs.recent(2)] == ["run3", "run2"]
    assert ledger.runs.recent(5, before=day(2)) == (run(1),)


def test_a_run_ends_with_its_report(ledger: SqlLedger) -> None:
    failure = SourceFailure("file:///x", "NoTextError", "a scan: read its text first")
    look_at = SourceWarning("file:///y", "Page 3 was read from its image.")
    report = IngestReport(RunId("run1"), 1, 2, 3, 4, (failure,), 5, 1.5, 6, 7, (look_at,))
    ledger.runs.begin(run(1))
    ledger.runs.end(RunId("run1"), "done", day(2), report)
    ended = ledger.runs.get(RunId("run1"))
    assert (ended.state, ended.finished_at, ended.report) == ("done", day(2), report)
    assert ledger.runs.unended() == ()


def test_items_of_a_run_are_read_in_order_from_any_on(ledger: SqlLedger) -> None:
    ledger.runs.begin(run(1))
    items = [RunItem(f"file:///{n}", "added", day(1)) for n in range(3)]
    assert ledger.runs.advance(RunId("run1"), RunProgress(3, 1, 10, 4), items)
    numbered = ledger.runs.items(RunId("run1"))
    assert [item for _, item in numbered] == items
    assert ledger.runs.items(RunId("run1"), after=numbered[1][0]) == numbered[2:]
    assert ledger.runs.get(RunId("run1")).progress == RunProgress(3, 1, 10, 4)


def test_a_run_that_is_cancelled_learns_of_it_when_it_advances(ledger: SqlLedger) -> None:
    ledger.runs.begin(run(1))
    assert ledger.runs.request_cancel(RunId("run1"))
    assert not ledger.runs.advance(RunId("run1"), RunProgress(), [])
    ledger.runs.end(RunId("run1"), "cancelled", day(2))
    assert not ledger.runs.request_cancel(RunId("run1"))


def test_a_run_nobody_began_is_not_found(ledger: SqlLedger) -> None:
    with pytest.raises(RunNotFoundError, match="List the runs"):
        ledger.runs.get(RunId("none"))
