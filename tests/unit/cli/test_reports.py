from io import StringIO

from rich.console import Console

from assistant.types import IngestReport, RunId, SourceFailure
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
