"""The dialogs of the page: the viewer, narrowing, signing in, and what is asked before acting."""

from ui.markup import icon


def render_dialogs() -> str:
    """All dialogs, closed; the page's script opens them."""
    return f"{_viewer()}{_narrow()}{_sign_in()}{_confirm()}{_rename()}{_rate()}"


def _viewer() -> str:
    return (
        '<dialog id="viewer" aria-label="Source"><button type="button" class="quiet shut" '
        f'data-shut aria-label="Close">{icon("close")}</button><div class="viewer"></div></dialog>'
    )


def _narrow() -> str:
    return (
        '<dialog id="narrow" class="form" aria-labelledby="narrow-title"><form method="dialog">'
        '<h2 id="narrow-title">Narrow to</h2>'
        '<label>Issuer <select id="narrow-issuer"><option value="">Any issuer</option></select>'
        "</label>"
        '<label>Marking <select id="narrow-marking"><option value="">Any marking</option></select>'
        "</label>"
        '<label>Language <select id="narrow-language"><option value="">Any language</option>'
        "</select></label>"
        '<label>Folder <select id="narrow-folder"><option value="">Any folder</option></select>'
        "</label>"
        '<label>Published from <input type="date" id="narrow-from"></label>'
        '<label>Published to <input type="date" id="narrow-to"></label>'
        '<p class="muted">To ask one document, choose “Ask this document” beside it.</p>'
        '<footer><button type="button" class="secondary" data-shut>Cancel</button>'
        '<button value="ok" class="primary">Narrow</button></footer></form></dialog>'
    )


def _sign_in() -> str:
    return (
        '<dialog id="sign-in" class="form" aria-labelledby="sign-in-title">'
        '<form><h2 id="sign-in-title">Sign in</h2>'
        "<p>This library asks for a key. Whoever runs the server gives you one; the window then "
        "shows and does what your key allows.</p>"
        '<label>Key <input type="password" id="key" autocomplete="current-password" required '
        'spellcheck="false"></label><p class="wrong" role="alert"></p>'
        '<footer><button type="button" class="secondary" data-shut>Cancel</button>'
        '<button class="primary">Sign in</button></footer></form></dialog>'
    )


def _confirm() -> str:
    return (
        '<dialog id="confirm" class="form" aria-labelledby="confirm-title"><form method="dialog">'
        '<h2 id="confirm-title"></h2><p><strong class="confirm-name"></strong></p>'
        '<p class="confirm-what"></p><footer>'
        '<button type="button" class="secondary" data-shut>Keep it</button>'
        '<button value="do" class="danger"></button></footer></form></dialog>'
    )


def _rename() -> str:
    return (
        '<dialog id="rename" class="form" aria-labelledby="rename-title"><form method="dialog">'
        '<h2 id="rename-title">Rename the conversation</h2>'
        '<label>Title <input type="text" id="new-title" maxlength="120" required></label>'
        '<footer><button type="button" class="secondary" data-shut>Cancel</button>'
        '<button value="ok" class="primary">Rename</button></footer></form></dialog>'
    )


def _rate() -> str:
    return (
        '<dialog id="rate" class="form" aria-labelledby="rate-title"><form method="dialog">'
        '<h2 id="rate-title">What is wrong with it?</h2>'
        '<label>In a few words <textarea id="reason" rows="3" maxlength="4000"></textarea></label>'
        '<footer><button type="button" class="secondary" data-shut>Cancel</button>'
        '<button value="ok" class="primary">Send</button></footer></form></dialog>'
    )
