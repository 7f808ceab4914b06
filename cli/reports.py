"""Ingest reports for a reader."""

from collections.abc import Sequence
from typing import TypeVar

from rich.console import Console
from rich.text import Text

from assistant.runs import RunState
from assistant.types import IngestReport, SourceFailure, SourceWarning
from cli.console import counted

SHOWN = 20
"""Failures and warnings shown of one run; `attache runs show` has them all."""

One = TypeVar("One", SourceFailure, SourceWarning)


def print_report(
    report: IngestReport, console: Console, shown: int = SHOWN, state: RunState = "done"
) -> None:
    """Writes what a run did: the counts, then each source that failed or has a warning, and why."""
    console.print(summary(report, state))
    warned, failed = report.warnings, report.failed
    for warning in warned[:shown]:
        _print(console, ("! ", "yellow"), warning.source, warning.detail)
    _print_rest(console, report, warned[shown:], "warnings")
    for failure in failed[:shown]:
        _print(console, ("✗ ", "red"), failure.source, failure.detail)
    _print_rest(console, report, failed[shown:], "failures")


def summary(report: IngestReport, state: RunState = "done") -> str:
    """The counts of a run that ended so, in a line."""
    counts = [
        f"{number} {name}"
        for number, name in (
            (report.added, "added"),
            (report.updated, "updated"),
            (report.moved, "moved"),
            (report.duplicated, "duplicate" if report.duplicated == 1 else "duplicates"),
            (report.unchanged, "unchanged"),
            (report.removed, "removed"),
            (len(report.warnings), "with a warning"),
            (len(report.failed), "failed"),
        )
        if number
    ]
    if not counts and state != "done":
        # Whether there was something to take in is not known of a run that did not look to its end.
        how = "stopped" if state == "cancelled" else "ended"
        return f"{how} after {report.elapsed_s:.1f} s, before anything was taken in"
    what = ", ".join(counts) or "nothing found to take in"
    chunks = f"; {counted(report.chunks, 'passage')} embedded" if report.chunks else ""
    return f"{what}{chunks} in {report.elapsed_s:.1f} s"


def _print(console: Console, sign: tuple[str, str], source: str, detail: str) -> None:
    line = Text.assemble(sign, (_readable(source), "bold"), f"\n  {detail}")
    console.print(line, soft_wrap=True)


def _print_rest(console: Console, report: IngestReport, rest: Sequence[One], what: str) -> None:
    if rest:
        more = f"… and {len(rest)} more {what}; `attache runs show {report.run_id[:12]}` has all."
        console.print(Text(more, style="dim"), soft_wrap=True)


def _readable(source: str) -> str:
    """The name on one line, without what a terminal would act on or cannot write."""
    shown = source.encode("utf-8", "replace").decode()
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in shown)
