"""Work on the library as a whole, asked for by the operator's commands while the server runs."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Body, Request
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel, JsonValue
from starlette.exceptions import HTTPException

from api.deps import MaintenanceTask, OperatorOnly, ServicesDep
from api.errors import logged, problem
from api.openapi import event_stream, problems
from api.server_schemas import Problem, TaskProgress
from api.stream import HEARTBEAT, HEARTBEAT_S, AnswerStream

router = APIRouter(prefix="/v1/maintenance", tags=["operator"], dependencies=[OperatorOnly])

_EVENTS = """A stream of server-sent events: `progress` (`TaskProgress`) any number of times, then
`result` with what was done, or `error` (`Problem`)."""
_EXAMPLE = """event: progress
data: {"what": "writing the backup", "done": 3, "total": 7}

event: result
data: {"file": "/backups/library.zip", "documents": 7, …}
"""
_SENT = {
    "text/event-stream": event_stream(
        _EVENTS, _EXAMPLE, progress=TaskProgress, result=None, error=Problem
    )
}


@router.post(
    "/{task}",
    response_class=StreamingResponse,
    summary="Work on the library as a whole",
    response_description="Progress, and last what was done.",
    responses={200: {"content": _SENT}, **problems(403, 404, 422, 507)},
)
async def maintain(
    task: str,
    services: ServicesDep,
    request: Request,
    body: Annotated[dict[str, JsonValue] | None, Body()] = None,
) -> AnswerStream:
    """Prunes, mends, rebuilds, backs up or restores the library while it goes on answering.

    For the `attache` command on the same machine: it needs the token of the running server.
    """
    work = services.maintenance.get(task)
    if work is None:
        names = ", ".join(sorted(services.maintenance)) or "none"
        raise HTTPException(404, f"There is no task {task!r}; there are: {names}")
    return AnswerStream(_events(work, body or {}, request))


async def _events(
    work: MaintenanceTask, body: dict[str, JsonValue], request: Request
) -> AsyncGenerator[bytes, None]:
    """Progress as it comes, only the newest of what came at once, and how it ended."""
    told: asyncio.Queue[TaskProgress] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def tell(what: str, done: int, total: int) -> None:
        loop.call_soon_threadsafe(told.put_nowait, TaskProgress(what=what, done=done, total=total))

    at_work = asyncio.create_task(asyncio.to_thread(work, body, tell))
    while not at_work.done():
        news = asyncio.create_task(told.get())
        await asyncio.wait({news, at_work}, timeout=HEARTBEAT_S, return_when="FIRST_COMPLETED")
        if news.done():
            yield _event("progress", _newest(news.result(), told))
        else:
            news.cancel()
            yield HEARTBEAT
    try:
        yield _event("result", at_work.result())
    except Exception as error:  # noqa: BLE001  # the status is sent: only an event can tell of it
        yield _event("error", problem(logged(error, request.scope), request.scope))


def _newest(first: TaskProgress, told: "asyncio.Queue[TaskProgress]") -> TaskProgress:
    newest = first
    with suppress(asyncio.QueueEmpty):
        while True:
            newest = told.get_nowait()
    return newest


def _event(name: str, body: BaseModel) -> bytes:
    return format_sse_event(event=name, data_str=body.model_dump_json())
