"""Documents, their versions and when each stood, and the sources that are no document."""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from assistant.library.schema.base import Base, Ordered, UtcDateTime


class DocumentRow(Base):
    """One source over time, and how the source looked when it was last taken in.

    `current_version_id` names the version that stands, and is null while none does. A retired
    document whose place another one took has a `source_uri` that no source has. `label` is that of
    the version that stood last: who may not read that one reads no earlier one either.
    """

    __tablename__ = "documents"
    __table_args__ = (Index(None, "container_uri"),)

    document_id: Mapped[str] = mapped_column(Text, primary_key=True)
    source_uri: Mapped[str] = mapped_column(Text, unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    source_sha256: Mapped[str] = mapped_column(Text)
    source_size: Mapped[int] = mapped_column(BigInteger)
    source_mtime_ns: Mapped[int] = mapped_column(BigInteger)
    loader: Mapped[str] = mapped_column(Text)
    current_version_id: Mapped[str | None] = mapped_column(Text)
    source_ctime_ns: Mapped[int] = mapped_column(BigInteger, server_default="0")
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    container_uri: Mapped[str | None] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text, server_default=sql("''"), index=True)


class VersionRow(Base):
    """What a document said at a time. Written once, never changed.

    `title_key` is the title as listings order it, `label` what it is kept under
    (`assistant.access.labels`). The text stands in its own table, so that reading what a citation
    needs never walks over megabytes.
    """

    __tablename__ = "versions"
    __table_args__ = (Index(None, "label"),)

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.document_id"), primary_key=True)
    version_id: Mapped[str] = mapped_column(Text, primary_key=True)
    media_type: Mapped[str] = mapped_column(Text)
    source_sha256: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    title_key: Mapped[str] = mapped_column(Ordered)
    issuer: Mapped[str | None] = mapped_column(Text)
    published_on: Mapped[date | None]
    marking: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(Text)
    characters: Mapped[int]
    chunks: Mapped[int]
    pages: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recognised_pages: Mapped[int] = mapped_column(server_default="0")
    confidence: Mapped[float | None] = mapped_column(Float)
    warnings: Mapped[list[str]] = mapped_column(JSON, server_default="[]")
    label: Mapped[str] = mapped_column(Text, server_default=sql("''"))


class TextRow(Base):
    """A version's normalised text, and where its pages, headings and recognised words stand in it.

    A page is its number, start and end, and the confidence with which it was recognised; a word
    is its page, start, end and box.
    """

    __tablename__ = "texts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document_id", "version_id"], ["versions.document_id", "versions.version_id"]
        ),
    )

    document_id: Mapped[str] = mapped_column(Text, primary_key=True)
    version_id: Mapped[str] = mapped_column(Text, primary_key=True)
    pages: Mapped[list[list[int | float | None]]] = mapped_column(JSON)
    headings: Mapped[list[list[int]]] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(Text)
    words: Mapped[list[list[int | float]]] = mapped_column(JSON, server_default="[]")


class ValidityRow(Base):
    """A period in which a version stood: from `valid_from` until just before `valid_to`.

    A version may stand in several periods, because a source may return to what it said, or move:
    `source_uri` is where the source was, and `title` what its name there gave it.
    """

    __tablename__ = "validities"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document_id", "version_id"], ["versions.document_id", "versions.version_id"]
        ),
        UniqueConstraint("document_id", "valid_from"),
        Index(None, "document_id", "version_id"),
        Index(None, "valid_from"),
        Index(None, "valid_to"),
    )

    validity_id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(Text)
    version_id: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_to: Mapped[datetime | None] = mapped_column(UtcDateTime)
    source_uri: Mapped[str] = mapped_column(Text, server_default=sql("''"))
    title: Mapped[str | None] = mapped_column(Text)


class ChunkRow(Base):
    """A span that is embedded. Its text is kept beside it.

    Cutting it from the version's text costs a walk over megabytes for each chunk. `text_key` names
    the text that is embedded for it.
    """

    __tablename__ = "chunks"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document_id", "version_id"], ["versions.document_id", "versions.version_id"]
        ),
        Index(None, "document_id", "version_id", "ordinal"),
    )

    chunk_id: Mapped[str] = mapped_column(Text, primary_key=True)
    document_id: Mapped[str] = mapped_column(Text)
    version_id: Mapped[str] = mapped_column(Text)
    ordinal: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    page: Mapped[int | None]
    headings: Mapped[list[str]] = mapped_column(JSON)
    context: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    text_key: Mapped[bytes] = mapped_column(LargeBinary, server_default=sql("''"), index=True)


class PlaceRow(Base):
    """A source that is no document: a container, or a copy of the document `document_id`."""

    __tablename__ = "places"
    __table_args__ = (Index(None, "container_uri"),)

    source_uri: Mapped[str] = mapped_column(Text, primary_key=True)
    document_id: Mapped[str | None] = mapped_column(Text)
    container_uri: Mapped[str | None] = mapped_column(Text)
    source_sha256: Mapped[str] = mapped_column(Text)
    source_size: Mapped[int] = mapped_column(BigInteger)
    source_mtime_ns: Mapped[int] = mapped_column(BigInteger)
    source_ctime_ns: Mapped[int] = mapped_column(BigInteger)
    loader: Mapped[str] = mapped_column(Text)
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
