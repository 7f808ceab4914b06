"""An ingest run as server-sent events: `progress` and `item` while it goes on, last `report`."""

import asyncio
import time
from collections.abc import AsyncGenerator
from functools import partial

from fastapi.sse import format_sse_event
from pydantic import BaseModel
from starlette.types import Scope

from api.errors import logged, problem
from api.openapi import event_stream
from api.run_schemas import RunItemOut, RunOut, RunProgressOut
from api.run_wire import item_out, progress_out, run_out
from api.server_schemas import Problem
from api.stream import HEARTBEAT, HEARTBEAT_S
from assistant.ports import KeepsRuns
from assistant.runs import Run, RunItem
from assistant.types import RunId

LOOK_S = 0.25
ITEMS_AT_ONCE = 500

_EVENTS = """A stream of server-sent events, each with one JSON object as its data:

- `progress` (`RunProgressOut`): when it changed, at most four a second
- `item` (`RunItemOut`): for each source that is not unchanged, of sent files for all; its `id` is
  the item's number
- `report` (`RunOut`): once, last
- `error` (`Problem`): in place of `report`, when the server fails
"""
_EXAMPLE = """event: progress
data: {"total_sources": 7, "done_sources": 3, …}

event: item
id: 4
data: {"source": "file:///archive/a.pdf", "outcome": "added", …}

event: report
data: {"run_id": "…", "state": "done", …}
"""
RUN_STREAM = event_stream(
    _EVENTS, _EXAMPLE, progress=RunProgressOut, item=RunItemOut, report=RunOut, error=Problem
)


async def run_events(
    run_id: RunId, book: KeepsRuns, after: int, scope: Scope
) -> AsyncGenerator[bytes, None]:
    """The events of a run until its end, with the items that follow the one numbered `after`."""
    try:
        async for event in _followed(run_id, book, after):
            yield event
    except Exception as error:  # noqa: BLE001  # the status is sent: only an event can tell of it
        yield _event("error", problem(logged(error, scope), scope))


async def _followed(run_id: RunId, book: KeepsRuns, after: int) -> AsyncGenerator[bytes, None]:
    shown, spoken = None, time.monotonic()
    while True:
        # In this order: items written between the two looks are sent before the report.
        run = await asyncio.to_thread(book.get, run_id)
        while items := await asyncio.to_thread(book.items, run_id, ITEMS_AT_ONCE, after):
            for number, item in items:
                yield _item(number, item)
            after, spoken = items[-1][0], time.monotonic()
        if run.progress != shown:
            shown, spoken = run.progress, time.monotonic()
            yield _event("progress", progress_out(run.progress))
        if run.has_ended:
            yield await asyncio.to_thread(partial(_report, run, book))
            return
        if time.monotonic() - spoken >= HEARTBEAT_S:
            spoken = time.monotonic()
            yield HEARTBEAT
        await asyncio.sleep(LOOK_S)


def _item(number: int, item: RunItem) -> bytes:
    return _event("item", item_out(number, item), number)


def _report(run: Run, book: KeepsRuns) -> bytes:
    return _event("report", run_out(run, book))


def _event(name: str, body: BaseModel, number: int | None = None) -> bytes:
    return format_sse_event(
        event=name,
        data_str=body.model_dump_json(by_alias=True),
        id=None if number is None else str(number),
    )
