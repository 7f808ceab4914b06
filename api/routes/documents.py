"""What the library holds: listing, adding, removing. Plain functions, run in the thread pool."""

from collections.abc import Callable, Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.deps import DocumentIdDep, Services, ServicesDep
from api.document_schemas import DocumentList, DocumentOut
from api.document_wire import document_out
from api.fields import WITHOUT_NUL, Moment
from api.openapi import problems
from api.paging import NEXT, no_cursor
from api.question_wire import moment_of
from api.run_schemas import UploadAccepted, UploadReportOut
from api.run_wire import run_out, upload_out
from api.uploads import all_failed, failure_out, receive, report_of, with_refused
from assistant.errors import AsOfPrunedError, LibraryDamagedError, LibraryError
from assistant.types import DocumentPage, IngestReport, RunId, SourceFailure

router = APIRouter(prefix="/v1/documents", tags=["documents"])

Limit = Annotated[int, Query(ge=1, le=200, description="how many documents on a page")]
Cursor = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=4000,
        pattern=WITHOUT_NUL,
        description=NEXT,
    ),
]
AsOf = Annotated[
    Moment | None,
    Query(
        description="the library as it stood then; now by default",
        examples=["2026-01-31T12:00:00Z"],
    ),
]
Removed = Annotated[
    bool, Query(description="those that were removed and can be restored, in place of the others")
]
Wait = Annotated[
    bool, Query(description="answer with the report once all is done; false answers at once")
]
FORM: dict[str, object] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {
                            "type": "array",
                            "minItems": 1,
                            "items": {"type": "string", "format": "binary"},
                            "description": "documents and archives; repeat the field for many",
                        }
                    },
                }
            }
        },
    }
}


@router.get("", summary="List documents", responses=problems(410, 422))
def list_documents(
    services: ServicesDep,
    limit: Limit = 50,
    cursor: Cursor = None,
    as_of: AsOf = None,
    removed: Removed = False,
) -> DocumentList:
    """Lists the documents that stand, by title. Ask again with `next_cursor` until it is null.

    With `removed`, those that do not stand any more now, each by the version that stood last.
    """
    ledger, moment = services.ledger, moment_of(as_of)
    if removed:
        page, total = _paged(cursor, lambda: ledger.removed(limit, cursor)), ledger.count_removed()
    else:
        page = _paged(cursor, lambda: ledger.documents(limit, cursor, moment))
        total = ledger.count(moment)[0]
    return DocumentList(
        items=[document_out(version) for version in page.items],
        next_cursor=page.next_cursor,
        total=total,
    )


@router.post(
    "",
    response_model=UploadReportOut,
    summary="Add documents, or new versions of them",
    response_description="What became of the files: which document each one is, or why it failed.",
    responses={
        202: {"model": UploadAccepted, "description": "The run that was begun (`wait=false`)."},
        **problems(400, 403, 413, 415, 422, 503, 507),
    },
    openapi_extra=FORM,
)
async def add_documents(
    services: ServicesDep, request: Request, wait: Wait = True
) -> UploadReportOut | Response:
    """Takes the files in and answers from them as soon as it returns.

    A file of a name sent before is a new version of that document; the old version stays readable.
    One bad file stops nothing. `documents` names the document and version that each file is, also
    where it was there before. When every file failed, the response is the problem of the first,
    and its member `failed` lists them all. The files are kept until they are taken in, also when
    the server ends meanwhile: the next one goes on. With `wait=false`, follow the run.
    """
    upload = await receive(request, services)
    if upload.run_id is None:
        return all_failed(with_refused(None, upload.refused), request.scope)
    if not wait:
        return await run_in_threadpool(_accepted, upload.run_id, upload.refused, services)
    run = await run_in_threadpool(services.runs.wait, upload.run_id)
    report = report_of(run, upload.refused)
    if report.failed and not _taken_in(report):
        return all_failed(report, request.scope)
    items = await run_in_threadpool(services.book.items, upload.run_id)
    return upload_out(report, items)


@router.get("/{document_id}", summary="Show a document", responses=problems(404, 422))
def show_document(document_id: DocumentIdDep, services: ServicesDep) -> DocumentOut:
    """Shows the version that stands, or of a removed document the last that stood."""
    return document_out(services.ledger.document(document_id))


@router.delete(
    "/{document_id}",
    status_code=204,
    response_class=Response,
    summary="Remove a document",
    response_description="It is removed.",
    responses=problems(403, 404, 422, 503, 507),
)
def remove_document(document_id: DocumentIdDep, services: ServicesDep) -> None:
    """Takes the document out of every later answer.

    Its versions stay readable, so that the citations of answers already given still open.
    """
    services.remove(document_id)


def _taken_in(report: IngestReport) -> int:
    """Of how many sources something stands in the library."""
    return sum((report.added, report.updated, report.unchanged, report.moved, report.duplicated))


def _accepted(run_id: RunId, refused: Sequence[SourceFailure], services: Services) -> Response:
    run = run_out(services.book.get(run_id), services.book)
    body = UploadAccepted(**run.model_dump(), refused=list(map(failure_out, refused)))
    headers = {"Location": f"/v1/ingest-runs/{run_id}"}
    return Response(body.model_dump_json(), 202, headers, "application/json")


def _paged(cursor: str | None, ask: Callable[[], DocumentPage]) -> DocumentPage:
    try:
        return ask()
    except (LibraryError, UnicodeError, RecursionError) as error:
        if cursor is None or isinstance(error, LibraryDamagedError | AsOfPrunedError):
            raise
        # A cursor comes from outside: a forged one is the caller's mistake, not the library's.
        raise no_cursor() from error
