"""The product's retriever, and the same as a LangChain retriever for other programs."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from assistant.ports import Reranker, Retriever, TextEncoder
from assistant.retrieval.asking import Terms, asked, nearness, read_terms, read_vectors, unit
from assistant.retrieval.candidates import CandidateSearch, Found, Said, Searched
from assistant.retrieval.designations import also_written
from assistant.retrieval.features import Asked, Floats
from assistant.retrieval.joining import forms, joined
from assistant.retrieval.passages import SPREAD, RankedChunk, assemble
from assistant.retrieval.ranking import Ranked, Ranker
from assistant.retrieval.reranking import reranked
from assistant.retrieval.short_names import provision_in_full
from assistant.retrieval.standalone import resolve
from assistant.types import Filters, Passage, StandaloneQuestion

# What is shown hardly ever stands farther back.
_READ = 32


@dataclass(frozen=True, slots=True)
class HybridRetriever:
    """Candidates of both indexes, put in order by a second stage and assembled to passages.

    `spread` is how much documents make room for each other; at 0, they do not. A `reranker` reads
    the best candidates once more. With a `pool`, the words of a question are searched there
    while it is embedded. With `turns`, questions are retrieved there, as many at once as it has
    threads, in the order in which they came: more threads than cores only wait for each other.
    """

    search: CandidateSearch
    encoder: TextEncoder
    ranker: Ranker
    spread: float = SPREAD
    reranker: Reranker | None = None
    pool: Executor | None = None
    turns: Executor | None = None

    def retrieve(
        self,
        question: StandaloneQuestion,
        *,
        as_of: datetime,
        top_k: int,
        filters: Filters,
        exactly: bool = False,
    ) -> list[Passage]:
        """Passages valid at `as_of`, best first; none where the library is empty.

        With `exactly`, the passages and scores of then, whatever came into the library since.

        Raises:
            AsOfPrunedError: they are asked exactly, and what stood then was pruned.
        """
        retrieving = partial(self._retrieved, question, as_of, top_k, filters, exactly)
        return retrieving() if self.turns is None else self.turns.submit(retrieving).result()

    def _retrieved(
        self,
        question: StandaloneQuestion,
        as_of: datetime,
        top_k: int,
        filters: Filters,
        exactly: bool,
    ) -> list[Passage]:
        searched = self.search.at(as_of, filters, exactly=exactly)
        if searched is None:
            return []
        readings = [self._read(searched, form) for form in forms(question)]
        ranked = joined([ranked for _, ranked in readings])
        if searched_too := question.searched or provision_in_full(question.text):
            other = resolve(searched_too, ())
            ranked = joined([ranked, self._read(searched, other)[1]], max)
        mixed = self._mixed(question, readings[0][0])
        read = self.with_texts(searched, ranked[: max(_READ, 2 * top_k)])
        return assemble(
            reranked(question.text, read, self.reranker),
            top_k,
            read=self.search.ledger.span,
            cosine=partial(_cosine, mixed),
            spread=self.spread,
        )

    def _read(self, searched: Searched, question: StandaloneQuestion) -> tuple[Asked, list[Ranked]]:
        """Words are searched while the embedder and the search by vectors are at work.

        Both leave the interpreter free. The embedder has this thread: waiting for a turn elsewhere,
        it would begin late.
        """
        searching = self._begun(searched, question)
        read = read_vectors(question, self.encoder)
        near = self.search.close(searched, directions(question, nearness(read), read.own))
        words, said = searching()
        asking = asked(question, words, read, searched.lexical)
        found = self.candidates(searched, asking.asked, question, said, near)
        return asking.asked, self.ranker.rank(asking, found)

    def _begun(
        self, searched: Searched, question: StandaloneQuestion
    ) -> Callable[[], tuple[Terms, Said]]:
        if self.pool is None:
            return partial(self._words, searched, question)
        return self.pool.submit(self._words, searched, question).result

    def _words(self, searched: Searched, question: StandaloneQuestion) -> tuple[Terms, Said]:
        words = read_terms(question, searched.lexical)
        return words, self.search.say(searched, also_written(question.asked), words.carried)

    def candidates(
        self,
        searched: Searched,
        asked: Asked,
        question: StandaloneQuestion,
        said: Said | None = None,
        near: Sequence[Said] | None = None,
    ) -> Found:
        """What both indexes find for a question, by their chunks' ids."""
        vector, *also = directions(question, asked.near, asked.own)
        return self.search.find(
            searched,
            vector,
            also_written(question.asked),
            also=also,
            carried=asked.carried,
            said=said,
            near=near,
        )

    def with_texts(self, searched: Searched, ranked: Sequence[Ranked]) -> list[RankedChunk]:
        """The same with their texts, without those that ceased to stand meanwhile."""
        found = {one.candidate.chunk_id: one for one in ranked}
        if searched.narrowed is not None and searched.filters.readable is None:
            known = searched.narrowed.stored([*found])
        else:
            # Who may read what is asked of the ledger, which alone knows it at this moment.
            known = self.search.ledger.chunks([*found], searched.as_of, searched.filters)
        return [
            RankedChunk(stored, one.score, one.candidate.cosine, one.candidate.vector)
            for stored, one in ((known[name], found[name]) for name in known)
        ]

    def _mixed(self, question: StandaloneQuestion, asked: Asked) -> Floats:
        if question.context is None:
            return asked.own
        context = np.asarray(self.encoder.embed_query(question.context), np.float32)
        return unit(asked.own + question.weight * context)


def directions(question: StandaloneQuestion, near: Floats, own: Floats) -> list[Floats]:
    """The vectors that a question is searched by; its own too after something was said."""
    return [near, own] if question.background else [near]


def _cosine(mixed: Floats, one: RankedChunk) -> float:
    if one.vector is None:
        return one.cosine or 0.0
    return max(-1.0, min(1.0, float(one.vector @ mixed)))


class LibraryRetriever(BaseRetriever):
    """The library as a LangChain retriever.

    Each `Document` holds a passage's text; its metadata has `document_id`, `version_id`, `start`,
    `end`, `page`, `headings`, `title`, `source_uri` and `score`, so that a citation of it can be
    opened at its place, and `also`, the other places that say the same.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: SkipValidation[Retriever]
    top_k: int = 8
    as_of: datetime | None = None
    filters: Filters = Filters()

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain names it
    ) -> list[Document]:
        passages = self.retriever.retrieve(
            resolve(query, ()),
            as_of=self.as_of or datetime.now(UTC),
            top_k=self.top_k,
            filters=self.filters,
            exactly=self.as_of is not None,
        )
        return [_document(passage) for passage in passages]


def _document(passage: Passage) -> Document:
    stored = passage.stored
    return Document(
        page_content=passage.text,
        id=stored.chunk.chunk_id,
        metadata={
            "document_id": stored.document_id,
            "version_id": stored.version_id,
            "start": stored.chunk.start,
            "end": stored.chunk.end,
            "page": stored.chunk.page,
            "headings": list(stored.chunk.headings),
            "title": stored.metadata.title,
            "source_uri": stored.source_uri,
            "score": passage.score,
            "also": [asdict(other) for other in passage.also],
        },
    )
