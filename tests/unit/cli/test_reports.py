from dataclasses import replace
from io import StringIO
from itertools import pairwise

import pytest
from rich.console import Console

from assistant.runs import RunProgress, RunState
from assistant.types import IngestReport, RunId, SourceFailure, SourceWarning
from cli.progress import IngestProgress, Remaining
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
    assert "; 1 passage embedded in" in written(report(added=1, chunks=1))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("cancelled", "stopped after 1.2 s, before anything was taken in\n"),
        ("failed", "ended after 1.2 s, before anything was taken in\n"),
        ("done", "nothing found to take in in 1.2 s\n"),
    ],
)
def test_a_run_without_counts_says_what_is_true_of_how_it_ended(state: RunState, said: str) -> None:
    out = StringIO()
    print_report(replace(report(), unchanged=0), Console(file=out, width=80), state=state)
    assert out.getvalue() == said


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


def by_a_still_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[IngestProgress, StringIO, list[float]]:
    """Progress off a terminal, what it writes, and the seconds, which a test moves on."""
    now = [0.0]
    monkeypatch.setattr("cli.progress.monotonic", lambda: now[0])
    out = StringIO()
    return IngestProgress(Console(file=out, width=80)), out, now


def test_progress_off_a_terminal_says_how_much_is_done_and_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    progress, out, now = by_a_still_clock(monkeypatch)
    progress.reached(RunProgress(10, 0, 1000, 0))
    for done in range(1, 6):
        now[0] += 10.0
        progress.reached(RunProgress(10, done, 1000, 100 * done))
    progress.finished()
    lines = out.getvalue().splitlines()
    assert lines[0] == "10 %, 1/10 files done, 0.1 files/s, 0.00 MB/s"
    assert lines[-1] == "50 %, 5/10 files done, 0.1 files/s, 0.00 MB/s, about 50 s left"


def test_while_one_long_file_is_worked_on_no_pace_of_files_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    progress, out, now = by_a_still_clock(monkeypatch)
    progress.reached(RunProgress(100, 3, 10_000_000, 0))
    now[0] += 100.0
    progress.reached(RunProgress(100, 3, 10_000_000, 2_000_000))
    assert out.getvalue() == "20 %, 3/100 files done, 0.02 MB/s\n"


def test_no_time_is_foretold_from_a_beginning_that_tells_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [0.0]
    monkeypatch.setattr("cli.progress.monotonic", lambda: now[0])
    out = StringIO()
    console = Console(file=out, width=120, force_terminal=True, legacy_windows=False)
    progress = IngestProgress(console)
    for second in range(12):  # models and readers are opened, then the first files done
        now[0] = float(second)
        progress.reached(RunProgress(100, 0, 1_000_000, 4_000 if second > 9 else 0))
    progress.finished()
    assert "left" not in out.getvalue()


def test_the_time_foretold_is_near_and_changes_by_and_by() -> None:
    remaining, total, foretold = Remaining(), 50_000, []
    for tenth in range(100, 580):  # the first ten seconds go by before anything is done
        now = tenth / 10
        # Done in steps, and the first half takes twice as long as the second.
        share = (now - 10) * 0.75 if now < 42 else 24 + (now - 42) * 1.5
        left = remaining.seconds(now, int(share / 48 * total) // 1000 * 1000, total)
        if left is not None:
            foretold.append((now, left))
    assert foretold[0][0] <= 20
    assert all(0.5 * (58 - now) <= left <= 2 * (58 - now) + 8 for now, left in foretold)
    steps = pairwise(foretold)
    assert max(abs(later - left) for (_, left), (_, later) in steps) < 2


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


def test_progress_on_a_terminal_shows_files_rates_and_the_time_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [0.0]
    monkeypatch.setattr("cli.progress.monotonic", lambda: now[0])
    out = StringIO()
    console = Console(file=out, width=120, force_terminal=True, legacy_windows=False)
    progress = IngestProgress(console)
    progress.started(6, 6_000_000)
    for name in "abcde":
        now[0] += 3.0
        progress.worked(1_000_000)
        progress.advanced(f"file:///{name}[bold].txt")
    progress.finished()
    shown = out.getvalue()
    assert "5/6 files done" in shown
    assert "about 3 s left" in shown
    assert "files/s" in shown
    assert "MB/s" in shown
    assert "e[bold].txt" in shown


def test_progress_over_empty_files_ends() -> None:
    progress = IngestProgress(Console(file=StringIO(), width=80, force_terminal=True))
    progress.started(1, 0)
    progress.advanced("file:///empty")
    progress.finished()
