"""Errors on the wire, and the only place that knows their statuses (RFC 9457)."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import Scope

from api.invalid import explain
from api.server_schemas import Problem
from api.shown import shown, whole
from assistant import errors

logger = logging.getLogger(__name__)

RETRY_AFTER_S = 10
_OPENAI_MODELS = ("/v1/chat/", "/v1/models")
_OPENAI_OTHERS = tuple(
    f"/v1/{name}"
    for name in (
        *("responses", "completions", "embeddings", "moderations", "images", "audio", "videos"),
        *("files", "uploads", "batches", "fine_tuning", "vector_stores", "containers"),
        *("assistants", "threads", "realtime", "evals", "engines", "edits"),
    )
)
OPENAI_PATHS = (*_OPENAI_MODELS, *_OPENAI_OTHERS)
"""How paths begin that OpenAI's clients call, also those at which nothing is here."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its status, the stable end of its `type`, and its title."""

    status: int
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A problem about to be sent. `extensions` are members beside those of `Problem`.

    `reason` is what the first field at fault has wrong, as the checker of bodies calls it.
    """

    kind: Kind
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)
    extensions: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""


BAD_REQUEST = Kind(400, "bad-request", "The request cannot be read")
NO_KEY = Kind(401, "no-key", "The server asks for a key")
FORBIDDEN = Kind(403, "role", "The key does not allow this")
FOR_OPERATOR = Kind(403, "operator", "This is for the operator of the server")
CROSS_ORIGIN = Kind(403, "cross-origin", "Another site may not change the library")
NOT_FOUND = Kind(404, "not-found", "There is nothing at this address")
WRONG_METHOD = Kind(405, "method-not-allowed", "This address does not take that method")
TOO_LARGE = Kind(413, "body-too-large", "The request is too large")
FOREIGN_HOST = Kind(421, "foreign-host", "The server does not answer to this name")
INVALID = Kind(422, "request-invalid", "The request does not fit its description")
INTERNAL = Kind(500, "internal", "The server failed")
TOO_OFTEN = Kind(429, "too-often", "Too many requests")
BUSY = Kind(503, "busy", "The server has enough to do")
NOT_READY = Kind(503, "not-ready", "The server cannot answer now")

KINDS: Mapping[type[BaseException], Kind] = {
    errors.AssistantError: INTERNAL,
    errors.ConfigurationError: Kind(500, "configuration", "A setting cannot be used"),
    errors.IngestError: Kind(422, "ingest-failed", "The document could not be taken in"),
    errors.UnsupportedSourceError: Kind(415, "source-unsupported", "No reader for this file"),
    errors.SourceTooLargeError: Kind(413, "source-too-large", "The file is too large"),
    errors.SourceUnreadableError: Kind(422, "source-unreadable", "The file cannot be read"),
    errors.SourceLimitError: Kind(422, "source-beyond-limits", "The file asks for too much"),
    errors.NoTextError: Kind(422, "source-without-text", "The file holds no text"),
    errors.LibraryError: Kind(500, "library", "The library failed"),
    errors.LibraryInUseError: Kind(503, "library-in-use", "The library is in use"),
    errors.LibraryDamagedError: Kind(500, "library-damaged", "The library is damaged"),
    errors.LibraryUnavailableError: Kind(503, "library-unavailable", "The library is away"),
    errors.DiskFullError: Kind(507, "insufficient-storage", "Insufficient Storage"),
    errors.EmbeddingMismatchError: Kind(
        500, "embedding-mismatch", "The library was built with another embedder"
    ),
    errors.DocumentNotFoundError: Kind(404, "document-not-found", "There is no such document"),
    errors.AsOfPrunedError: Kind(410, "as-of-pruned", "That time is not known any more"),
    errors.RestoreConflictError: Kind(409, "restore-conflict", "The version cannot be restored"),
    errors.RunNotFoundError: Kind(404, "run-not-found", "There is no such ingest run"),
    errors.ConversationNotFoundError: Kind(
        404, "conversation-not-found", "There is no such conversation"
    ),
    errors.AnswerNotFoundError: Kind(404, "answer-not-found", "There is no such answer"),
    errors.ModelError: Kind(502, "model", "The model failed"),
    errors.ModelUnavailableError: Kind(503, "model-unavailable", "The model does not answer"),
    errors.ModelBusyError: Kind(503, "model-busy", "The model is busy"),
    errors.ModelRefusedError: Kind(502, "model-refused", "The model refused"),
    errors.QuestionError: Kind(422, "question-invalid", "The question cannot be taken"),
    errors.TextError: Kind(422, "text-invalid", "The text cannot be taken"),
}
_OF_THE_SERVER = (
    errors.ConfigurationError,
    errors.LibraryInUseError,
    errors.LibraryDamagedError,
    errors.LibraryUnavailableError,
    errors.EmbeddingMismatchError,
)
_KINDS_BY_STATUS = {
    k.status: k for k in (BAD_REQUEST, FOR_OPERATOR, NOT_FOUND, WRONG_METHOD, TOO_LARGE, INVALID)
}
_ADVICE_BY_STATUS = {
    400: "Check that the body is whole and is what its Content-Type says.",
    404: "Check the address; /docs lists every one there is.",
    405: "/docs lists the methods of each address.",
}


# OpenAI's own codes, by the kind of a problem or by what is wrong with a field.
_OPENAI_CODES = {
    NO_KEY.name: "invalid_api_key",
    TOO_OFTEN.name: "rate_limit_exceeded",
    NOT_FOUND.name: "model_not_found",
    "missing": "missing_required_parameter",
    "extra_forbidden": "unknown_parameter",
    "unsupported_parameter": "unsupported_parameter",
    "literal_error": "invalid_value",
    "string_type": "invalid_type",
    "bool_parsing": "invalid_type",
    "list_type": "invalid_type",
    "int_type": "invalid_type",
    "float_type": "invalid_type",
    "bool_type": "invalid_type",
    "dict_type": "invalid_type",
    "model_type": "invalid_type",
    "stop_type": "invalid_type",
    "number_type": "invalid_type",
    "integer_below_min_value": "integer_below_min_value",
    "decimal_above_max_value": "decimal_above_max_value",
    "decimal_below_min_value": "decimal_below_min_value",
    "array_above_max_length": "array_above_max_length",
    "json_invalid": "invalid_json",
    "content_type": "invalid_type",
    "unsupported_part": "unsupported_value",
}


class ProblemResponse(JSONResponse):
    """A response of media type `application/problem+json`."""

    media_type = "application/problem+json"


def kind_of(error: type[BaseException]) -> Kind:
    """The kind of the nearest class above that has one."""
    return next((KINDS[c] for c in error.__mro__ if c in KINDS), INTERNAL)


def kind_named(class_name: str) -> Kind:
    """The kind of an error known only by its class's name, as a report has it."""
    for error, kind in KINDS.items():
        if error.__name__ == class_name:
            return kind
    return KINDS[errors.IngestError]


def failure_of(error: Exception) -> Failure:
    """What a caller is told of this error; of an unexpected one, nothing but that it happened."""
    match error:
        case errors.AssistantError():
            busy = isinstance(error, errors.ModelBusyError | errors.LibraryUnavailableError)
            headers = {"Retry-After": str(RETRY_AFTER_S)} if busy else {}
            told = str(error) if shown.get() is whole else _told_to_readers(error)
            return Failure(kind_of(type(error)), told, headers)
        case RequestValidationError():
            complaints = explain(error.errors())
            detail = " ".join(complaint.sentence for complaint in complaints)
            members = [{"field": c.field, "detail": c.sentence} for c in complaints]
            reason = complaints[0].kind if complaints else ""
            return Failure(INVALID, detail, extensions={"errors": members}, reason=reason)
        case HTTPException():
            return _of_http(error)
        case _:
            detail = "Try again; if it happens again, look up the request_id in the server's log."
            return Failure(INTERNAL, detail)


def _told_to_readers(error: errors.AssistantError) -> str:
    """What is said without what is only for who runs the server, such as where its files lie."""
    if isinstance(error, _OF_THE_SERVER):
        return "Whoever runs the server finds the reason in its log, by the request_id."
    return str(error)


def _of_http(error: HTTPException) -> Failure:
    phrase = HTTPStatus(error.status_code).phrase
    named = Kind(error.status_code, phrase.lower().replace(" ", "-"), phrase)
    said = "" if error.detail == phrase else f"{error.detail.rstrip('.')}."
    advice = _ADVICE_BY_STATUS.get(error.status_code, "" if said else "See /docs.")
    return Failure(
        _KINDS_BY_STATUS.get(error.status_code, named),
        f"{said} {advice}".strip(),
        dict(error.headers or {}),
    )


def request_id(scope: Scope) -> str:
    """The id this request was given."""
    return str(scope["state"]["request_id"])


def problem(failure: Failure, scope: Scope) -> Problem:
    """The failure as the wire has it."""
    return Problem(
        type=f"urn:attache:problem:{failure.kind.name}",
        title=failure.kind.title,
        status=failure.kind.status,
        detail=failure.detail,
        request_id=request_id(scope),
    )


def refusal(failure: Failure, scope: Scope) -> ProblemResponse:
    """The failure as a response; to OpenAI's clients also in OpenAI's words."""
    status = failure.kind.status
    scope.setdefault("state", {})["problem"] = failure.kind.name
    body = {**problem(failure, scope).model_dump(), **failure.extensions}
    if scope["path"].startswith(OPENAI_PATHS):
        body |= _as_openai(failure, scope)
        # Their server has one status for what a request has wrong.
        status = 400 if status == INVALID.status else status
        body["status"] = status
    return ProblemResponse(body, status, dict(failure.headers))


def refused_as_openai(failure: Failure, scope: Scope) -> str:
    """The failure as JSON for the stream of an OpenAI client."""
    return json.dumps({**problem(failure, scope).model_dump(), **_as_openai(failure, scope)})


def _as_openai(failure: Failure, scope: Scope) -> dict[str, object]:
    complaints = failure.extensions.get("errors")
    first = complaints[0] if isinstance(complaints, list) and complaints else {}
    status = failure.kind.status
    mine = status < HTTPStatus.INTERNAL_SERVER_ERROR
    usual = "invalid_request_error" if mine else "server_error"
    code = _OPENAI_CODES.get(failure.reason) or _OPENAI_CODES.get(failure.kind.name)
    if failure.kind is NOT_FOUND and not scope["path"].startswith(_OPENAI_MODELS):
        code = "unknown_url"
    return {
        "error": {
            "message": failure.detail,
            "type": "requests" if status == TOO_OFTEN.status else usual,
            "param": first.get("field"),
            "code": code or failure.kind.name.replace("-", "_"),
        }
    }


def logged(error: Exception, scope: Scope) -> Failure:
    """What a caller is told of this error; one that is the server's own is also logged."""
    failure = failure_of(error)
    if failure.kind.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        known = isinstance(error, errors.AssistantError)
        message = "request %s failed: %s: %s"
        logger.error(
            message,
            request_id(scope),
            type(error).__name__,
            error,
            exc_info=None if known else error,
        )
    return failure


async def respond(request: Request, error: Exception) -> ProblemResponse:
    """The response to an error a route raised."""
    return refusal(logged(error, request.scope), request.scope)


def answer_errors(app: FastAPI) -> None:
    """Has the app send every expected error as a problem."""
    for error in (errors.AssistantError, RequestValidationError, HTTPException):
        app.add_exception_handler(error, respond)
