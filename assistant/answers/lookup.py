"""Finds the text that a question names, by its name, and in it what the question asks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.answers.grid import Neighbours
from assistant.answers.in_office import OfficeAt, office_at, terms_of
from assistant.answers.surroundings import texts_of
from assistant.answers.text_asked import TextAsked, borne_by, text_asked
from assistant.answers.texts import Read
from assistant.answers.words import stems
from assistant.grounding.sentences import sentences
from assistant.ports import Retriever
from assistant.retrieval.standalone import resolve
from assistant.types import Filters, Passage, StandaloneQuestion, StoredChunk

_MOST_TEXTS = 4
# What others tell of a text is passed over for what it says, but not unseen.
_OF_OTHERS = 2
# How terms in an office are told, and how far down those are looked for.
_TELLS_A_TERM = (
    "was appointed {} by the president, entered duty and served until",
    "served as {} from until",
    "was sworn in as {}",
)
_MANY = 150


@dataclass(frozen=True, slots=True)
class Search:
    """When, how much, where and how exactly it is searched, as `Retriever.retrieve` takes it."""

    as_of: datetime
    top_k: int
    filters: Filters
    exactly: bool

    def by(self, retriever: Retriever, question: StandaloneQuestion) -> list[Passage]:
        """What a retriever finds so, best first."""
        return retriever.retrieve(
            question,
            as_of=self.as_of,
            top_k=self.top_k,
            filters=self.filters,
            exactly=self.exactly,
        )


@dataclass(frozen=True, slots=True)
class TextLookup:
    """Adds passages of the text that a question names to those that were found for it.

    An article says "the present Agreement" and hardly ever of which: by the words of a question
    that names the agreement, those of others that cite it are found.
    """

    retriever: Retriever
    neighbours: Neighbours
    read: Read

    def added(
        self,
        question: StandaloneQuestion,
        passages: Sequence[Passage],
        search: Search,
    ) -> list[Passage]:
        """The passages, most of the text that is named, best first; else as they were."""
        if office := office_at(question.text):
            return self._of_terms(office, passages, search)
        asked = text_asked(question.text)
        if asked is None or search.filters.document_ids:
            return list(passages)
        near = search.by(self.retriever, resolve(asked.said, ()))
        text = self._borne_by(asked, [one.stored for one in near])
        if text is None:
            return list(passages)
        only = replace(search, filters=replace(search.filters, document_ids=(text.document_id,)))
        own = only.by(self.retriever, resolve(asked.rest, ()))
        own = [one for one in own if one.stored.version_id == text.version_id]
        own = own[: max(1, search.top_k - _OF_OTHERS)]
        found = [*{_place(one): one for one in (*own, *passages)}.values()]
        named = next((one for one in found if _names(asked, text, one)), None)
        kept = sorted(found, key=lambda one: one.stored.version_id != text.version_id)
        kept = [one for one in kept if one is not named][: search.top_k - (named is not None)]
        kept = sorted([*kept, *filter(None, [named])], key=lambda one: -one.score)
        return [replace(one, rank=rank) for rank, one in enumerate(kept, start=1)]

    def _of_terms(
        self, asked: OfficeAt, passages: Sequence[Passage], search: Search
    ) -> list[Passage]:
        """The passages, first those that tell who had an office then, by their terms.

        1950 stands nowhere in what says from 1949 until 1953. Of a term without an end the next
        one's passage is shown, too.
        """
        wide = replace(search, top_k=_MANY)
        near = [
            one
            for said in _TELLS_A_TERM
            for one in wide.by(self.retriever, resolve(said.format(asked.called), ()))
        ]
        found = [*{_place(one): one for one in near}.values()]
        chunks = [(one, chunk.stored) for one in found for chunk in one.chunks]
        said = ([each.text for each in sentences(stored.chunk.text)] for _, stored in chunks)
        of_one = (stored.version_id for _, stored in chunks)
        terms = terms_of(asked, zip(of_one, said, strict=True))
        held = [chunks[terms[i][1]][0] for i in asked.shown([term for term, _ in terms])]
        kept = {_place(one): one for one in (*held, *passages)}.values()
        best = sorted([*kept][: search.top_k], key=lambda one: -one.score)
        return [replace(one, rank=rank) for rank, one in enumerate(best, start=1)]

    def _borne_by(self, asked: TextAsked, stored: Sequence[StoredChunk]) -> StoredChunk | None:
        versions = [*{one.version_id: one for one in stored[::-1]}.values()][::-1]
        texts = texts_of(versions[:_MOST_TEXTS], self.neighbours, self.read)
        text = borne_by(asked, texts)
        return text.chunks[0] if text else None


def _names(asked: TextAsked, text: StoredChunk, passage: Passage) -> bool:
    """Whether a passage of another text says the name: it may tell what this one does not."""
    another = passage.stored.version_id != text.version_id
    return another and any(way <= stems(passage.text) for way in asked.name.ways)


def _place(passage: Passage) -> tuple[str, int]:
    return passage.stored.version_id, passage.stored.chunk.start
