"""Ingest runs and their reports, as HTML."""

from collections.abc import Sequence

from api.run_schemas import FailureOut, RunOut, RunSummary, WarningOut
from ui.markup import esc, source_name
from ui.reasons import meaning_of_failure, render_reason
from ui.words import Words

_SHOWN = 50
_COUNTS = {
    "added": ("{n} added", "{n} were added"),
    "updated": ("{n} updated", "{n} were updated"),
    "unchanged": ("{n} already here", "{n} already here"),
    "moved": ("{n} moved", "{n} were moved"),
    "duplicated": ("{n} here under another name", "{n} here under another name"),
    "removed": ("{n} removed", "{n} were removed"),
    "failed": ("{n} not taken in", "{n} not taken in"),
    "warned": ("{n} to be looked at", "{n} to be looked at"),
}
_STATES = {
    "queued": "Waiting",
    "running": "Under way",
    "done": "Done",
    "cancelled": "Stopped",
    "failed": "Failed",
    "interrupted": "Broken off",
}


def render_runs(say: Words, runs: Sequence[RunSummary], cursor: str | None) -> str:
    """The runs, newest first; each opens its report."""
    if not runs:
        return f'<li class="none">{esc(say("No documents were taken in yet."))}</li>'
    rows = "".join(_row(say, run) for run in runs)
    if cursor:
        more = esc(say("Show more"))
        rows += (
            f'<li><button type="button" class="quiet" data-runs-after="{esc(cursor)}">{more}'
            "</button></li>"
        )
    return rows


def render_run(say: Words, run: RunOut) -> str:
    """What became of each source that is worth a word."""
    parts: list[str] = []
    if run.error:
        parts.append(render_reason(say, run.error, "It was broken off. What was finished stays."))
    if run.report is not None:
        parts.append(f"<p>{esc(_effort(say, run))}</p>")
        parts.append(render_failures(say, run.report.failed))
        parts.append(_warnings(say, run.report.warnings))
    if run.state in ("queued", "running"):
        words = esc(say("Cancel"))
        parts.append(
            f'<button type="button" class="secondary" data-cancel="{esc(run.run_id)}">{words}'
            "</button>"
        )
    elif run.state != "done" or run.counts.get("failed"):
        words = esc(say("Try again"))
        parts.append(
            f'<button type="button" class="secondary" data-retry="{esc(run.run_id)}">{words}'
            "</button>"
        )
    return "".join(parts)


def render_failures(say: Words, failed: Sequence[FailureOut]) -> str:
    """The sources that were not taken in, each with its reason."""
    reasons = "".join(
        f"<li><strong>{esc(source_name(failure.source))}</strong>"
        f"{render_reason(say, failure.detail, meaning_of_failure(failure.error))}</li>"
        for failure in failed[:_SHOWN]
    )
    if (more := len(failed) - _SHOWN) > 0:
        reasons += f"<li>{esc(say.count(more, '… and {n} more', '… and {n} more'))}</li>"
    return f'<ul class="failures">{reasons}</ul>' if reasons else ""


def _warnings(say: Words, warnings: Sequence[WarningOut]) -> str:
    rows = "".join(
        f"<li><strong>{esc(source_name(one.source))}</strong>"
        f"{render_reason(say, one.detail, 'Read the document before you rely on it.')}</li>"
        for one in warnings[:_SHOWN]
    )
    title = esc(say("Worth a look"))
    return f'<h4>{title}</h4><ul class="failures">{rows}</ul>' if rows else ""


def _row(say: Words, run: RunSummary) -> str:
    names = ", ".join(source_name(source) for source in run.sources[:3])
    more = len(run.sources) - 3 + run.more_sources
    if more > 0:
        names += say(" and {n} more", n=more)
    return (
        f'<li class="run"><details data-run="{esc(run.run_id)}"><summary>'
        f'<span class="state {run.state}">{esc(say(_STATES[run.state]))}</span>'
        f"<strong>{esc(names)}</strong><span>{esc(say.moment(run.started_at))}</span>"
        f"<span>{esc(_counts(say, run.counts))}</span></summary>"
        f'<div class="run-report"></div></details></li>'
    )


def _counts(say: Words, counts: dict[str, int]) -> str:
    return ", ".join(
        say.count(counts[name], *words) for name, words in _COUNTS.items() if counts.get(name)
    )


def _effort(say: Words, run: RunOut) -> str:
    if run.report is None:
        return ""
    return say(
        "{passages} ready to be quoted, in {time}.",
        passages=say.count(run.report.chunks, "{n} passage", "{n} passages"),
        time=say.duration(run.report.elapsed_s * 1000),
    )
