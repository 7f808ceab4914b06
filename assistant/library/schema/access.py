"""Who may use the library, and who asked and changed what."""

from datetime import datetime

from sqlalchemy import JSON, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.library.schema.base import Base, UtcDateTime


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
