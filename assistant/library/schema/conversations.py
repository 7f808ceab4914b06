"""Conversations, their turns, and what is said of answers."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.library.schema.base import Base, UtcDateTime


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
