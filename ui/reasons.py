"""Why something did not work, in the reader's words: by the code of a problem, not by its text.

The API explains itself in English. An English reader is shown that; another one what its code
means, with the API's own words beside it.
"""

from api.schemas import AnswerOut
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


def render_reason(say: Words, english: str, meaning: str) -> str:
    """What the API says, or what its code means with the API's words to be opened beside it."""
    if say.language == "en" or not meaning:
        return f"<p>{esc(say(english))}</p>"
    detail = esc(say("What the server says"))
    return (
        f'<p>{esc(say(meaning))}</p><details class="detail"><summary>{detail}</summary>'
        f'<p lang="en">{esc(english)}</p></details>'
    )


def meaning_of_failure(error: str) -> str:
    """What the code of a file's failure means."""
    return FAILURES.get(error, OTHER)


def said_of_it(say: Words, answer: AnswerOut) -> str:
    """An abstention's own words: the API's in English, else what its outcome means."""
    if say.language == "en" or answer.outcome == "courtesy":
        return answer.answer
    if answer.outcome == "unclear":
        if answer.readings:
            return say("The question can be read in more than one way. Is one of these meant?")
        return say(
            "It is not clear what is asked. Ask a whole question, and name what it is about."
        )
    if not answer.passages:
        return say("The library holds nothing on this question. Add documents that treat of it.")
    return say("The library does not answer this question.")


def remarks_of(say: Words, answer: AnswerOut) -> tuple[str, str]:
    """The answer's text without the remarks at its end, and these in the reader's language."""
    if say.language == "en" or not (answer.missing or answer.disagreements):
        return answer.answer, ""
    last = max((one.end for one in answer.sentences), default=0)
    at = answer.answer.find("\n\n", last)
    said = [say("A part of the question is not answered.")] if answer.missing else []
    for one in answer.disagreements:
        first, second = (f"[{marker}]" for marker in one.citations[:2])
        about = say(one.about)
        said.append(
            say("The sources differ on {about}: {a} and {b}.", about=about, a=first, b=second)
        )
        if one.later is not None:
            said.append(say("{marker} is the later one.", marker=f"[{one.later}]"))
    return (answer.answer if at < 0 else answer.answer[:at]), " ".join(said)
