"""The ledger's tables. Times are UTC with microseconds; spans are Unicode code points."""

from datetime import UTC, date, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

REVISION = "0008"
"""The newest migration, which these tables match; a test compares them."""


class UtcDateTime(TypeDecorator[datetime]):
    """A time stored in UTC and returned timezone-aware, also where SQL knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The time in UTC; a naive one is refused, because nobody can say when it is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; pass an aware datetime.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The time as stored, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# By code points, as Python and SQLite order, and not as a server's language does.
_Ordered = Text().with_variant(Text(collation="C"), "postgresql")


class Base(DeclarativeBase):
    """What the tables share: names of constraints that a migration can refer to."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


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
    title_key: Mapped[str] = mapped_column(_Ordered)
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


class EmbeddingRow(Base):
    """The vector of a text by an embedder, as little-endian 32-bit floats of unit length."""

    __tablename__ = "embeddings"

    embedder: Mapped[str] = mapped_column(Text, primary_key=True)
    text_key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)


class TokenSignsRow(Base):
    """The signs of the tokens of a text, token after token, as its embedder gives them."""

    __tablename__ = "token_signs"

    embedder: Mapped[str] = mapped_column(Text, primary_key=True)
    text_key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    signs: Mapped[bytes] = mapped_column(LargeBinary)


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


class FailureRow(Base):
    """A source that could not be read, how it looked then, and why."""

    __tablename__ = "failures"

    source_uri: Mapped[str] = mapped_column(Text, primary_key=True)
    source_size: Mapped[int] = mapped_column(BigInteger)
    source_mtime_ns: Mapped[int] = mapped_column(BigInteger)
    loader: Mapped[str] = mapped_column(Text)
    error: Mapped[str] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text)
    source_sha256: Mapped[str] = mapped_column(Text, server_default=sql("''"))
    source_ctime_ns: Mapped[int] = mapped_column(BigInteger, server_default="0")


class RunRow(Base):
    """An ingest run: what was asked, how far it is, and once it ended its report."""

    __tablename__ = "runs"

    run_id: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    sources: Mapped[list[str]] = mapped_column(JSON)
    force: Mapped[bool]
    state: Mapped[str] = mapped_column(Text, index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    total_sources: Mapped[int]
    done_sources: Mapped[int]
    total_bytes: Mapped[int] = mapped_column(BigInteger)
    done_bytes: Mapped[int] = mapped_column(BigInteger)
    cancel_requested: Mapped[bool]
    report: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    error: Mapped[str | None] = mapped_column(Text)


class RunItemRow(Base):
    """What became of one source in a run."""

    __tablename__ = "run_items"

    item_id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.run_id"), index=True)
    source: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(Text)
    detail: Mapped[str | None] = mapped_column(Text)
    document_id: Mapped[str | None] = mapped_column(Text)
    version_id: Mapped[str | None] = mapped_column(Text)


class ConversationRow(Base):
    """A conversation of one owner."""

    __tablename__ = "conversations"
    __table_args__ = (Index(None, "owner", "updated_at"),)

    conversation_id: Mapped[str] = mapped_column(Text, primary_key=True)
    owner: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TurnRow(Base):
    """A question of a conversation and its answer, as it was given."""

    __tablename__ = "turns"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.conversation_id"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[dict[str, object]] = mapped_column(JSON)


class FeedbackRow(Base):
    """What somebody says of an answer."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("answer_id", "owner"),)

    feedback_id: Mapped[str] = mapped_column(Text, primary_key=True)
    answer_id: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    rating: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    correction: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    question: Mapped[str] = mapped_column(Text)
    standalone_question: Mapped[str] = mapped_column(Text)
    answer: Mapped[dict[str, object]] = mapped_column(JSON)


class FactRow(Base):
    """Something that holds for the whole library, such as the embedder it was built with."""

    __tablename__ = "library_facts"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class KeyRow(Base):
    """An access key: the hash of its secret, and what it opens. Kept after it was revoked."""

    __tablename__ = "api_keys"

    key_id: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text, index=True)
    secret_sha256: Mapped[str] = mapped_column(Text, unique=True)
    role: Mapped[str] = mapped_column(Text)
    clearances: Mapped[list[str]] = mapped_column(JSON)
    groups: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RunOwnerRow(Base):
    """Who began an ingest run."""

    __tablename__ = "run_owners"

    run_id: Mapped[str] = mapped_column(Text, primary_key=True)
    owner: Mapped[str] = mapped_column(Text)


class AuditRow(Base):
    """One thing that was asked or changed. `chained` is a hash over it and the row before it."""

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(Text)
    key_id: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    told: Mapped[str] = mapped_column(Text)
    chained: Mapped[str] = mapped_column(Text)
