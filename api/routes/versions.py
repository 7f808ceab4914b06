"""What a document said, and when: its texts and files, how they differ, and earlier ones again."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, PlainTextResponse
from starlette.exceptions import HTTPException

from api.deps import DocumentIdDep, Services, ServicesDep, VersionIdDep
from api.diff_wire import diff_out
from api.document_schemas import (
    BoxList,
    BoxOut,
    ChunkList,
    DiffOut,
    DocumentOut,
    RestoreBody,
    VersionList,
)
from api.document_wire import chunks_out, document_out
from api.fields import WITHOUT_NUL
from api.filenames import name_of
from api.openapi import problems
from assistant.types import DocumentId, Version, VersionId

router = APIRouter(prefix="/v1/documents/{document_id}", tags=["versions"])

PDF = "application/pdf"
OneOfThem = Annotated[VersionId | None, Query(pattern=WITHOUT_NUL)]
Place = Annotated[int, Query(ge=0, le=2**53, description="a place in the version's text")]
Beside = Annotated[int, Query(ge=0, le=50, description="how many parts on this side of the span")]


@router.get("/versions", summary="List the versions of a document", responses=problems(404, 422))
def list_versions(document_id: DocumentIdDep, services: ServicesDep) -> VersionList:
    """Lists every period in which a version stood, newest first."""
    versions = services.ledger.versions(document_id)
    return VersionList(items=[document_out(version) for version in versions])


@router.get("/versions/{version_id}", summary="Show a version", responses=problems(404, 422))
def show_version(
    document_id: DocumentIdDep, version_id: VersionIdDep, services: ServicesDep
) -> DocumentOut:
    """Shows one version and the time it stood."""
    return document_out(services.ledger.version(document_id, version_id))


@router.get(
    "/versions/{version_id}/text",
    response_class=PlainTextResponse,
    summary="Read the text of a version",
    response_description="The normalised text in UTF-8; `start` and `end` count its code points.",
    responses=problems(404, 422),
)
def read_text(
    document_id: DocumentIdDep, version_id: VersionIdDep, services: ServicesDep
) -> PlainTextResponse:
    """Sends the text that every citation, passage and chunk of this version is a span of."""
    text = services.ledger.text(document_id, version_id)
    _note(services, document_id, version_id, "text")
    return PlainTextResponse(text)


@router.get(
    "/versions/{version_id}/passages",
    summary="Read what stands around a span",
    response_description="The parts of the text in the span and beside it, in reading order.",
    responses=problems(404, 422),
)
def read_around(
    document_id: DocumentIdDep,
    version_id: VersionIdDep,
    services: ServicesDep,
    start: Place,
    end: Place,
    before: Beside = 1,
    after: Beside = 1,
) -> ChunkList:
    """Shows a passage or citation with its neighbours, each with its own place, page and headings.

    White space and headings between two parts belong to neither; `GET …/text` has them.
    """
    version = services.ledger.version(document_id, version_id)
    _check_span(version, start, end)
    found = services.ledger.around(document_id, version_id, start, end, before=before, after=after)
    _note(services, document_id, version_id, "passages")
    return chunks_out(version, found, start, end)


@router.get(
    "/versions/{version_id}/source",
    response_class=FileResponse,
    summary="Download the original file of a version",
    response_description="The bytes as they were taken in.",
    responses={
        200: {"content": {"*/*": {"schema": {"type": "string"}}}},
        **problems(404, 422),
    },
)
def download_source(
    document_id: DocumentIdDep, version_id: VersionIdDep, services: ServicesDep
) -> FileResponse:
    """Sends the original file, to be saved and never shown as a page of this server."""
    version = services.ledger.version(document_id, version_id)
    _note(services, document_id, version_id, "source")
    return FileResponse(
        services.files.path(version.source_sha256),
        # A header of ours, because FileResponse would claim that any text is in UTF-8.
        headers={"Content-Type": version.media_type},
        filename=name_of(version.source_uri),
        content_disposition_type="attachment",
    )


@router.get(
    "/versions/{version_id}/boxes",
    summary="Find a span on the pages of a PDF",
    response_description="The boxes, in fractions of the pages; white space has none.",
    responses=problems(404, 422, 503),
)
def find_boxes(
    document_id: DocumentIdDep,
    version_id: VersionIdDep,
    services: ServicesDep,
    start: Place,
    end: Place,
) -> BoxList:
    """Finds where `text[start:end]` stands, to be marked on the pages."""
    version = services.ledger.version(document_id, version_id)
    if version.media_type != PDF:
        raise HTTPException(
            422, f"This version is no PDF but {version.media_type}: it has no pages to mark"
        )
    _check_span(version, start, end)
    if services.boxes is None:
        raise HTTPException(503, "This server reads no PDF files, so it cannot find the span")
    text = services.ledger.text(document_id, version_id)
    pages, words = services.ledger.layout(document_id, version_id)
    path = services.files.path(version.source_sha256)
    found = services.boxes(path, text, pages, words, start, end)
    return BoxList(
        boxes=[
            BoxOut(page=b.page, left=b.left, top=b.top, right=b.right, bottom=b.bottom)
            for b in found
        ]
    )


@router.get(
    "/versions/{version_id}/pages/{number}.png",
    response_class=Response,
    summary="See a page of a PDF",
    response_description="The page as an image.",
    responses={200: {"content": {"image/png": {}}}, **problems(404, 422, 503)},
)
def draw_page(
    document_id: DocumentIdDep,
    version_id: VersionIdDep,
    services: ServicesDep,
    number: Annotated[int, Path(ge=1, le=1_000_000, description="1 for the first page")],
    width: Annotated[int, Query(ge=100, le=3000, description="of the image, in pixels")] = 1200,
) -> Response:
    """Draws the page as it is shown; the boxes of `GET …/boxes` are places on it."""
    version = services.ledger.version(document_id, version_id)
    if version.media_type != PDF:
        raise HTTPException(
            422, f"This version is no PDF but {version.media_type}: it has no pages to draw"
        )
    if number > version.pages:
        raise HTTPException(404, f"There is no page {number}: the document has {version.pages}")
    if services.pages is None:
        raise HTTPException(503, "This server reads no PDF files, so it cannot draw the page")
    _note(services, document_id, version_id, "page")
    image = services.pages(services.files.path(version.source_sha256), number, width)
    return Response(image, media_type="image/png")


@router.get(
    "/diff",
    summary="Compare two versions of a document",
    response_description="The changes from the one to the other.",
    responses=problems(404, 422),
)
def compare_versions(
    document_id: DocumentIdDep,
    services: ServicesDep,
    from_: Annotated[
        OneOfThem, Query(alias="from", description="by default, the one before")
    ] = None,
    to: Annotated[OneOfThem, Query(description="by default, the newest")] = None,
    context: Annotated[
        int, Query(ge=0, le=100_000, description="characters of equal text beside each change")
    ] = 0,
) -> DiffOut:
    """Compares by sentences, and by words where sentences differ in part.

    Spans are of the versions' texts, which `GET …/text` sends. A part longer than 100,000
    characters comes without its texts.
    """
    found = services.ledger.difference(document_id, from_, to)
    for version in (found.earlier, found.later):
        _note(services, document_id, version.version_id, "diff")
    return diff_out(found, context)


@router.post(
    "/restore",
    summary="Let an earlier version stand again",
    response_description="The version, as it stands from now on.",
    responses=problems(400, 403, 404, 409, 422, 507),
)
def restore_version(
    document_id: DocumentIdDep, services: ServicesDep, body: RestoreBody | None = None
) -> DocumentOut:
    """Lets an earlier version, or a removed document, stand again from now on.

    It stands until its source says something new: taking the same file in again changes nothing.
    """
    named = None if body is None or body.version_id is None else VersionId(body.version_id)
    return document_out(services.ledger.restore(document_id, named))


def _note(services: Services, document_id: DocumentId, version_id: VersionId, part: str) -> None:
    """Writes to the audit trail that a part of a version is read, before it is."""
    services.notes.write("read", document_id=document_id, version_id=version_id, part=part)


def _check_span(version: Version, start: int, end: int) -> None:
    if not start < end <= version.characters:
        advice = f"the span must not be empty, and end by {version.characters}, as the text does"
        complaint = {"type": "span", "loc": ("query", "end"), "msg": advice}
        raise RequestValidationError([complaint])
