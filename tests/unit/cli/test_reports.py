from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from assistant.runs import RunProgress
from assistant.types import IngestReport, RunId, SourceFailure, SourceWarning
from cli.progress import IngestProgress
from cli.reports import print_report


def report(*failed: SourceFailure, added: int = 0, chunks: int = 0) -> IngestReport:
    return IngestReport(RunId("r"), added, 0, 3, 0, failed, chunks, 1.25)


def written(what: IngestReport) -> str:
    out = StringIO()
    print_report(what, Console(file=out, width=80))
    return out.getvalue()


def test_a_report_counts_what_happened_and_leaves_out_what_did_not() -> None:
    assert written(report(added=2, chunks=9)) == (
        "2 added, 3 unchanged; 9 passages embedded in 1.2 s\n"
    )


def test_a_report_names_each_failed_source_and_why() -> None:
    failure = SourceFailure("/in/[bold]a.zip", "UnsupportedSourceError", "is not read. Leave it.")
    assert "1 failed" in written(report(failure))
    assert "✗ /in/[bold]a.zip\n  is not read. Leave it.\n" in written(report(failure))


def test_of_hundreds_of_failures_the_first_are_shown_and_the_rest_is_counted() -> None:
    failures = [SourceFailure(f"/in/{n}.pdf", "NoTextError", "Add text.") for n in range(250)]
    lines = written(report(*failures)).splitlines()
    assert lines[0].endswith("250 failed in 1.2 s")
    assert len([line for line in lines if line.startswith("✗")]) == 20
    assert lines[-1] == "… and 230 more failures; `attache runs show r` has all."


def test_a_report_tells_of_moves_copies_and_warnings() -> None:
    whole = replace(report(), moved=2, duplicated=1, warnings=(SourceWarning("/in/a", "Look."),))
    assert written(whole) == (
        "2 moved, 1 duplicate, 3 unchanged, 1 with a warning in 1.2 s\n! /in/a\n  Look.\n"
    )


def test_a_name_cannot_write_on_the_terminal() -> None:
    failure = SourceFailure("/in/\x1b[2Ja\nb\udcff.txt", "NoTextError", "Add text.")
    out = written(report(failure))
    assert "\x1b" not in out
    assert "a\N{REPLACEMENT CHARACTER}b?.txt" in out


def test_progress_off_a_terminal_says_how_much_is_done_and_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [0.0]
    monkeypatch.setattr("cli.progress.monotonic", lambda: now[0])
    out = StringIO()
    progress = IngestProgress(Console(file=out, width=80))
    progress.reached(RunProgress(10, 0, 1000, 0))
    now[0] = 20.0
    progress.reached(RunProgress(10, 2, 1000, 250))
    now[0] = 25.0
    progress.reached(RunProgress(10, 5, 1000, 500))
    progress.finished()
    assert out.getvalue() == "25 %, 2/10 files, 0.1 files/s, 0.00 MB/s, about 60 s left\n"


def test_a_long_line_is_not_broken_where_a_script_reads_it() -> None:
    failure = SourceFailure("/in/" + "a" * 120, "NoTextError", "word " * 40)
    assert "a" * 120 in written(report(failure))


def test_progress_off_a_terminal_writes_no_bar() -> None:
    out = StringIO()
    progress = IngestProgress(Console(file=out, width=80))
    progress.started(2, 10)
    progress.worked(10)
    progress.advanced("file:///a.txt")
    progress.finished()
    assert out.getvalue() == ""


def test_progress_on_a_terminal_shows_files_rates_and_the_time_left() -> None:
    out = StringIO()
    console = Console(file=out, width=120, force_terminal=True, legacy_windows=False)
    progress = IngestProgress(console)
    progress.started(4, 4_000_000)
    for name in "abc":
        progress.worked(1_000_000)
        progress.advanced(f"file:///{name}[bold].txt")
    progress.finished()
    shown = out.getvalue()
    assert "3/4 files" in shown
    assert "files/s" in shown
    assert "MB/s" in shown
    assert "left" in shown
    assert "c[bold].txt" in shown


def test_progress_over_empty_files_ends() -> None:
    progress = IngestProgress(Console(file=StringIO(), width=80, force_terminal=True))
    progress.started(1, 0)
    progress.advanced("file:///empty")
    progress.finished()
