"""Conversations that the library keeps, what people say of answers, and who owns them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType, Protocol

ConversationId = NewType("ConversationId", str)
Record = Mapping[str, object]
"""An answer as the wire has it, which is how it is kept: it is shown again as it was given."""

TITLE_CHARS = 120


@dataclass(frozen=True, slots=True)
class ConversationTurn:
    """A question and its answer; `number` is 1 for the first of its conversation."""

    number: int
    asked_at: datetime
    question: str
    answer: Record


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation of one owner. `updated_at` is when it was last asked or renamed."""

    conversation_id: ConversationId
    owner: str
    title: str
    created_at: datetime
    updated_at: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a version's text."""

    document_id: str
    version_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody says of an answer; `correction` is the place that should have been cited."""

    feedback_id: str
    answer_id: str
    owner: str
    at: datetime
    rating: Literal["up", "down"]
    reason: str
    correction: Place | None
    question: str
    standalone_question: str
    answer: Record


class KeepsConversations(Protocol):
    """Conversations by their owner: nobody sees or changes another's."""

    def create(self, owner: str, title: str, at: datetime) -> Conversation:
        """A new conversation without turns."""

    def get(self, conversation_id: ConversationId, owner: str) -> Conversation:
        """Raises `ConversationNotFoundError`, also for one of another owner."""

    def recent(
        self,
        owner: str,
        limit: int,
        *,
        after: ConversationId | None = None,
        query: str = "",
        citing: str = "",
    ) -> Sequence[Conversation]:
        """The owner's, last asked first: those after one.

        `query` leaves those whose title, questions or answers hold these words, `citing` those with
        an answer that cites this document.

        Raises:
            ConversationNotFoundError: there is no conversation `after`.
        """

    def turns(
        self,
        conversation_id: ConversationId,
        owner: str,
        *,
        last: int | None = None,
        before: int | None = None,
    ) -> Sequence[ConversationTurn]:
        """All turns in order, or the `last` ones, those before a number.

        Raises:
            ConversationNotFoundError: there is none, or it is another's.
        """

    def add_turn(
        self,
        conversation_id: ConversationId,
        owner: str,
        question: str,
        answer: Record,
        at: datetime,
        replacing: int | None = None,
    ) -> ConversationTurn:
        """Adds a turn; the first names a conversation without a title.

        With `replacing` it takes the place of the turn of that number and of those after it.

        Raises:
            ConversationNotFoundError: it was deleted meanwhile.
        """

    def rename(
        self, conversation_id: ConversationId, owner: str, title: str, at: datetime
    ) -> Conversation:
        """Raises `ConversationNotFoundError`."""

    def delete(self, conversation_id: ConversationId, owner: str) -> None:
        """Deletes it for good: no file of the library holds its words any more.

        Raises:
            ConversationNotFoundError: there is none, or it is another's.
        """


class KeepsFeedback(Protocol):
    """What people say of answers."""

    def add(self, feedback: Feedback) -> None:
        """Keeps it; a later word of the same owner on the same answer replaces the earlier."""

    def every(self) -> Sequence[Feedback]:
        """All of it, oldest first."""
