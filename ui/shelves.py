"""What the library holds and what became of files brought to it, as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from api.run_schemas import RunOut
from api.schemas import DocumentOut, FailureOut
from ui.client import ApiProblem
from ui.markup import duration, esc, long_date, plural, source_link, source_name

_KINDS = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "Slides",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Sheet",
    "application/xhtml+xml": "Web page",
    "text/html": "Web page",
    "text/markdown": "Markdown",
    "text/plain": "Text",
}


_FAILURES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents found by `words`. `more` says that the library may hold others."""

    documents: tuple[DocumentOut, ...]
    total: int
    words: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """Files on their way in: `done` of `total`, and of the run under way a `share` in [0, 1].

    `failed` are all that failed so far; `runs` those that ended.
    """

    total: int
    done: int = 0
    share: float = 0.0
    doing: str = ""
    current: str = ""
    run_id: str = ""
    failed: tuple[FailureOut, ...] = ()
    runs: tuple[RunOut, ...] = ()

    @property
    def stopped(self) -> bool:
        """Whether a run did not come to its end."""
        return any(run.state != "done" for run in self.runs)

    def with_run(self, run: RunOut) -> Self:
        """The same with one more run that ended."""
        return replace(self, runs=(*self.runs, run), share=1.0, run_id="")


def kind(media_type: str) -> str:
    """A short name for a media type."""
    base = media_type.partition(";")[0].strip().lower()
    return _KINDS.get(base, base.rpartition("/")[2].rpartition(".")[2].upper() or "File")


def render_shelf(shelf: Shelf) -> str:
    """The list of documents, with a sentence that says how much of the library it is."""
    if not shelf.documents:
        return f'<p class="shelf-count" role="status">{_nothing(shelf)}</p>'
    rows = "".join(_row(document) for document in shelf.documents)
    more = ""
    if shelf.more:
        more = '<button type="button" class="secondary" data-action="more">Show more</button>'
    return (
        f'<p class="shelf-count" role="status">{_how_many(shelf)}</p>'
        f'<ul class="documents">{rows}</ul>{more}'
    )


def render_working(work: Work) -> str:
    """How far the files are, what failed so far, and a way to stop."""
    current = f" {esc(source_name(work.current))}" if work.current else ""
    cancel = ""
    if work.run_id:
        cancel = (
            '<button type="button" class="secondary" data-action="cancel-run" '
            f'data-run="{esc(work.run_id)}">Cancel</button>'
        )
    return (
        '<div class="report working" role="status"><p><span class="pulse"></span>'
        f"{esc(work.doing)}{current}… "
        f"<span>{work.done} of {plural(work.total, 'file', 'files')} done</span></p>"
        f'<progress max="{work.total}" value="{work.done + work.share:.2f}" '
        f'aria-label="Files taken in"></progress>{_failures(work.failed)}{cancel}</div>'
    )


def render_outcome(work: Work) -> str:
    """What became of the files, with the reason for each that failed and a way to try again."""
    failed = _failures(work.failed)
    troubled = [run for run in work.runs if run.state != "done" or run.counts.get("failed")]
    errors = "".join(f"<p>{esc(run.error)}</p>" for run in work.runs if run.error)
    retry = ""
    if troubled:
        run_ids = " ".join(run.run_id for run in troubled)
        retry = (
            '<button type="button" class="secondary" data-action="retry-runs" '
            f'data-runs="{esc(run_ids)}">Try again</button>'
        )
    state = "report failed" if failed or troubled else "report"
    return (
        f'<div class="{state}" role="status"><h3>{_outcome(work)}</h3>'
        f"{_effort(work)}{errors}{failed}{retry}</div>"
    )


def render_library_problem(problem: ApiProblem) -> str:
    """A failed call, in place, with what to do."""
    reference = f"<small>Reference {esc(problem.request_id)}</small>" if problem.request_id else ""
    return (
        f'<div class="report failed" role="alert"><h3>{esc(problem.title)}</h3>'
        f"<p>{esc(problem.detail)}</p>{reference}</div>"
    )


def render_removed(title: str) -> str:
    """That a document left the library."""
    return (
        f'<div class="report" role="status"><h3>Removed “{esc(title)}”</h3>'
        "<p>New answers no longer use it.</p></div>"
    )


def _row(document: DocumentOut) -> str:
    link = source_link(document.document_id, document.version_id, None)
    title = esc(document.title)
    return (
        f'<li class="document"><div><h3><a href="{esc(link)}" target="_blank" rel="noopener">'
        f"{title}</a></h3>{_facts(document)}</div>"
        f'<button type="button" class="quiet" data-remove="{esc(document.document_id)}" '
        f'data-title="{title}" aria-label="Remove {title}">Remove</button></li>'
    )


def _facts(document: DocumentOut) -> str:
    facts = [
        esc(document.issuer) if document.issuer else "",
        long_date(document.published_on) if document.published_on else "",
        plural(document.pages, "page", "pages") if document.pages else "",
        esc(kind(document.media_type)),
        esc(source_name(document.source_uri)),
        f'<span class="marking">{esc(document.marking)}</span>' if document.marking else "",
    ]
    return f'<p class="meta">{"".join(f"<span>{fact}</span>" for fact in facts if fact)}</p>'


def _how_many(shelf: Shelf) -> str:
    total = plural(shelf.total, "document", "documents")
    shown = len(shelf.documents)
    if shelf.words:
        found = f"{shown:,}{' or more' if shelf.more else ''} of {total}"
        return f"{found} match “{esc(shelf.words)}”"
    return total if shown >= shelf.total else f"{shown:,} of {total}"


def _nothing(shelf: Shelf) -> str:
    if shelf.words:
        return f"No title, issuer or file name contains “{esc(shelf.words)}”."
    return "The library is empty. Add a file above, or run <code>attache ingest PATH</code>."


def _failures(failed: Sequence[FailureOut]) -> str:
    reasons = "".join(
        f"<li><strong>{esc(source_name(failure.source))}</strong> {esc(failure.detail)}"
        f"<small>{esc(failure.error)}</small></li>"
        for failure in failed[:_FAILURES_SHOWN]
    )
    more = len(failed) - _FAILURES_SHOWN
    if more > 0:
        reasons += f"<li>… and {plural(more, 'file', 'files')} more</li>"
    return f'<ul class="failures">{reasons}</ul>' if reasons else ""


def _outcome(work: Work) -> str:
    reports = [run.report for run in work.runs if run.report is not None]
    counts = [
        (sum(report.added for report in reports), "added"),
        (sum(report.updated for report in reports), "updated"),
        (sum(report.unchanged for report in reports), "already here"),
        (sum(report.duplicated for report in reports), "here under another name"),
        (len(work.failed), "not taken in"),
    ]
    parts = [f"{plural(count, 'file', 'files')} {what}" for count, what in counts if count]
    what = ", ".join(parts) or ("Nothing taken in" if work.stopped else "Nothing to take in")
    return f"Stopped: {what[0].lower()}{what[1:]}" if work.stopped else what


def _effort(work: Work) -> str:
    reports = [run.report for run in work.runs if run.report is not None]
    chunks = sum(report.chunks for report in reports)
    if not chunks:
        return ""
    passages = plural(chunks, "passage", "passages")
    seconds = sum(report.elapsed_s for report in reports)
    return f"<p>{passages} ready to be quoted, in {duration(seconds * 1000)}.</p>"
