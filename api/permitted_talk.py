"""Conversations as their owner may still read them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from api.library import ReadsLibrary
from assistant.conversations import (
    Conversation,
    ConversationId,
    ConversationTurn,
    KeepsConversations,
    Record,
)
from assistant.types import DocumentId, Readable, VersionId

_PAGE = 100


@dataclass(frozen=True, slots=True)
class PermittedTalk:
    """A caller's own conversations, without answers from what they may not read any more.

    A marking may be raised, or a clearance withdrawn, after an answer was given.
    """

    talk: KeepsConversations
    ledger: ReadsLibrary
    readable: Readable

    def create(self, owner: str, title: str, at: datetime) -> Conversation:
        """A new conversation without turns."""
        return self.talk.create(owner, title, at)

    def get(self, conversation_id: ConversationId, owner: str) -> Conversation:
        """Raises `ConversationNotFoundError`, also for one of another owner."""
        return self.talk.get(conversation_id, owner)

    def recent(
        self,
        owner: str,
        limit: int,
        *,
        after: ConversationId | None = None,
        query: str = "",
        citing: str = "",
    ) -> Sequence[Conversation]:
        """The owner's, last asked first: by what of them may be read, or closed answers would tell.

        Raises:
            ConversationNotFoundError: there is no conversation `after`.
        """
        if not query and not citing:
            return self.talk.recent(owner, limit, after=after)
        found: list[Conversation] = []
        while len(found) < limit:
            page = self.talk.recent(owner, _PAGE, after=after, query=query, citing=citing)
            found += [one for one in page if self._matches(one, owner, query.lower(), citing)]
            if len(page) < _PAGE:
                break
            after = page[-1].conversation_id
        return found[:limit]

    def _matches(self, one: Conversation, owner: str, query: str, citing: str) -> bool:
        turns = self.turns(one.conversation_id, owner)
        said = (text for turn in turns for text in (turn.question, str(turn.answer["answer"])))
        return any(query in text.lower() for text in (one.title, *said)) and (
            not citing or any(citing in _cited(turn.answer) for turn in turns)
        )

    def turns(
        self,
        conversation_id: ConversationId,
        owner: str,
        *,
        last: int | None = None,
        before: int | None = None,
    ) -> Sequence[ConversationTurn]:
        """Turns in order, looked through from the first. Raises `ConversationNotFoundError`."""
        opened: dict[DocumentId, frozenset[VersionId]] = {}
        shown: list[ConversationTurn] = []
        closed = False
        for turn in self.talk.turns(conversation_id, owner):
            seen = self._may_see(turn.answer, opened)
            closed = closed or not seen
            # A follow-up was made whole with words of the answers before it.
            own = {**turn.answer, "standalone_question": turn.question} if closed else turn.answer
            shown.append(replace(turn, answer=own if seen else _closed(turn)))
        wanted = [turn for turn in shown if before is None or turn.number < before]
        return wanted if last is None else wanted[-last:]

    def add_turn(
        self,
        conversation_id: ConversationId,
        owner: str,
        question: str,
        answer: Record,
        at: datetime,
        replacing: int | None = None,
    ) -> ConversationTurn:
        """Adds a turn. Raises `ConversationNotFoundError`: it was deleted meanwhile."""
        return self.talk.add_turn(conversation_id, owner, question, answer, at, replacing)

    def rename(
        self, conversation_id: ConversationId, owner: str, title: str, at: datetime
    ) -> Conversation:
        """Raises `ConversationNotFoundError`."""
        return self.talk.rename(conversation_id, owner, title, at)

    def delete(self, conversation_id: ConversationId, owner: str) -> None:
        """Deletes it for good. Raises `ConversationNotFoundError`."""
        self.talk.delete(conversation_id, owner)

    def _may_see(self, answer: Record, opened: dict[DocumentId, frozenset[VersionId]]) -> bool:
        for document_id, version_id in _places(answer):
            if document_id not in opened:
                labels = self.ledger.labels(document_id, self.readable)
                none: frozenset[VersionId] = frozenset()
                opened[document_id] = labels.opened_to(self.readable) if labels else none
            if version_id not in opened[document_id]:
                return False
        return True


def _cited(answer: Record) -> set[str]:
    """The documents that an answer cites."""
    citations = answer["citations"]
    assert isinstance(citations, list)
    return {str(citation["document_id"]) for citation in citations}


def _places(said: object) -> Iterator[tuple[DocumentId, VersionId]]:
    """Every version that an answer names, wherever in it."""
    if isinstance(said, Mapping):
        if "document_id" in said and "version_id" in said:
            yield DocumentId(str(said["document_id"])), VersionId(str(said["version_id"]))
        for value in said.values():
            yield from _places(value)
    elif isinstance(said, list | tuple):
        for value in said:
            yield from _places(value)


def _closed(turn: ConversationTurn) -> Record:
    """The answer with nothing of what it said."""
    lists: dict[str, list[object]] = {
        name: [] for name, value in turn.answer.items() if isinstance(value, list)
    }
    said = "This answer rests on a document that you may not read."
    kept = {"answer": said, "standalone_question": turn.question}
    return {**turn.answer, **lists, **kept, "marking": None, "note": None, "confidence": None}
