"""What `/openapi.json` says beyond the routes: errors, events, and a word of introduction."""

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.answer_schemas import AnswerOut, DeltaEvent, PassagesEvent
from api.errors import OPENAI_PATHS, ProblemResponse
from api.examples import illustrate
from api.problem_examples import problem_example
from api.rules import GUARDED, is_answered, under
from api.run_schemas import RunItemOut, RunOut, RunProgressOut
from api.server_schemas import Problem, TaskProgress

KEY = "key"
"""What the description calls the way a key is sent."""
Responses = dict[int | str, dict[str, object]]

DESCRIPTION = """
Answers questions about defense diplomacy from a library of documents. Every sentence of an answer
is a quotation or is checked against one, and every quotation names its place: fetch
`/v1/documents/{document_id}/versions/{version_id}/text`, and its characters from `start` up to
`end`, counted in Unicode code points, are `quote`.

**Keys.** A server whose library has access keys asks for one: `Authorization: Bearer KEY`. What a
key may not read is not there for it: not in answers, listings or counts, nor in an error.

**Errors** are `application/problem+json` (RFC 9457). `type` is stable, `detail` says what to do,
`request_id` is also the header `X-Request-ID`. **Times** are RFC 3339 and need a zone; the server
answers in UTC. **Unknown fields** of a body are refused. A JSON body may have one megabyte.

A first question:

    curl http://127.0.0.1:8000/v1/ask -H 'Content-Type: application/json' \\
      -d '{"question": "What challenges does NATO face in implementing defense diplomacy?"}'
"""
TAGS: list[dict[str, str]] = [
    {"name": "questions", "description": "Ask, or search for the passages alone."},
    {"name": "conversations", "description": "Kept on the server: ask, show, export, delete."},
    {"name": "OpenAI's interface", "description": "For the clients and tools that speak it."},
    {"name": "documents", "description": "What the library holds; add to it, take from it."},
    {"name": "ingest runs", "description": "How documents are taken in: progress, reports, retry."},
    {"name": "versions", "description": "What a document said at a time, and its original file."},
    {"name": "operator", "description": "Work on the whole library, with the server's token."},
    {"name": "server", "description": "Whether the server lives, and whether it can answer."},
]
_WHEN: Mapping[int, str] = {
    400: "The body cannot be read: it is broken off, or not what its Content-Type says.",
    401: "The server asks for a key, and the request has none that is valid.",
    403: "A page of another origin sent the request, or the key's role does not allow it.",
    404: "There is no such document, version, run, conversation or answer.",
    405: "The address takes other methods; `Allow` names them.",
    408: "The body stopped arriving.",
    409: "It does not fit how things stand: the run has ended, or the version stands already.",
    410: "What stood at `as_of` was pruned; the answer names the earliest time that is known.",
    413: "The body, or every file in it, is larger than allowed.",
    415: "No reader for this kind of file.",
    421: "The server listens on its own machine alone, and was called by another name.",
    422: "A field is missing, unknown or out of range; `errors` names each.",
    429: "More requests than the server's rate allows; `Retry-After` says how long to wait.",
    500: "The server failed; its log has the `request_id`.",
    502: "The chat model or embedder refused.",
    507: "The disk of the server is full.",
    503: "The library is in use, too many questions wait, or the model does not answer; see "
    "`Retry-After`.",
}
_EVENTS = """A stream of server-sent events, each with one JSON object as its data:

- `passages` (`PassagesEvent`): once, first
- `delta` (`DeltaEvent`): the next piece of the text, any number of times
- `answer` (`AnswerOut`): once, last; what it says replaces the pieces
- `error` (`Problem`): in place of `answer`, when the work fails after the stream began
"""
_EVENT_EXAMPLE = """event: passages
data: {"passages": […]}

event: delta
data: {"text": "Defence attachés represent their armed forces abroad [1]."}

event: answer
data: {"id": "…", "answer": "Defence attachés represent their armed forces abroad [1].", …}
"""


def event_stream(said: str, example: str, **carried: type[BaseModel] | None) -> dict[str, object]:
    """The description of a stream of events: each by its name, with the shape that it carries.

    None is an object of several shapes.
    """
    events = [
        {
            "type": "object",
            "required": ["event", "data"],
            "properties": {
                "event": {"const": name},
                "data": {
                    "type": "string",
                    "contentMediaType": "application/json",
                    "contentSchema": _carried(shape),
                },
                "id": {"type": "string"},
            },
        }
        for name, shape in carried.items()
    ]
    return {
        "itemSchema": {"description": said, "oneOf": events},
        "examples": {"stream": {"value": example}},
    }


def _carried(shape: type[BaseModel] | None) -> dict[str, str]:
    if shape is None:
        return {"type": "object"}
    return {"$ref": f"#/components/schemas/{shape.__name__}"}


EVENT_STREAM = event_stream(
    _EVENTS,
    _EVENT_EXAMPLE,
    passages=PassagesEvent,
    delta=DeltaEvent,
    answer=AnswerOut,
    error=Problem,
)


def problems(*statuses: int) -> Responses:
    """The descriptions of these errors for a route; with 500, which every route can give."""
    return {status: _problem(status) for status in sorted({*statuses, 500})}


def _problem(status: int) -> dict[str, object]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": _WHEN[status],
        "content": {ProblemResponse.media_type: {"schema": schema}},
    }


class Described(FastAPI):
    """An app that is described once it is asked to: most of what starts one never asks."""

    def openapi(self) -> dict[str, Any]:
        """The description of every operation, made the first time."""
        if not self.openapi_schema:
            _complete(super().openapi())
        return super().openapi()


def _complete(schema: dict[str, Any]) -> None:
    """Adds the shapes that no route returns as its own but the descriptions refer to."""
    models = (
        Problem,
        PassagesEvent,
        DeltaEvent,
        AnswerOut,
        RunProgressOut,
        RunItemOut,
        RunOut,
        TaskProgress,
    )
    _, definitions = models_json_schema(
        [(model, "serialization") for model in models],
        ref_template="#/components/schemas/{model}",
    )
    schemas = schema["components"]["schemas"]
    for name, shape in definitions["$defs"].items():
        schemas.setdefault(name, shape)
    _surround(schema)


def _surround(schema: dict[str, Any]) -> None:
    """Says of each operation what stands before it, keys and rates, and gives its examples."""
    schema["components"]["securitySchemes"] = {
        KEY: {"type": "http", "scheme": "bearer", "description": "A key of `attache keys add`."}
    }
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            if under(path, *GUARDED):
                # A library without keys asks for none.
                operation["security"] = [{KEY: []}, {}]
            for status in _before(method.upper(), path, has_body="requestBody" in operation):
                operation["responses"].setdefault(str(status), _problem(status))
            if path.startswith(OPENAI_PATHS):  # as 400, as their own server has it
                operation["responses"].pop("422", None)
            operation["responses"] = dict(sorted(operation["responses"].items()))
            illustrate(f"{method.upper()} {path}", operation)
            _illustrate_problems(path, operation["responses"])


def _illustrate_problems(path: str, responses: Mapping[str, dict[str, Any]]) -> None:
    for status, response in responses.items():
        problem = response.get("content", {}).get(ProblemResponse.media_type)
        if problem is not None:
            example = {"value": problem_example(int(status), path)}
            problem["examples"] = {"example": example}


def _before(method: str, path: str, *, has_body: bool) -> Iterator[int]:
    """The statuses by which a request is refused before its route sees it."""
    yield from (405, 421, 500)
    if path.startswith(OPENAI_PATHS):
        yield 400
    if under(path, *GUARDED):
        yield from (401, 403, 429)
    if has_body:
        yield from (400, 408, 413)
    if is_answered(method, path):
        yield 503
