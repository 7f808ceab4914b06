"""The sentences of what was found, and of what stands around it: the section, the text."""

from collections.abc import Sequence

from assistant.answers.aliases import with_aliases
from assistant.answers.features import Asked, Shown
from assistant.answers.grid import Neighbours
from assistant.answers.pool import Pooled, Source
from assistant.answers.reading import AskedTokens, Reader
from assistant.answers.scoring import Scored
from assistant.answers.texts import Read, Text, text_of_chunks
from assistant.types import Passage, StandaloneQuestion, StoredChunk

# How far a section is followed to either side of the passage that was found.
_REACH = 3
# How far a text is looked through for one of its articles.
_WHOLE = 600


class Surroundings:
    """Reads what was found for a question, and what stands around it in its documents."""

    def __init__(self, reader: Reader, neighbours: Neighbours, read: Read | None = None) -> None:
        self.neighbours = neighbours
        self._reader = reader
        self._read = read

    def ask(self, question: StandaloneQuestion) -> AskedTokens:
        """The question, token by token."""
        return self._reader.ask(question)

    def pool(self, asked: Asked, sources: Sequence[Source]) -> tuple[list[Pooled], float]:
        """The sentences of the chunks with their chances, and that of an answer among them."""
        read = self._reader.read(asked.tokens, [source.stored for source in sources])
        shown = [
            Shown(one, each.cosine, each.score) for one, each in zip(read, sources, strict=True)
        ]
        scored = Scored(asked, shown)
        split = [
            (source, part) for source, one in zip(sources, read, strict=True) for part in one.parts
        ]
        pool = [Pooled(*each, chance) for each, chance in zip(split, scored.chances, strict=True)]
        return pool, scored.answer

    def all_of(self, asked: Asked, chunks: Sequence[StoredChunk]) -> list[Pooled]:
        """All sentences of chunks."""
        return self.pool(asked, [Source(one, 0.0, 0.0) for one in chunks])[0] if chunks else []

    def section(self, asked: Asked, found: StoredChunk) -> list[Pooled]:
        """The sentences of the whole section that a chunk is of."""
        section = [
            Source(near, 0.0, 0.0)
            for near in self.neighbours(found, _REACH)
            if near.chunk.headings == found.chunk.headings
        ]
        return self.pool(asked, section)[0]

    def going_on(self, asked: Asked, stored: StoredChunk) -> list[Pooled]:
        """The sentences of a chunk and of the next."""
        near = self.neighbours(stored, 1)
        return self.all_of(asked, [o for o in near if o.chunk.ordinal >= stored.chunk.ordinal])

    def texts(self, passages: Sequence[Passage]) -> list[Text]:
        """The texts that passages are of, whole, best passages first."""
        return self.texts_of([one.stored for one in passages])

    def texts_of(self, stored: Sequence[StoredChunk]) -> list[Text]:
        """The texts that chunks are of, whole, in their order."""
        return texts_of(stored, self.neighbours, self._read)


def texts_of(
    stored: Sequence[StoredChunk], neighbours: Neighbours, read: Read | None
) -> list[Text]:
    """The texts that chunks are of, whole, in their order."""
    versions = {(one.document_id, one.version_id): one for one in stored[::-1]}
    found = [neighbours(one, _WHOLE) for one in [*versions.values()][::-1]]
    return [text_of_chunks(chunks, read) for chunks in found]


def sources_of(passages: Sequence[Passage]) -> list[Source]:
    """The chunks of the passages: a sentence has the page and headings of its own chunk."""
    return with_aliases(
        [Source(c.stored, c.score, c.cosine) for each in passages for c in each.chunks]
    )
