"""A document cut by hand into passages, for tests of what comes after retrieval."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.answers.draft import Draft
from assistant.answers.extractive import ExtractiveAnswerer
from assistant.answers.reading import Reader
from assistant.models.encoder import TokenLocalEncoder
from assistant.ports import TextEncoder
from assistant.retrieval.asking import unit
from assistant.retrieval.standalone import resolve
from assistant.types import (
    Chunk,
    ChunkId,
    DocumentId,
    Metadata,
    Passage,
    StandaloneQuestion,
    StoredChunk,
    VersionId,
)


class Shelf:
    """One document: `(heading, text)` sections, each a chunk of it."""

    def __init__(
        self, title: str, sections: Sequence[tuple[str, str]], encoder: TextEncoder
    ) -> None:
        self._encoder = encoder
        metadata = Metadata(title, issuer="A ministry", published_on=date(2026, 3, 1))
        self.text = ""
        self.stored: list[StoredChunk] = []
        for i, (heading, text) in enumerate(sections):
            self.text += f"{heading}\n\n"
            start = len(self.text)
            self.text += f"{text}\n\n"
            chunk = Chunk(
                ChunkId(f"{title}-{i}"), i, start, start + len(text), text, (title, heading)
            )
            self.stored.append(
                StoredChunk(
                    chunk, DocumentId(title), VersionId(title), f"file:///{title}", metadata
                )
            )
        texts = [f"{' > '.join(s.chunk.headings)}\n{s.chunk.text}" for s in self.stored]
        self._vectors = np.asarray(encoder.embed_documents(texts), dtype=np.float32)

    def passages(self, question: StandaloneQuestion, top_k: int = 8) -> list[Passage]:
        """The nearest sections, best first; what is near scores higher than its cosine."""
        cosines = self._vectors @ self._vector(question)
        order = np.argsort(-cosines)[:top_k]
        return [
            Passage(rank, float(np.sqrt(max(cosines[i], 0))), self.stored[i], float(cosines[i]))
            for rank, i in enumerate(order, start=1)
        ]

    def _vector(self, question: StandaloneQuestion) -> NDArray[np.float32]:
        """The question's vector, of unit length, with its share of the context it follows."""
        asked = np.asarray(self._encoder.embed_query(question.asked), np.float32)
        if question.context is not None:
            context = np.asarray(self._encoder.embed_query(question.context), np.float32)
            asked = unit(asked + question.weight * context)
        return asked

    def draft(self, question: str, encoder: TokenLocalEncoder) -> Draft:
        """The extractive answer from the sections to a question by itself."""
        standalone = resolve(question, ())
        answerer = ExtractiveAnswerer(Reader(encoder), self.neighbours)
        return answerer.draft(standalone, self.passages(standalone))

    def neighbours(self, stored: StoredChunk, reach: int) -> Sequence[StoredChunk]:
        """The sections beside this one, with itself."""
        i = stored.chunk.ordinal
        return self.stored[max(0, i - reach) : i + reach + 1]
