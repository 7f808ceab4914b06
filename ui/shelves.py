"""What the library holds, as HTML: the list with its filters."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from posixpath import commonprefix
from urllib.parse import unquote

from api.document_schemas import DocumentOut
from ui.client import document_path
from ui.markup import document_link, esc, icon, source_name
from ui.problems import ApiProblem
from ui.reasons import PROBLEMS, render_reason
from ui.words import Words

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
_OPTIONS = 200
LANGUAGES = {"en": "English", "fr": "French"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Documents found, of `total` in the library; `found` is how many match in all."""

    documents: tuple[DocumentOut, ...]
    total: int
    found: int
    words: str = ""
    narrowed: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """What the library's documents may be narrowed by, most frequent first.

    Of `folders`, only where there is more than one.
    """

    issuers: Sequence[tuple[str, int]] = ()
    markings: Sequence[tuple[str, int]] = ()
    languages: Sequence[tuple[str, int]] = ()
    folders: Sequence[tuple[str, int]] = ()


def facets_of(documents: Sequence[DocumentOut]) -> Facets:
    """The issuers, markings, languages and folders of the documents."""
    issuers = Counter(d.issuer for d in documents if d.issuer)
    markings = Counter(d.marking for d in documents if d.marking)
    languages = Counter(d.language for d in documents if d.language)
    folders = Counter(folder for d in documents if (folder := _folder(d.source_uri)))
    return Facets(
        issuers.most_common(_OPTIONS),
        markings.most_common(_OPTIONS),
        languages.most_common(_OPTIONS),
        folders.most_common(_OPTIONS) if len(folders) > 1 else (),
    )


def _folder(source_uri: str) -> str:
    """Where a source lies, as filters take it; empty for one that was sent without its folder."""
    return source_uri.partition("#")[0].rpartition("/")[0]


def kind(media_type: str) -> str:
    """A short name for a media type."""
    base = media_type.partition(";")[0].strip().lower()
    return _KINDS.get(base, base.rpartition("/")[2].rpartition(".")[2].upper() or "File")


def render_shelf(say: Words, shelf: Shelf, *, may_change: bool, removed: bool = False) -> str:
    """The list of documents, with a sentence that says how much of the library it is.

    Of `removed` ones, which can be restored, where they may be changed.
    """
    if not shelf.documents:
        nothing = _nothing(say, shelf, removed=removed)
        return f'<p class="shelf-count" role="status">{nothing}</p>'
    rows = "".join(_row(say, document, may_change=may_change) for document in shelf.documents)
    more = ""
    if shelf.found > len(shelf.documents):
        words = esc(say("Show more"))
        more = f'<button type="button" class="secondary" data-action="more">{words}</button>'
    return (
        f'<p class="shelf-count" role="status">{_how_many(say, shelf)}</p>'
        f'<ul class="documents">{rows}</ul>{more}'
    )


def render_options(say: Words, facets: Facets) -> dict[str, str]:
    """The choices of each filter, by its name."""
    languages = [(code, say(LANGUAGES.get(code, code)), n) for code, n in facets.languages]
    return {
        "issuers": _options(say("Any issuer"), [(i, i, n) for i, n in facets.issuers]),
        "markings": _options(say("Any marking"), [(m, m, n) for m, n in facets.markings]),
        "languages": _options(say("Any language"), languages),
        "folders": _options(say("Any folder"), _named_folders(facets)),
    }


def render_library_problem(say: Words, problem: ApiProblem) -> str:
    """A failed call, in place, with what to do."""
    reference = ""
    if problem.request_id:
        said = say("For whoever runs the server: reference {id}", id=problem.request_id)
        reference = f"<small>{esc(said)}</small>"
    told = say.language == "en" or not problem.code
    title = esc(say(problem.title) if told else say("The request failed"))
    means = ""
    if problem.status == 401:  # no key
        words = esc(say("Sign in"))
        means = f'<button type="button" class="secondary" data-action="sign-in">{words}</button>'
    return (
        f'<div class="report failed" role="alert"><h2>{title}</h2>'
        f"{render_reason(say, problem.detail, PROBLEMS.get(problem.code, ''))}"
        f"{reference}{means}</div>"
    )


def _named_folders(facets: Facets) -> list[tuple[str, str, int]]:
    """The folders in the order of their names, which are what tells them apart."""
    within = len(_shared(facets))
    named = [(f, unquote(f[within:]) or source_name(f), n) for f, n in facets.folders]
    return sorted(named, key=lambda one: one[1].casefold())


def _shared(facets: Facets) -> str:
    """How the addresses of all folders begin, to the end of a folder's name."""
    begin = commonprefix([f"{folder}/" for folder, _ in facets.folders])
    return begin[: begin.rfind("/") + 1]


def _options(any_of_them: str, choices: Sequence[tuple[str, str, int]]) -> str:
    rows = "".join(
        f'<option value="{esc(value)}">{esc(shown)} ({count})</option>'
        for value, shown, count in choices
    )
    return f'<option value="">{esc(any_of_them)}</option>{rows}'


def _row(say: Words, document: DocumentOut, *, may_change: bool) -> str:
    tools = _removed_tools if document.valid_to else _tools
    return (
        f'<li class="document"><div><h2><a href="{esc(document_link(document.document_id))}" '
        f"data-open>{esc(document.title)}</a></h2>{_facts(say, document)}</div>"
        f'<span class="row-tools">{tools(say, document, may_change=may_change)}</span></li>'
    )


def _tools(say: Words, document: DocumentOut, *, may_change: bool) -> str:
    title, name = esc(document.title), esc(document.document_id)
    ask = esc(say("Ask {title}", title=document.title))
    asking = (
        f'<button type="button" class="quiet" data-narrow="{name}" data-title="{title}" '
        f'aria-label="{ask}" title="{ask}">{icon("ask")}</button>'
    )
    if not may_change:
        return asking
    label = esc(say("Remove {title}", title=document.title))
    return (
        f'{asking}<button type="button" class="quiet" data-remove="{name}" data-title="{title}" '
        f'aria-label="{label}" title="{label}">{icon("bin")}</button>'
    )


def _removed_tools(say: Words, document: DocumentOut, *, may_change: bool) -> str:
    if not may_change:
        return ""
    path = esc(f"{document_path(document.document_id)}/restore")
    label = esc(say("Restore {title}", title=document.title))
    return (
        f'<button type="button" class="quiet" data-restore="{path}" '
        f'data-version="{esc(document.version_id)}" aria-label="{label}">{icon("again")}'
        f"{esc(say('Restore'))}</button>"
    )


def _facts(say: Words, document: DocumentOut) -> str:
    pages = say.count(document.pages, "{n} page", "{n} pages") if document.pages else ""
    gone = document.valid_to
    facts = [
        esc(say("removed on {day}", day=say.moment(gone))) if gone else "",
        esc(document.issuer) if document.issuer else "",
        esc(say.day(document.published_on)) if document.published_on else "",
        esc(pages),
        esc(say(kind(document.media_type))),
        esc(source_name(document.source_uri)),
        f'<span class="marking">{esc(document.marking)}</span>' if document.marking else "",
    ]
    return f'<p class="meta">{"".join(f"<span>{fact}</span>" for fact in facts if fact)}</p>'


def _how_many(say: Words, shelf: Shelf) -> str:
    total = say.count(shelf.total, "{n} document", "{n} documents")
    if shelf.words or shelf.narrowed:
        said = say("{n} of {documents} match", n=say.number(shelf.found), documents=total)
        return esc(say("{found} “{words}”", found=said, words=shelf.words) if shelf.words else said)
    shown = len(shelf.documents)
    if shown >= shelf.total:
        return esc(total)
    return esc(say("{n} of {documents}", n=say.number(shown), documents=total))


def _nothing(say: Words, shelf: Shelf, *, removed: bool) -> str:
    if removed and not shelf.total:
        return esc(say("No document was removed. What is removed is found and restored here."))
    if shelf.words or shelf.narrowed:
        return esc(say("No document matches. Try fewer words, or remove a filter."))
    return esc(say("The library is empty. Add documents above."))
