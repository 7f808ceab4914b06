"""Asking, and searching without an answer."""

import time
from typing import Annotated

from fastapi import APIRouter, Body, Request
from fastapi.openapi.models import Example

from api.access import CallerDep
from api.answer_schemas import AnswerOut, SearchResponse
from api.answer_wire import search_out
from api.asking import answer_to
from api.deps import ServicesDep
from api.openapi import EVENT_STREAM, problems
from api.question_schemas import AskRequest, SearchRequest
from api.question_wire import question_of
from api.stream import AnswerStream

router = APIRouter(prefix="/v1", tags=["questions"])

ASK_EXAMPLES: dict[str, Example] = {
    "question": {
        "summary": "A question",
        "value": {
            "question": "What challenges does NATO face in implementing defense diplomacy?",
        },
    },
    "follow-up": {
        "summary": "A follow-up, with the turns before it",
        "value": {
            "question": "and for partners?",
            "history": [
                {"role": "user", "content": "What is defence capacity building?"},
                {"role": "assistant", "content": "Support that helps partners … [1]"},
            ],
        },
    },
    "stream": {
        "summary": "The same as events, while the answer is composed",
        "value": {"question": "What do defence attachés do?", "stream": True},
    },
    "filters": {
        "summary": "From some documents only",
        "value": {
            "question": "How are visits of warships announced?",
            "filters": {"folders": ["/archive/treaties"], "published_from": "1990-01-01"},
        },
    },
    "as-of": {
        "summary": "From the library as it stood at a time",
        "value": {"question": "When did Finland join NATO?", "as_of": "2026-01-31T12:00:00Z"},
    },
}


@router.post(
    "/ask",
    response_model=AnswerOut,
    summary="Answer a question, with proof",
    response_description="The answer; `abstained` is true where the library does not answer it.",
    responses={
        200: {"content": {"text/event-stream": EVENT_STREAM}},
        **problems(400, 403, 404, 410, 413, 422, 502, 503, 507),
    },
)
async def ask(
    body: Annotated[AskRequest, Body(openapi_examples=ASK_EXAMPLES)],
    services: ServicesDep,
    caller: CallerDep,
    request: Request,
) -> AnswerOut | AnswerStream:
    """Answers from the library, every sentence tied to the spans it rests on.

    With a `conversation_id` the question follows what was said there, and the answer is kept there.
    With `"stream": true` the response is `text/event-stream`; an error before the first event is
    an ordinary problem response, a later one is the last event, `error`.
    """
    question = question_of(body, services.settings.max_question_chars)
    return await answer_to(
        question,
        services,
        caller,
        request.scope,
        conversation_id=body.conversation_id,
        streamed=body.stream,
    )


@router.post(
    "/search",
    summary="Find passages, without an answer",
    response_description="The passages, best first.",
    responses=problems(400, 403, 410, 413, 422, 502, 503, 507),
)
async def search(body: SearchRequest, services: ServicesDep) -> SearchResponse:
    """Finds what an answer to this question would be composed from.

    Passages that stand side by side are joined, what is said twice is shown once and the other
    places listed as `also`, and documents that are about as good take turns.
    """
    began = time.perf_counter()
    question = question_of(body, services.settings.max_question_chars)
    found = await services.assistant.search(question)
    return search_out(found, body.question, (time.perf_counter() - began) * 1000)
