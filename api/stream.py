"""An answer as server-sent events: `passages`, `delta`…, and last `answer` or `error`."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel
from starlette.types import Receive, Scope, Send

from api.answer_schemas import AnswerOut, DeltaEvent, PassagesEvent
from api.answer_wire import answer_out, passage_out
from api.errors import logged, problem
from assistant.types import Answered, AnswerEvent, PassagesFound, TextDelta

HEADERS = {"X-Accel-Buffering": "no"}
HEARTBEAT_S = 15.0
HEARTBEAT = b": still here\n\n"
"""A comment, which keeps what lies between from taking silence for the end."""


class AnswerStream(StreamingResponse):
    """Sends events as they come, and stops the work behind them when the caller has gone."""

    media_type = "text/event-stream"

    def __init__(self, events: AsyncGenerator[bytes, None]) -> None:
        super().__init__(events, headers=HEADERS)
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the events; however that ends, the generator ends with it."""
        async with aclosing(self._events):
            await super().__call__(scope, receive, send)


async def stream(
    events: AsyncIterator[AnswerEvent], conversation_id: str | None, scope: Scope
) -> AnswerStream:
    """The stream of an answer, its first event already there.

    An error before the first event is raised, so that it becomes an ordinary problem response;
    a later one becomes the last event.
    """
    first = await anext(events)
    return AnswerStream(_encoded(first, events, conversation_id, scope))


async def _encoded(
    first: AnswerEvent,
    rest: AsyncIterator[AnswerEvent],
    conversation_id: str | None,
    scope: Scope,
) -> AsyncGenerator[bytes, None]:
    try:
        yield encode(event_out(first, conversation_id))
        async for event in rest:
            yield encode(event_out(event, conversation_id))
    except Exception as error:  # noqa: BLE001  # the status is sent: only an event can tell of it
        yield encode(problem(logged(error, scope), scope))
    finally:
        if isinstance(rest, AsyncGenerator):
            await rest.aclose()


def event_out(
    event: AnswerEvent, conversation_id: str | None
) -> PassagesEvent | DeltaEvent | AnswerOut:
    """The event as the wire has it."""
    match event:
        case PassagesFound(passages, marking):
            return PassagesEvent(passages=[passage_out(p) for p in passages], marking=marking)
        case TextDelta(text):
            return DeltaEvent(text=text)
        case Answered(answer):
            return answer_out(answer, conversation_id)


def encode(body: BaseModel) -> bytes:
    """One event, named after what it carries."""
    names = {PassagesEvent: "passages", DeltaEvent: "delta", AnswerOut: "answer"}
    name = names.get(type(body), "error")
    return format_sse_event(event=name, data_str=body.model_dump_json())
