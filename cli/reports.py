"""Ingest reports for a reader."""

from rich.console import Console
from rich.text import Text

from assistant.types import IngestReport


def print_report(report: IngestReport, console: Console) -> None:
    """Writes what a run did: the counts, then each source that failed and why."""
    counts = [
        f"{number} {name}"
        for number, name in (
            (report.added, "added"),
            (report.updated, "updated"),
            (report.unchanged, "unchanged"),
            (report.removed, "removed"),
            (len(report.failed), "failed"),
        )
        if number
    ]
    what = ", ".join(counts) or "nothing found to take in"
    chunks = f"; {report.chunks} passages embedded" if report.chunks else ""
    console.print(f"{what}{chunks} in {report.elapsed_s:.1f} s")
    for failure in report.failed:
        line = Text.assemble(("✗ ", "red"), (failure.source, "bold"), f"\n  {failure.detail}")
        console.print(line, soft_wrap=True)
