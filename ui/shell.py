"""The fixed parts of the page, in English; the page's script says them in its reader's language."""

from api.server_schemas import Readiness
from api.verify_schemas import MAX_TEXT_CHARS
from ui.dialogs import render_dialogs
from ui.examples import EXAMPLES, render_examples
from ui.markup import esc, icon
from ui.words import Words

NAME = "Attaché"
TAGLINE = "Defense diplomacy, answered from your own documents"

_SEAL = (
    '<svg class="seal" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true">'
    '<circle cx="20" cy="20" r="18.5"/><circle cx="20" cy="20" r="15.5"/>'
    '<path d="M11.5 29 20 12l8.5 17M14.8 23.5h10.4M21.5 9.6 24.6 6.2"/></svg>'
)


def render_page(max_question_chars: int) -> str:
    """All that stands on the page from the first moment; the page's script fills it."""
    return (
        f"{_masthead()}"
        '<p class="offline" role="status" hidden>The server cannot be reached. '
        "<span>What you wrote is kept; this goes away by itself when it answers again.</span></p>"
        f'<div id="ask-view">{_sidebar()}<div id="talk">{_welcome()}'
        '<h1 class="unseen talk-title">Conversation</h1>'
        '<div class="earlier" hidden><button type="button" class="quiet" data-action="earlier">'
        "Earlier questions</button></div>"
        '<div id="thread" aria-live="polite"></div><div id="now" aria-live="polite"></div>'
        f"{_composer(max_question_chars)}</div>{_proof_panel()}</div>"
        f'<div id="check-view">{_check()}</div>'
        f'<div id="library-view">{_library()}</div><div id="document-view"></div>'
        f"{render_dialogs()}"
    )


def render_holdings(say: Words, readiness: Readiness | None) -> str:
    """How much the library holds."""
    if readiness is None or readiness.documents is None or readiness.chunks is None:
        return ""
    documents = say.count(readiness.documents, "{n} document", "{n} documents")
    passages = say.count(readiness.chunks, "{n} passage", "{n} passages")
    return f"{esc(documents)}<span> · {esc(passages)}</span>"


def render_promise(say: Words, readiness: Readiness | None, *, signed_out: bool) -> str:
    """What an empty conversation says about where answers come from."""
    if signed_out:
        return esc(say("This library asks for a key. Sign in to ask it."))
    if readiness is None or readiness.documents is None:
        return esc(say("The library cannot be reached. Reload the page in a moment."))
    if not readiness.documents:
        return esc(
            say("The library is empty. Open the Library to add documents, then ask about them.")
        )
    documents = say.count(readiness.documents, "{n} document", "{n} documents")
    return esc(
        say(
            "Answers come from the {documents} in the library, and from nowhere else. Every "
            "sentence opens at the words it rests on.",
            documents=documents,
        )
    )


def _masthead() -> str:
    return (
        '<div class="masthead">'
        '<button type="button" class="quiet toggle" data-action="sidebar" aria-expanded="false" '
        f'aria-controls="sidebar" aria-label="Conversations">{icon("menu")}</button>'
        f'<div class="brand">{_SEAL}<div>'
        f'<span class="name" translate="no">{NAME}</span><span class="tagline">{TAGLINE}</span>'
        '</div></div><p class="holdings"></p>'
        '<nav aria-label="Views">'
        '<button type="button" data-view="ask" aria-current="page">Ask</button>'
        '<button type="button" data-view="check">Check</button>'
        '<button type="button" data-view="library">Library</button></nav>'
        '<button type="button" class="quiet tongue" data-action="language" lang="fr" '
        'aria-label="Français" title="Français">FR</button>'
        f'<button type="button" class="quiet who" data-action="sign-in" hidden>{icon("key")}'
        '<span class="who-name">Sign in</span></button></div>'
    )


def _sidebar() -> str:
    return (
        '<section id="sidebar" aria-label="Conversations"><div class="sidebar">'
        f'<button type="button" class="secondary" data-action="new">{icon("new")}New conversation'
        f'</button><div class="finder" role="search">{icon("search")}'
        '<label class="unseen" for="find-talk">Find a conversation</label>'
        '<input type="search" id="find-talk" placeholder="Find a conversation"></div>'
        '<ul class="talks"></ul></div></section>'
    )


def _welcome() -> str:
    return (
        '<section class="welcome" aria-labelledby="welcome-title">'
        '<h1 id="welcome-title">What would you like to know?</h1>'
        '<p class="promise"></p>'
        f'<ul class="examples" aria-label="Example questions">{render_examples(EXAMPLES)}</ul>'
        "</section>"
    )


def _composer(max_question_chars: int) -> str:
    return (
        '<form class="composer" autocomplete="off"><p class="replacing" role="status" hidden>'
        '<span></span><button type="button" class="link" data-action="keep-all">Keep it as it is'
        '</button></p><ul class="chips" aria-label="Narrowed to"></ul>'
        '<div class="field"><label class="unseen" for="question">Your question</label>'
        f'<textarea id="question" rows="1" maxlength="{max_question_chars}" '
        'placeholder="Ask about defense diplomacy" enterkeyhint="send"></textarea>'
        f'<button type="submit" class="send" aria-label="Ask">{icon("ask")}</button>'
        '<button type="button" class="stop" data-action="stop" aria-label="Stop answering">'
        f"{icon('stop')}</button></div>"
        '<div class="controls"><button type="button" class="quiet" data-action="narrow">'
        f"{icon('narrow')}<span>Narrow</span></button>"
        f'<label class="as-of">{icon("clock")}<span>As of</span> <span class="today">today</span>'
        '<input type="date" id="as-of" '
        'aria-label="Answer from the library as it stood on this day; today if empty">'
        '<input type="time" id="as-of-time" step="1" '
        'aria-label="At this time of that day, in UTC; at its end if empty"></label>'
        '<p class="hint"><kbd>Enter</kbd> <span>asks</span>, <kbd>Shift</kbd> <kbd>Enter</kbd> '
        "<span>starts a new line</span></p></div></form>"
    )


def _proof_panel() -> str:
    return (
        '<section id="proof" aria-label="Proof"><div class="proof">'
        '<header><h2>Proof <span class="proof-count"></span></h2>'
        '<button type="button" class="quiet" data-action="close-proof" aria-label="Close proof">'
        f"{icon('close')}</button></header>"
        '<p class="proof-empty">Each quotation of an answer appears here, in its paragraph. It '
        "opens at its place in the document it is from.</p>"
        '<div class="proof-cards"></div></div></section>'
    )


def _check() -> str:
    return (
        '<div class="lead"><h1>Check a text</h1><p>Paste what somebody wrote. Each of its '
        "sentences is held against the library: it shows the words that carry the sentence, or "
        "what is said otherwise.</p></div>"
        '<form class="check" autocomplete="off"><label class="unseen" for="claims">Text to check'
        f'</label><textarea id="claims" rows="7" maxlength="{MAX_TEXT_CHARS}" '
        'placeholder="A paragraph, a draft, a message"></textarea>'
        '<p><button type="submit" class="primary">Check it</button>'
        '<button type="button" class="quiet" data-action="clear-check">Clear</button></p></form>'
        '<div id="checked" aria-live="polite"></div>'
    )


def _library() -> str:
    return (
        '<div class="lead"><h1>Library</h1><p>Answers quote these documents and nothing else. '
        "A file that changed replaces its earlier version; answers as of an earlier day still use "
        "the one that stood then.</p></div>"
        '<div id="intake" class="for-librarians">'
        f"<p>{icon('upload')}<strong>Drop files or folders here</strong>"
        "<small>PDF, Word, slides, sheets, web pages, mail, archives, text</small></p>"
        '<span class="ways"><button type="button" class="secondary" data-action="choose-files">'
        "Choose files</button>"
        '<button type="button" class="secondary" data-action="choose-folder">Choose a folder'
        "</button></span>"
        '<input type="file" id="files" multiple hidden aria-label="Choose files">'
        '<input type="file" id="folder" webkitdirectory hidden aria-label="Choose a folder"></div>'
        '<div id="work" aria-live="polite"></div>'
        '<div class="tabs for-librarians" role="group" aria-label="Library">'
        '<button type="button" data-tab="documents" aria-pressed="true">Documents</button>'
        '<button type="button" data-tab="removed" aria-pressed="false">Removed</button>'
        '<button type="button" data-tab="runs" aria-pressed="false">What was taken in</button>'
        f'</div><div id="documents-tab">{_finder()}<div id="shelf"></div></div>'
        '<ul id="runs" hidden></ul>'
    )


def _finder() -> str:
    return (
        f'<div class="finder" role="search">{icon("search")}'
        '<label class="unseen" for="find">Find a document</label>'
        '<input type="search" id="find" placeholder="Title, issuer or file name"></div>'
        '<div class="filters">'
        '<select id="by-issuer" aria-label="Issuer"><option value="">Any issuer</option></select>'
        '<select id="by-marking" aria-label="Marking"><option value="">Any marking</option>'
        "</select>"
        '<select id="by-language" aria-label="Language"><option value="">Any language</option>'
        "</select>"
        '<label><span>From</span> <input type="date" id="by-from"></label>'
        '<label><span>To</span> <input type="date" id="by-to"></label>'
        '<label class="sort"><span>Sort by</span> <select id="sort">'
        '<option value="title">Title</option><option value="published">Date</option>'
        '<option value="added">Newest here</option><option value="issuer">Issuer</option>'
        "</select></label></div>"
    )
