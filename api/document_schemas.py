"""The wire types of documents: listings, versions, and places in their texts."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field

from api.fields import Body, Text
from api.shown import SourceUri


class DocumentOut(BaseModel):
    """A document by the version that stands, or a version by itself."""

    document_id: str
    version_id: str
    title: str
    source_uri: SourceUri
    issuer: str | None
    published_on: date | None
    marking: str | None
    language: str | None
    media_type: str
    characters: int
    chunks: int
    pages: int
    valid_from: AwareDatetime
    valid_to: AwareDatetime | None


class DocumentList(BaseModel):
    """A page of documents; ask again with `next_cursor` until it is null."""

    items: list[DocumentOut]
    next_cursor: str | None
    total: int = Field(description="documents in all, as of the time asked about")


class VersionList(BaseModel):
    """Every version of a document, newest first."""

    items: list[DocumentOut]


class ChunkOut(BaseModel):
    """A part of a version's text as it is searched: `text[start:end]` of the version.

    `number` counts from 1 in reading order; `within` is false for what only stands beside the span.
    """

    number: int
    start: int
    end: int
    page: int | None
    headings: list[str]
    text: str
    within: bool


class ChunkList(BaseModel):
    """The parts of a version's text around a span, in reading order, of `total` in all."""

    document_id: str
    version_id: str
    items: list[ChunkOut]
    total: int


class BoxOut(BaseModel):
    """A part of a page, in fractions of its width and height from the upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class BoxList(BaseModel):
    """Where a span stands on the pages: a box for each of its lines, in order of the text."""

    boxes: list[BoxOut]


class RestoreBody(Body):
    """Which version shall stand again."""

    version_id: Text | None = Field(
        None, description="the version that stood before the present one by default"
    )


class ChangeOut(BaseModel):
    """A part of both texts. Its texts are null where it is equal, or too long to be sent."""

    kind: Literal["equal", "insert", "delete", "replace"]
    from_start: int
    from_end: int
    to_start: int
    to_end: int
    from_text: str | None
    to_text: str | None


class FieldChange(BaseModel):
    """A property of a document that is another in the later version."""

    field: str
    from_value: str | None
    to_value: str | None


class DiffOut(BaseModel):
    """How a version became another. The changes are in order and their spans tile both texts."""

    document_id: str
    from_: DocumentOut = Field(alias="from")
    to: DocumentOut
    metadata: list[FieldChange]
    changes: list[ChangeOut]
