"""Conversations in the ledger's database."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, delete, exists, func, insert, or_, select, update

from assistant.conversations import (
    TITLE_CHARS,
    Conversation,
    ConversationId,
    ConversationTurn,
    Record,
)
from assistant.errors import ConversationNotFoundError
from assistant.library.database import Database
from assistant.library.schema import ConversationRow, TurnRow

_TURNS = (
    select(func.count())
    .where(TurnRow.conversation_id == ConversationRow.conversation_id)
    .scalar_subquery()
    .label("turns")
)
_CONVERSATIONS = select(
    ConversationRow.conversation_id,
    ConversationRow.owner,
    ConversationRow.title,
    ConversationRow.created_at,
    ConversationRow.updated_at,
    _TURNS,
)


class ConversationBook:
    """Conversations by their owner, for many threads at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, owner: str, title: str, at: datetime) -> Conversation:
        """A new conversation without turns."""
        found = Conversation(ConversationId(secrets.token_hex(16)), owner, title, at, at, 0)
        with self._database.write() as connection:
            connection.execute(
                insert(ConversationRow).values(
                    conversation_id=found.conversation_id,
                    owner=owner,
                    title=title,
                    created_at=at,
                    updated_at=at,
                )
            )
        return found

    def get(self, conversation_id: ConversationId, owner: str) -> Conversation:
        """A conversation of this owner. Raises `ConversationNotFoundError`."""
        with self._database.read() as connection:
            return _one(connection, conversation_id, owner)

    def recent(
        self, owner: str, limit: int, *, after: ConversationId | None = None, query: str = ""
    ) -> Sequence[Conversation]:
        """The owner's, last asked first: those after one, those whose title or questions match."""
        found = _CONVERSATIONS.where(ConversationRow.owner == owner)
        with self._database.read() as connection:
            if after is not None:
                last = _one(connection, after, owner)
                same = ConversationRow.updated_at == last.updated_at
                found = found.where(
                    or_(
                        ConversationRow.updated_at < last.updated_at,
                        same & (ConversationRow.conversation_id > after),
                    )
                )
            if query:
                said = exists().where(
                    TurnRow.conversation_id == ConversationRow.conversation_id,
                    TurnRow.question.icontains(query, autoescape=True),
                )
                titled = ConversationRow.title.icontains(query, autoescape=True)
                found = found.where(or_(titled, said))
            order = (ConversationRow.updated_at.desc(), ConversationRow.conversation_id)
            rows = connection.execute(found.order_by(*order).limit(limit))
            return [_conversation(row) for row in rows]

    def turns(
        self,
        conversation_id: ConversationId,
        owner: str,
        *,
        last: int | None = None,
        before: int | None = None,
    ) -> Sequence[ConversationTurn]:
        """All turns in order, or the `last` ones, those before a number."""
        asked = select(TurnRow.number, TurnRow.asked_at, TurnRow.question, TurnRow.answer)
        asked = asked.where(TurnRow.conversation_id == conversation_id)
        if before is not None:
            asked = asked.where(TurnRow.number < before)
        with self._database.read() as connection:
            _one(connection, conversation_id, owner)
            rows = connection.execute(asked.order_by(TurnRow.number.desc()).limit(last))
            return [ConversationTurn(*row) for row in rows][::-1]

    def add_turn(
        self,
        conversation_id: ConversationId,
        owner: str,
        question: str,
        answer: Record,
        at: datetime,
    ) -> ConversationTurn:
        """Adds a turn; the first names a conversation without a title."""
        with self._database.write() as connection:
            before = _one(connection, conversation_id, owner)
            last = select(func.max(TurnRow.number)).where(
                TurnRow.conversation_id == conversation_id
            )
            number = (connection.scalar(last) or 0) + 1
            connection.execute(
                insert(TurnRow).values(
                    conversation_id=conversation_id,
                    number=number,
                    asked_at=at,
                    question=question,
                    answer=dict(answer),
                )
            )
            title = before.title or " ".join(question.split())[:TITLE_CHARS]
            _change(connection, conversation_id, title, at)
        return ConversationTurn(number, at, question, answer)

    def rename(
        self, conversation_id: ConversationId, owner: str, title: str, at: datetime
    ) -> Conversation:
        """Gives it another title. Raises `ConversationNotFoundError`."""
        with self._database.write() as connection:
            _one(connection, conversation_id, owner)
            _change(connection, conversation_id, title, at)
            return _one(connection, conversation_id, owner)

    def delete(self, conversation_id: ConversationId, owner: str) -> None:
        """Deletes it for good. Raises `ConversationNotFoundError`."""
        with self._database.erase() as connection:
            _one(connection, conversation_id, owner)
            connection.execute(delete(TurnRow).where(TurnRow.conversation_id == conversation_id))
            connection.execute(
                delete(ConversationRow).where(ConversationRow.conversation_id == conversation_id)
            )


def _one(connection: Connection, conversation_id: ConversationId, owner: str) -> Conversation:
    row = connection.execute(
        _CONVERSATIONS.where(
            ConversationRow.conversation_id == conversation_id, ConversationRow.owner == owner
        )
    ).one_or_none()
    if row is None:
        raise ConversationNotFoundError(
            f"There is no conversation {conversation_id!r}. GET /v1/conversations lists yours."
        )
    return _conversation(row)


def _change(
    connection: Connection, conversation_id: ConversationId, title: str, at: datetime
) -> None:
    connection.execute(
        update(ConversationRow)
        .where(ConversationRow.conversation_id == conversation_id)
        .values(title=title, updated_at=at)
    )


def _conversation(row: Row[str, str, str, datetime, datetime, int]) -> Conversation:
    name, owner, title, created_at, updated_at, turns = row
    return Conversation(ConversationId(name), owner, title, created_at, updated_at, turns)
