"""A document cut by hand into passages, for tests of what comes after retrieval."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from assistant.answers.draft import Draft
from assistant.answers.extractive import ExtractiveAnswerer
from assistant.answers.reading import Reader
from assistant.models.encoder import TokenLocalEncoder
from assistant.ports import TextEncoder
from assistant.retrieval.retriever import question_vector
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
        """The nearest sections, best first."""
        cosines = self._vectors @ np.asarray(question_vector(question, self._encoder), np.float32)
        order = np.argsort(-cosines)[:top_k]
        return [
            Passage(rank, float(cosines[i]), self.stored[i], float(cosines[i]))
            for rank, i in enumerate(order, start=1)
        ]

    def draft(self, question: str, encoder: TokenLocalEncoder) -> Draft:
        """The extractive answer from the sections to a question by itself."""
        standalone = resolve(question, ())
        answerer = ExtractiveAnswerer(Reader(encoder), self.neighbours)
        return answerer.draft(standalone, self.passages(standalone))

    def neighbours(self, stored: StoredChunk, reach: int) -> Sequence[StoredChunk]:
        """The sections beside this one, with itself."""
        i = stored.chunk.ordinal
        return self.stored[max(0, i - reach) : i + reach + 1]
