"""Ingest runs: listed, followed, cancelled, tried again, and begun by the operator."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.deps import OperatorOnly, RunIdDep, Services, ServicesDep
from api.openapi import problems
from api.paging import Cursor, no_cursor
from api.run_events import RUN_STREAM, run_events
from api.run_schemas import PlanOut, RunItemList, RunList, RunOut, RunRequestBody
from api.run_wire import item_out, plan_out, run_out, run_summary
from api.stream import AnswerStream
from assistant.errors import LibraryDamagedError, LibraryError, RunNotFoundError
from assistant.runs import RunRequest
from assistant.types import RunId
from ingest.naming import without_secret

router = APIRouter(prefix="/v1/ingest-runs", tags=["ingest runs"])

Limit = Annotated[int, Query(ge=1, le=200, description="how many runs on a page")]
After = Annotated[int, Query(ge=0, le=2**62, description="`next_after` of the page before this")]
ItemLimit = Annotated[int, Query(ge=1, le=1000, description="how many items on a page")]
LastEventId = Annotated[
    str | None, Header(description="the number of the last item received; later ones follow")
]


@router.get("", summary="List ingest runs", responses=problems(422))
def list_runs(services: ServicesDep, limit: Limit = 20, cursor: Cursor = None) -> RunList:
    """Lists the runs, newest first. Ask again with `next_cursor` until it is null."""
    try:
        runs = services.book.recent(limit + 1, after=None if cursor is None else RunId(cursor))
    except RunNotFoundError as error:
        raise no_cursor() from error
    page = runs[:limit]
    return RunList(
        items=[run_summary(run, services.book) for run in page],
        next_cursor=page[-1].run_id if len(runs) > limit else None,
    )


@router.get("/{run_id}", summary="Show an ingest run", responses=problems(404, 422))
def show_run(run_id: RunIdDep, services: ServicesDep) -> RunOut:
    """Shows what was asked, how far it is, and once it ended the report."""
    return _shown(run_id, services)


@router.get(
    "/{run_id}/items",
    summary="List what became of the sources of a run",
    responses=problems(404, 422),
)
def list_items(
    run_id: RunIdDep, services: ServicesDep, after: After = 0, limit: ItemLimit = 200
) -> RunItemList:
    """Lists sources in the order in which they were done.

    Of files that were sent the unchanged ones too; of other runs these are only counted.
    """
    services.book.get(run_id)
    found = services.book.items(run_id, limit + 1, after)
    page = found[:limit]
    return RunItemList(
        items=[item_out(number, item) for number, item in page],
        next_after=page[-1][0] if len(found) > limit else None,
    )


@router.get(
    "/{run_id}/events",
    response_class=StreamingResponse,
    summary="Follow an ingest run",
    response_description="Events until the run has ended; all at once when it has already.",
    responses={200: {"content": {"text/event-stream": RUN_STREAM}}, **problems(404, 422)},
)
async def follow_run(
    run_id: RunIdDep,
    services: ServicesDep,
    request: Request,
    last_event_id: LastEventId = None,
) -> AnswerStream:
    """Sends progress and what becomes of each source, as it happens.

    A connection that broke is taken up again with `Last-Event-ID`, which browsers do by themselves.
    """
    await run_in_threadpool(services.book.get, run_id)
    return AnswerStream(run_events(run_id, services.book, _number(last_event_id), request.scope))


@router.post(
    "/{run_id}/cancel",
    status_code=202,
    summary="Cancel an ingest run",
    response_description="It will stop; what it published before stays.",
    responses=problems(403, 404, 409, 422, 507),
)
def cancel_run(run_id: RunIdDep, services: ServicesDep) -> RunOut:
    """Asks a run to stop. Every document is wholly taken in or not at all."""
    if not services.runs.cancel(run_id):
        raise HTTPException(409, "The run has ended already, so there is nothing to cancel")
    return _shown(run_id, services)


@router.post(
    "/{run_id}/retry",
    status_code=202,
    summary="Try again what a run left undone",
    response_description="The new run.",
    responses=problems(403, 404, 409, 422, 507),
)
def retry_run(run_id: RunIdDep, services: ServicesDep, response: Response) -> RunOut:
    """Begins a run over what failed in this one, or over all of it if it was cut short."""
    try:
        again = services.runs.retry(run_id)
    except (RunNotFoundError, LibraryDamagedError):
        raise
    except LibraryError as error:
        raise HTTPException(409, str(error)) from error
    response.headers["Location"] = location(again)
    return _shown(again, services)


@router.post(
    "",
    status_code=202,
    response_model=RunOut | PlanOut,
    dependencies=[OperatorOnly],
    summary="Take in files of the server, or pages of the web",
    response_description="The run that was begun.",
    responses={
        200: {"model": PlanOut, "description": "What a dry run found would be done."},
        **problems(400, 403, 422, 507),
    },
)
def start_run(body: RunRequestBody, services: ServicesDep, response: Response) -> RunOut | PlanOut:
    """Reads from the server's own disk, so it needs the token of the running server."""
    # A run is kept with what it was asked for: passwords are left out before.
    paths = tuple(map(without_secret, body.paths))
    request = RunRequest("sync" if body.sync else "paths", paths, body.force)
    if body.dry_run:
        response.status_code = 200
        return plan_out(services.plan(request), services.ledger.sources())
    run_id = services.runs.start(request)
    response.headers["Location"] = location(run_id)
    return _shown(run_id, services)


def location(run_id: RunId) -> str:
    """The address of a run."""
    return f"{router.prefix}/{run_id}"


def _shown(run_id: RunId, services: Services) -> RunOut:
    return run_out(services.book.get(run_id), services.book)


def _number(last_event_id: str | None) -> int:
    given = last_event_id or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0
