"""Ingest runs, what became of each source in them, and what could not be read."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from assistant.library.schema.base import Base, UtcDateTime


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


class RunOwnerRow(Base):
    """Who began an ingest run."""

    __tablename__ = "run_owners"

    run_id: Mapped[str] = mapped_column(Text, primary_key=True)
    owner: Mapped[str] = mapped_column(Text)


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
