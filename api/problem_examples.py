"""An example of every problem, worded and shaped as the server does it."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException

from api.errors import (
    BUSY,
    FORBIDDEN,
    FOREIGN_HOST,
    INVALID,
    NO_KEY,
    NOT_READY,
    TOO_OFTEN,
    Failure,
    failure_of,
    problem,
)
from api.example_shapes import (
    ANSWER_ID,
    CONVERSATION_ID,
    DOCUMENT_ID,
    FILE,
    REQUEST_ID,
    RUN_ID,
    VERSION_ID,
)
from assistant import errors

_BY_STATUS: Mapping[int, Failure] = {
    400: failure_of(HTTPException(400)),
    401: Failure(NO_KEY, "This server asks for a key. Send yours as `Authorization: Bearer KEY`."),
    403: Failure(
        FORBIDDEN,
        "This needs a key of the role librarian, and yours has the role reader. Ask whoever runs "
        "the server.",
    ),
    404: failure_of(
        errors.DocumentNotFoundError(
            f"The library has no document {DOCUMENT_ID!r}. List the documents to see which there "
            "are."
        )
    ),
    408: failure_of(
        HTTPException(408, "Nothing of the body arrived for 30 seconds. Send it again")
    ),
    405: failure_of(HTTPException(405, "/v1/ask takes POST, OPTIONS")),
    409: failure_of(HTTPException(409, "The run has ended already, so there is nothing to cancel")),
    410: failure_of(
        errors.AsOfPrunedError(
            "What stood then was pruned. The earliest time that is known is 2026-01-10T09:00:00Z."
        )
    ),
    413: failure_of(HTTPException(413, "The body is larger than 1 MB. Shorten it")),
    415: failure_of(errors.UnsupportedSourceError(f"{FILE}: no reader for this kind of file.")),
    421: Failure(
        FOREIGN_HOST,
        "The server listens on this machine alone and answers as localhost or 127.0.0.1. Use one "
        "of these names, with the same port.",
    ),
    422: Failure(INVALID, "as_of is not a time with a zone; write it like 2026-01-31T12:00:00Z."),
    429: Failure(TOO_OFTEN, "More requests came than 60/minute allows. Wait 12 seconds."),
    500: failure_of(RuntimeError()),
    502: failure_of(
        errors.ModelRefusedError(
            "The model's server refused the key. Set OPENAI_API_KEY to a valid one."
        )
    ),
    503: Failure(
        BUSY,
        "As many questions are being answered and waiting as the server takes. Ask again in a "
        "moment.",
    ),
    507: failure_of(
        errors.DiskFullError(
            "The ledger /srv/attache/ledger.db cannot be written: database or disk is full. Make "
            "room on its disk, then try again. What was written before stays."
        )
    ),
}
_NO_CONVERSATION = failure_of(
    errors.ConversationNotFoundError(
        f"There is no conversation {CONVERSATION_ID!r}. List them to see which there are."
    )
)
_NO_MODEL = failure_of(
    HTTPException(404, "There is no model 'gpt'. Ask 'attache', or 'attache-footnotes'")
)
_BY_PLACE: Mapping[tuple[int, str], Failure] = {
    (404, "{conversation_id}"): _NO_CONVERSATION,
    (404, "{run_id}"): failure_of(
        errors.RunNotFoundError(
            f"There is no ingest run {RUN_ID!r}. List the runs to see which there are."
        )
    ),
    (404, "/ask"): _NO_CONVERSATION,
    (404, "/feedback"): failure_of(
        errors.AnswerNotFoundError(
            f"The server does not know an answer {ANSWER_ID!r}. Ask the question again, and say "
            "it of that answer."
        )
    ),
    (404, "/models/"): _NO_MODEL,
    (404, "/chat/"): _NO_MODEL,
    (404, "{task}"): failure_of(HTTPException(404, "There is no task 'paint'; there are: prune")),
    (409, "/restore"): failure_of(
        errors.RestoreConflictError(
            f"Version {VERSION_ID!r} stands already, so there is nothing to restore. List the "
            "document's versions and name an earlier one."
        )
    ),
    (503, "/readyz"): Failure(
        NOT_READY, "The server is stopping. Ask another, or this one in a moment."
    ),
}


def problem_example(status: int, path: str) -> dict[str, object]:
    """A problem of this status as a request to this path may get it."""
    by_place = (one for (known, part), one in _BY_PLACE.items() if known == status and part in path)
    failure = next(by_place, _BY_STATUS[status])
    scope = {"path": path, "state": {"request_id": REQUEST_ID}}
    return problem(failure, scope).model_dump()
