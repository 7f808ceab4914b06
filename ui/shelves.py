"""What the library holds and what became of files brought to it, as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.schemas import DocumentOut, IngestReportOut
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


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents found by `words`. `more` says that the library may hold others."""

    documents: tuple[DocumentOut, ...]
    total: int
    words: str = ""
    more: bool = False


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


def render_taking_in(names: Sequence[str], done: int) -> str:
    """Which file of how many is being read."""
    total = len(names)
    current = names[min(done, total - 1)]
    return (
        '<div class="report working" role="status"><p><span class="pulse"></span>'
        f"Reading {esc(current)}… <span>{done} of {plural(total, 'file', 'files')} done</span></p>"
        f'<progress max="{total}" value="{done}" aria-label="Files taken in"></progress></div>'
    )


def render_report(report: IngestReportOut) -> str:
    """What became of the files, with the reason for each that failed."""
    reasons = "".join(
        f"<li><strong>{esc(source_name(failure.source))}</strong> {esc(failure.detail)}"
        f"<small>{esc(failure.error)}</small></li>"
        for failure in report.failed
    )
    failed = f'<ul class="failures">{reasons}</ul>' if reasons else ""
    state = "report failed" if reasons else "report"
    return (
        f'<div class="{state}" role="status"><h3>{_outcome(report)}</h3>'
        f"{_effort(report)}{failed}</div>"
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


def _outcome(report: IngestReportOut) -> str:
    counts = [
        (report.added, "added"),
        (report.updated, "updated"),
        (report.unchanged, "already here"),
        (len(report.failed), "not taken in"),
    ]
    parts = [f"{plural(count, 'file', 'files')} {what}" for count, what in counts if count]
    return ", ".join(parts) or "Nothing to take in"


def _effort(report: IngestReportOut) -> str:
    if not report.chunks:
        return ""
    passages = plural(report.chunks, "passage", "passages")
    return f"<p>{passages} ready to be quoted, in {duration(report.elapsed_s * 1000)}.</p>"
