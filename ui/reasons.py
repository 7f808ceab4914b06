"""Why something did not work, in the reader's words: by the code of a problem, not by its text.

The API explains itself in English, to whoever calls it. An English reader is shown that, unless
it speaks of calls; another one what its code means, with the API's own words beside it.
"""

import re

from ui.markup import esc
from ui.words import Words

PROBLEMS = {
    "busy": "The server has enough to do. Ask again in a moment.",
    "not-ready": "The server cannot answer now. Ask again in a moment.",
    "too-often": "You asked very often in a short time. Wait a moment.",
    "no-key": "The server asks for a key. Sign in.",
    "role": "Your key does not allow this.",
    "operator": "This is for whoever runs the server.",
    "question-invalid": "The question is empty or too long. Shorten it.",
    "request-invalid": "Something in the request cannot be used. Look at the filters and the date.",
    "as-of-pruned": "What stood at that time is not kept any more. Choose a later day.",
    "conversation-not-found": "This conversation is not there any more.",
    "document-not-found": "This document is not there, or you may not read it.",
    "restore-conflict": "It stands already, or another document has its place.",
    "library-in-use": "The library is busy. Try again in a moment.",
    "library-unavailable": "The library is away. Try again in a moment.",
    "insufficient-storage": "The server's disk is full. Tell whoever runs the server.",
    "model-unavailable": "The model does not answer. Ask again in a moment.",
    "model-busy": "The model is busy. Ask again in a moment.",
    "model-refused": "The model refused. Tell whoever runs the server.",
    "internal": "The server failed. Try again; if it lasts, tell whoever runs it.",
}
FAILURES = {
    "UnsupportedSourceError": "No reader for this kind of file.",
    "SourceTooLargeError": "The file is too large.",
    "SourceUnreadableError": "The file is damaged, locked or not what its name says.",
    "SourceLimitError": "Reading the file takes too long or too much room.",
    "NoTextError": "The file holds no text, as a scan without a text layer.",
}
OTHER = "The file could not be taken in."
_FOR_PROGRAMS = re.compile(r"\b(?:GET|POST|PATCH|DELETE) /|/v1/")


def render_reason(say: Words, english: str, meaning: str) -> str:
    """What the API says, or what its code means with the API's words to be opened beside it."""
    told = say.language == "en" and not _FOR_PROGRAMS.search(english)
    if told or not meaning:
        return f"<p>{esc(say(english))}</p>"
    detail = esc(say("What the server says"))
    return (
        f'<p>{esc(say(meaning))}</p><details class="detail"><summary>{detail}</summary>'
        f'<p lang="en">{esc(english)}</p></details>'
    )


def meaning_of_failure(error: str) -> str:
    """What the code of a file's failure means."""
    return FAILURES.get(error, OTHER)
