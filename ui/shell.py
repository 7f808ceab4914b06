"""The fixed parts of the page: masthead, welcome, composer, proof panel, dialog."""

from api.schemas import Readiness
from ui.markup import esc, icon, plural

NAME = "Attaché"
TAGLINE = "Defense diplomacy, answered from your own documents"
EXAMPLES = (
    "What do defence attachés do?",
    "What challenges does NATO face in implementing defense diplomacy?",
    "How does NATO's defense diplomacy differ from ASEAN's?",
    "When did Finland join NATO?",
    "What does Article 4 of the North Atlantic Treaty say?",
)

_SEAL = (
    '<svg class="seal" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true">'
    '<circle cx="20" cy="20" r="18.5"/><circle cx="20" cy="20" r="15.5"/>'
    '<path d="M11.5 29 20 12l8.5 17M14.8 23.5h10.4M21.5 9.6 24.6 6.2"/></svg>'
)


def render_masthead(readiness: Readiness | None) -> str:
    """Name, views, and how much the library holds; None while the library cannot say."""
    return (
        f'<header class="masthead" role="banner"><div class="brand">{_SEAL}<div>'
        f'<span class="name">{NAME}</span><span class="tagline">{TAGLINE}</span></div></div>'
        f'<p class="holdings">{_holdings(readiness)}</p>'
        '<nav aria-label="Views">'
        '<button type="button" data-view="ask" aria-current="page">Ask</button>'
        '<button type="button" data-view="library">Library</button></nav></header>'
    )


def render_welcome(readiness: Readiness | None) -> str:
    """What an empty conversation shows: what this is, and questions to start from."""
    examples = "".join(
        f'<li><button type="button" data-ask="{esc(question)}">{esc(question)}</button></li>'
        for question in EXAMPLES
    )
    return (
        '<section class="welcome" aria-labelledby="welcome-title">'
        '<h1 id="welcome-title">What would you like to know?</h1>'
        f"<p>{_promise(readiness)}</p>"
        f'<ul class="examples" aria-label="Example questions">{examples}</ul></section>'
    )


def render_composer(max_question_chars: int) -> str:
    """The form a question is written in; the page's script sends it."""
    return (
        '<form class="composer" autocomplete="off"><div class="field">'
        '<label class="unseen" for="question">Your question</label>'
        f'<textarea id="question" rows="1" maxlength="{max_question_chars}" '
        'placeholder="Ask about defense diplomacy" enterkeyhint="send"></textarea>'
        f'<button type="submit" class="send" aria-label="Ask">{icon("ask")}</button>'
        '<button type="button" class="stop" data-action="stop" aria-label="Stop answering">'
        f"{icon('stop')}</button></div>"
        '<div class="controls"><button type="button" class="quiet" data-action="new">'
        f"{icon('new')}New conversation</button>"
        f'<label class="as-of">{icon("clock")}As of <span class="today">today</span>'
        '<input type="date" id="as-of" '
        'aria-label="Answer from the library as it stood on this day; today if empty"></label>'
        '<p class="hint"><kbd>Enter</kbd> asks, <kbd>Shift</kbd> <kbd>Enter</kbd> starts a new line'
        "</p></div></form>"
    )


def render_proof_panel() -> str:
    """The panel that shows an answer's quotations; the page's script fills it."""
    return (
        '<aside class="proof" aria-label="Proof">'
        '<header><h2>Proof <span class="proof-count"></span></h2>'
        '<button type="button" class="quiet" data-action="close-proof" aria-label="Close proof">'
        f"{icon('close')}</button></header>"
        '<p class="proof-empty">Each quotation of an answer appears here, in its paragraph, with '
        "a link to the document it is from.</p>"
        '<div class="proof-cards"></div></aside>'
    )


def render_library_lead() -> str:
    """The head of the library view."""
    return (
        '<div class="lead"><h1>Library</h1><p>Answers quote these documents and nothing else. '
        "A file that changed replaces its earlier version; answers as of an earlier day still use "
        "the one that stood then.</p></div>"
    )


def render_finder() -> str:
    """The search field over the list of documents."""
    return (
        f'<div class="finder" role="search">{icon("search")}'
        '<label class="unseen" for="find">Find a document</label>'
        '<input type="search" id="find" placeholder="Find by title, issuer or file name"></div>'
    )


def render_remove_dialog() -> str:
    """The question put before a document is removed; the page's script names the document."""
    return (
        '<dialog class="confirm" aria-labelledby="confirm-title"><form method="dialog">'
        '<h2 id="confirm-title">Remove this document?</h2>'
        '<p><strong class="confirm-name"></strong></p>'
        "<p>New answers will no longer quote it.</p><footer>"
        '<button value="keep" class="secondary">Keep it</button>'
        '<button value="remove" class="danger">Remove</button></footer></form></dialog>'
    )


def _holdings(readiness: Readiness | None) -> str:
    if readiness is None or readiness.documents is None or readiness.chunks is None:
        return "Library not reachable"
    documents = plural(readiness.documents, "document", "documents")
    return f"{documents}<span> · {plural(readiness.chunks, 'passage', 'passages')}</span>"


def _promise(readiness: Readiness | None) -> str:
    if readiness is None or readiness.documents is None or readiness.chunks is None:
        return "The library cannot be reached. Check that the server is running, then reload."
    if not readiness.documents:
        return "The library is empty. Open the Library to add documents, then ask about them."
    documents = plural(readiness.documents, "document", "documents")
    return (
        f"Answers come from the {documents} in the library, and from nowhere else. Every sentence "
        "opens at the words it rests on."
    )
