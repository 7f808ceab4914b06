"""What a document said, and when; the text that spans index, and the original file."""

from fastapi import APIRouter
from fastapi.responses import FileResponse, PlainTextResponse

from api.deps import DocumentIdDep, ServicesDep, VersionIdDep
from api.filenames import name_of
from api.openapi import problems
from api.schemas import DocumentOut, VersionList
from api.wire import document_out

router = APIRouter(prefix="/v1/documents/{document_id}/versions", tags=["versions"])


@router.get("", summary="List the versions of a document", responses=problems(404, 422))
def list_versions(document_id: DocumentIdDep, services: ServicesDep) -> VersionList:
    """Lists every period in which a version stood, newest first."""
    versions = services.ledger.versions(document_id)
    return VersionList(items=[document_out(version) for version in versions])


@router.get("/{version_id}", summary="Show a version", responses=problems(404, 422))
def show_version(
    document_id: DocumentIdDep, version_id: VersionIdDep, services: ServicesDep
) -> DocumentOut:
    """Shows one version and the time it stood."""
    return document_out(services.ledger.version(document_id, version_id))


@router.get(
    "/{version_id}/text",
    response_class=PlainTextResponse,
    summary="Read the text of a version",
    response_description="The normalised text in UTF-8; `start` and `end` count its code points.",
    responses=problems(404, 422),
)
def read_text(
    document_id: DocumentIdDep, version_id: VersionIdDep, services: ServicesDep
) -> PlainTextResponse:
    """Sends the text that every citation, passage and chunk of this version is a span of."""
    return PlainTextResponse(services.ledger.text(document_id, version_id))


@router.get(
    "/{version_id}/source",
    response_class=FileResponse,
    summary="Download the original file of a version",
    response_description="The bytes as they were taken in.",
    responses={
        200: {"content": {"application/octet-stream": {"schema": {"type": "string"}}}},
        **problems(404, 422),
    },
)
def download_source(
    document_id: DocumentIdDep, version_id: VersionIdDep, services: ServicesDep
) -> FileResponse:
    """Sends the original file, to be saved and never shown as a page of this server."""
    version = services.ledger.version(document_id, version_id)
    return FileResponse(
        services.files.path(version.source_sha256),
        # A header of ours, because FileResponse would claim that any text is in UTF-8.
        headers={"Content-Type": version.media_type},
        filename=name_of(version.source_uri),
        content_disposition_type="attachment",
    )
