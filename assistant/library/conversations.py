"""Conversations in the ledger's database."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Text,
    cast,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

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
from assistant.library.sought import pattern_of

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
        self,
        owner: str,
        limit: int,
        *,
        after: ConversationId | None = None,
        query: str = "",
        citing: str = "",
    ) -> Sequence[Conversation]:
        """The owner's, last asked first: those after one, with these words, citing a document."""
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
            if pattern := pattern_of(query):
                titled = ConversationRow.title.regexp_match(pattern)
                found = found.where(or_(titled, _with_turn(_says(pattern))))
            if citing:
                found = found.where(_with_turn(_cites(citing)))
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
        replacing: int | None = None,
    ) -> ConversationTurn:
        """Adds a turn, in place of that one and those after it; the first may give the title."""
        writing = self._database.write() if replacing is None else self._database.erase()
        with writing as connection:
            before = _one(connection, conversation_id, owner)
            if replacing is not None:
                before = _cut(connection, before, replacing)
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
            title = before.title or _title(question)
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


def _with_turn(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    turn = TurnRow.conversation_id == ConversationRow.conversation_id
    return exists().where(turn, condition)


def _says(pattern: str) -> ColumnElement[bool]:
    answered = TurnRow.answer["answer"].as_string()
    return or_(TurnRow.question.regexp_match(pattern), answered.regexp_match(pattern))


def _cites(document_id: str) -> ColumnElement[bool]:
    """Whether a turn cites the document: of an answer as it is kept, the citations name it.

    They stand between two names, which no text in it can be taken for: quotes in texts are escaped.
    """
    named = json.dumps({"document_id": document_id})[1:-1]
    for sign in "/%_":
        named = named.replace(sign, f"/{sign}")
    cited = f'%"citations": [{{%{named}%"passages": [%'
    return cast(TurnRow.answer, Text).like(cited, escape="/")


def _cut(connection: Connection, found: Conversation, number: int) -> Conversation:
    """Takes the turns from this number on away; a title that the first of them gave goes too."""
    turns = TurnRow.conversation_id == found.conversation_id
    first = connection.scalar(select(TurnRow.question).where(turns, TurnRow.number == 1))
    connection.execute(delete(TurnRow).where(turns, TurnRow.number >= number))
    given = number == 1 and first is not None and found.title == _title(first)
    return replace(found, title="") if given else found


def _title(question: str) -> str:
    return " ".join(question.split())[:TITLE_CHARS]


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
