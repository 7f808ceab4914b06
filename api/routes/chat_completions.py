"""The library behind OpenAI's interface: the stock clients work unchanged."""

import re
from collections.abc import AsyncGenerator, Iterator
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import Scope

from api.access import Caller, CallerDep
from api.asking import answer_to
from api.deps import Services, ServicesDep
from api.errors import logged, refused_as_openai
from api.export import source_of
from api.openai_schemas import (
    AssistantMessage,
    ChatCompletion,
    ChatCompletionChunk,
    ChatRequest,
    Choice,
    ChunkChoice,
    Delta,
    Model,
    ModelList,
    Usage,
)
from api.openapi import problems
from api.schemas import WITHOUT_NUL, AnswerOut, AskRequest, HistoryTurn
from api.stream import HEARTBEAT, AnswerStream
from api.wire import question_of

router = APIRouter(prefix="/v1", tags=["OpenAI's interface"])

PLAIN, FOOTNOTES = "attache", "attache-footnotes"
_CREATED = 1_767_225_600
"""A time that OpenAI's shape asks for and nobody looks at: the beginning of 2026."""
_TURNS = 200
_WORDS = re.compile(r"\w+|[^\w\s]")
_PIECE = re.compile(r"\S+\s*|\s+")
_EXAMPLE = """data: {"object": "chat.completion.chunk", "choices": [{"delta": {"content": "…"}}], …}

data: {"choices": [{"delta": {}, "finish_reason": "stop", …}], "attache": {"citations": […], …}, …}

data: [DONE]
"""
_EVENTS = {
    "itemSchema": {
        "type": "object",
        "description": "Chunks as OpenAI streams them (`ChatCompletionChunk`), then `[DONE]`.",
        "required": ["data"],
        "properties": {"data": {"type": "string"}},
    },
    "examples": {"stream": {"value": _EXAMPLE}},
}
ModelName = Annotated[str, Path(pattern=WITHOUT_NUL, description="`id` of a listed model")]


@router.get("/models", summary="List models")
def list_models() -> ModelList:
    """Lists what can be asked: the library, and the library with its sources in the text."""
    return ModelList(data=[_model(PLAIN), _model(FOOTNOTES)])


@router.get("/models/{model}", summary="Show a model", responses=problems(404, 422))
def show_model(model: ModelName) -> Model:
    """Shows one of the models."""
    _check(model)
    return _model(model)


@router.post(
    "/chat/completions",
    response_model=ChatCompletion,
    summary="Answer as a chat completion",
    response_description="The completion; its `attache` is the answer with its proof.",
    responses={
        200: {"content": {"text/event-stream": _EVENTS}},
        **problems(400, 403, 404, 410, 413, 422, 502, 503),
    },
)
async def complete_chat(
    body: ChatRequest, services: ServicesDep, caller: CallerDep, request: Request
) -> ChatCompletion | AnswerStream:
    """Answers the last message of the user; the messages before it are its history.

    A stream begins when every sentence is proved: its reader could not take one back.
    """
    _check(body.model)
    asked = _asked(body)
    if body.stream:
        return AnswerStream(_chunks(body, asked, services, caller, request.scope))
    answer = await _answer(body, asked, services, caller, request.scope)
    text = _text(body, answer)
    return ChatCompletion(
        id=f"chatcmpl-{answer.id}",
        created=int(answer.as_of.timestamp()),
        model=body.model,
        choices=[Choice(message=AssistantMessage(content=text))],
        usage=_usage(body, text),
        attache=answer,
    )


async def _chunks(
    body: ChatRequest, asked: AskRequest, services: Services, caller: Caller, scope: Scope
) -> AsyncGenerator[bytes, None]:
    # Sent at once: a client knows that it was heard, and an error is told in the stream.
    yield HEARTBEAT
    try:
        answer = await _answer(body, asked, services, caller, scope)
    except Exception as error:  # noqa: BLE001  # the status is sent: only an event can tell of it
        yield f"data: {refused_as_openai(logged(error, scope), scope)}\n\n".encode()
        return
    for chunk in _pieces(body, answer):
        yield f"data: {chunk.model_dump_json(exclude_unset=True)}\n\n".encode()
    yield b"data: [DONE]\n\n"


def _pieces(body: ChatRequest, answer: AnswerOut) -> Iterator[ChatCompletionChunk]:
    """The completion piece by piece, as OpenAI cuts it."""
    text = _text(body, answer)
    deltas = [Delta(role="assistant", content="")]
    deltas += [Delta(content=piece) for piece in _PIECE.findall(text)]
    for delta in deltas:
        yield _chunk(body, answer, ChunkChoice(index=0, delta=delta, finish_reason=None))
    last = _chunk(body, answer, ChunkChoice(index=0, delta=Delta(), finish_reason="stop"))
    yield last.model_copy(update={"attache": answer})
    if body.stream_options is not None and body.stream_options.include_usage:
        yield _chunk(body, answer).model_copy(update={"usage": _usage(body, text)})


def _chunk(body: ChatRequest, answer: AnswerOut, *choices: ChunkChoice) -> ChatCompletionChunk:
    return ChatCompletionChunk(
        id=f"chatcmpl-{answer.id}",
        object="chat.completion.chunk",
        created=int(answer.as_of.timestamp()),
        model=body.model,
        choices=list(choices),
    )


async def _answer(
    body: ChatRequest, asked: AskRequest, services: Services, caller: Caller, scope: Scope
) -> AnswerOut:
    question = question_of(asked, services.settings.max_question_chars)
    answer = await answer_to(
        question, services, caller, scope, conversation_id=body.attache.conversation_id
    )
    assert isinstance(answer, AnswerOut)
    return answer


def _asked(body: ChatRequest) -> AskRequest:
    """The last message as a question, those before it as its history."""
    said = [message for message in body.messages if message.role in ("user", "assistant")]
    if not said or said[-1].role != "user" or not said[-1].text.strip():
        advice = "the last of them must be of the user, and ask something"
        complaint = {"type": "messages", "loc": ("body", "messages"), "msg": advice}
        raise RequestValidationError([complaint])
    options = body.attache
    return AskRequest(
        question=said[-1].text,
        history=[
            HistoryTurn(role="user" if each.role == "user" else "assistant", content=each.text)
            for each in said[:-1][-_TURNS:]
        ],
        as_of=options.as_of,
        top_k=options.top_k,
        filters=options.filters,
        conversation_id=None,
        stream=False,
    )


def _text(body: ChatRequest, answer: AnswerOut) -> str:
    """The answer, where it is wished with its sources below it."""
    if not (body.attache.footnotes or body.model == FOOTNOTES) or not answer.citations:
        return answer.answer
    notes = [
        f"[{one.marker}] “{' '.join(one.quote.split())}” {'; '.join(source_of(one))}"
        for one in sorted(answer.citations, key=lambda one: one.marker)
    ]
    return "\n".join([answer.answer, "", *notes])


def _usage(body: ChatRequest, text: str) -> Usage:
    asked = sum(len(_WORDS.findall(message.text)) for message in body.messages)
    answered = len(_WORDS.findall(text))
    return Usage(prompt_tokens=asked, completion_tokens=answered, total_tokens=asked + answered)


def _check(model: str) -> None:
    if model not in (PLAIN, FOOTNOTES):
        raise HTTPException(
            404,
            f"There is no model {model!r}. Ask {PLAIN!r}, or {FOOTNOTES!r} for sources in the text",
        )


def _model(name: str) -> Model:
    return Model(id=name, created=_CREATED)
