"""The library behind OpenAI's interface: the stock clients work unchanged."""

import asyncio
import re
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.exceptions import HTTPException
from starlette.types import Scope

from api.access import Caller, CallerDep
from api.answer_schemas import AnswerOut
from api.asking import answer_to
from api.deps import Services, ServicesDep
from api.errors import logged, refused_as_openai
from api.export import source_of
from api.fields import WITHOUT_NUL
from api.openai_messages import asked_by
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
from api.question_schemas import AskRequest
from api.question_wire import question_of
from api.signs import inert
from api.stream import HEARTBEAT, HEARTBEAT_S, AnswerStream

router = APIRouter(prefix="/v1", tags=["OpenAI's interface"])

PLAIN, FOOTNOTES = "attache", "attache-footnotes"
_CREATED = 1_767_225_600
"""A time that OpenAI's shape asks for and nobody looks at: the beginning of 2026."""
_SOON_S = 3.0
"""Seconds in which a stream may still fail by a status: nothing of it is sent before."""
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
        **problems(400, 403, 404, 410, 413, 422, 502, 503, 507),
    },
)
async def complete_chat(
    body: ChatRequest, services: ServicesDep, caller: CallerDep, request: Request
) -> ChatCompletion | AnswerStream:
    """Answers the last message of the user; the messages before it are its history.

    A stream begins when every sentence is proved: its reader could not take one back.
    """
    _check(body.model)
    asked = asked_by(body)
    answering = asyncio.ensure_future(_answer(body, asked, services, caller, request.scope))
    if body.stream:
        # What goes wrong this soon has a status of its own: nothing is sent yet.
        await _done_or_late(answering)
        return AnswerStream(_chunks(body, answering, request.scope))
    async with _ended_with(answering):
        answer = await answering
    text = _text(body, answer)
    return ChatCompletion(
        id=f"chatcmpl-{answer.id}",
        created=int(time.time()),
        model=body.model,
        choices=[Choice(message=AssistantMessage(content=text))],
        usage=_usage(body, text),
        attache=answer,
    )


@asynccontextmanager
async def _ended_with(answering: "asyncio.Future[AnswerOut]") -> AsyncIterator[None]:
    """Ends the work with what waits for it."""
    try:
        yield
    finally:
        answering.cancel()


async def _done_or_late(answering: "asyncio.Future[AnswerOut]") -> None:
    """Waits until the answer is there, or takes long. Raises what goes wrong until then."""
    try:
        done, _ = await asyncio.wait({answering}, timeout=_SOON_S)
        if done:
            answering.result()
    except BaseException:  # also where the caller is gone, which is no Exception; raised on
        answering.cancel()
        raise


async def _chunks(
    body: ChatRequest, answering: "asyncio.Future[AnswerOut]", scope: Scope
) -> AsyncGenerator[bytes, None]:
    async with _ended_with(answering):
        try:
            while not (await asyncio.wait({answering}, timeout=HEARTBEAT_S))[0]:
                yield HEARTBEAT
            answer = answering.result()
        except Exception as error:  # noqa: BLE001  # the status is sent: only an event can tell
            yield f"data: {refused_as_openai(logged(error, scope), scope)}\n\n".encode()
            return
        for chunk in _pieces(body, answer, int(time.time())):
            yield f"data: {chunk.model_dump_json(exclude_unset=True)}\n\n".encode()
        yield b"data: [DONE]\n\n"


def _pieces(body: ChatRequest, answer: AnswerOut, now: int) -> Iterator[ChatCompletionChunk]:
    """The completion piece by piece, as OpenAI cuts it."""
    text = _text(body, answer)
    deltas = [Delta(role="assistant", content="")]
    deltas += [Delta(content=piece) for piece in _PIECE.findall(text)]
    for delta in deltas:
        yield _chunk(body, answer, now, ChunkChoice(index=0, delta=delta, finish_reason=None))
    last = _chunk(body, answer, now, ChunkChoice(index=0, delta=Delta(), finish_reason="stop"))
    yield last.model_copy(update={"attache": answer})
    if body.stream_options is not None and body.stream_options.include_usage:
        yield _chunk(body, answer, now).model_copy(update={"usage": _usage(body, text)})


def _chunk(
    body: ChatRequest, answer: AnswerOut, now: int, *choices: ChunkChoice
) -> ChatCompletionChunk:
    return ChatCompletionChunk(
        id=f"chatcmpl-{answer.id}",
        object="chat.completion.chunk",
        created=now,
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


def _text(body: ChatRequest, answer: AnswerOut) -> str:
    """The answer, where it is wished with its sources below it, up to where it is to stop.

    Clients of this interface show it as Markdown: what a document holds must not load there.
    """
    text = inert(_with_sources(body, answer))
    ends = [at for stop in body.stop or () if (at := text.find(stop)) >= 0]
    return text[: min(ends, default=len(text))]


def _with_sources(body: ChatRequest, answer: AnswerOut) -> str:
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
