"""Versions of the stand-in API's documents: pages, boxes, differences, and standing again."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response
from PIL import Image

from api.document_schemas import BoxList, BoxOut, ChangeOut, DiffOut, DocumentOut, VersionList

EARLIER = "v-earlier"
Find = Callable[[str], DocumentOut | None]


def periods(out: DocumentOut) -> list[DocumentOut]:
    """The version that stands, and one that stood before it."""
    earlier = out.model_copy(
        update={
            "version_id": EARLIER,
            "valid_from": datetime(2025, 3, 1, tzinfo=UTC),
            "valid_to": out.valid_from,
        }
    )
    return [out, earlier]


def page_png() -> bytes:
    """A white page."""
    written = BytesIO()
    Image.new("RGB", (600, 848), "white").save(written, "PNG")
    return written.getvalue()


def add_versions(
    app: FastAPI,
    find: Find,
    missing: Callable[[], Response],
    stand_again: Callable[[str], None],
) -> None:
    """A document, and the routes below it."""

    @app.get("/v1/documents/{document_id}", response_model=None)
    async def show(document_id: str) -> DocumentOut | Response:
        return find(document_id) or missing()

    @app.get("/v1/documents/{document_id}/versions", response_model=None)
    async def versions(document_id: str) -> VersionList | Response:
        out = find(document_id)
        return VersionList(items=periods(out)) if out else missing()

    @app.get("/v1/documents/{document_id}/versions/{version_id}/boxes")
    async def boxes(document_id: str, version_id: str, start: int, end: int) -> BoxList:
        assert start < end, (document_id, version_id)
        return BoxList(boxes=[BoxOut(page=3, left=0.1, top=0.4, right=0.8, bottom=0.43)])

    @app.get("/v1/documents/{document_id}/versions/{version_id}/pages/{number}.png")
    async def page(document_id: str, version_id: str, number: int) -> Response:
        assert number > 0, (document_id, version_id)
        return Response(page_png(), media_type="image/png")

    @app.get("/v1/documents/{document_id}/diff", response_model=None)
    async def diff(document_id: str) -> Response:
        out = find(document_id)
        assert out is not None
        made = DiffOut.model_validate(
            {
                "document_id": document_id,
                "from": periods(out)[1],
                "to": out,
                "metadata": [{"field": "title", "from_value": "Draft", "to_value": out.title}],
                "changes": [
                    _change("equal", "It stayed. ", "It stayed. "),
                    _change("replace", "Old words.", "New words."),
                ],
            }
        )
        return JSONResponse(made.model_dump(mode="json", by_alias=True))

    @app.post("/v1/documents/{document_id}/restore", response_model=None)
    async def restore(document_id: str) -> DocumentOut | Response:
        stand_again(document_id)
        return find(document_id) or missing()


def _change(kind: str, before: str, after: str) -> ChangeOut:
    return ChangeOut.model_validate(
        {
            "kind": kind,
            "from_start": 0,
            "from_end": len(before),
            "to_start": 0,
            "to_end": len(after),
            "from_text": before,
            "to_text": after,
        }
    )
