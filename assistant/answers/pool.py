"""Sentences that may be chosen, with the chunks they stand in."""

from dataclasses import dataclass

from assistant.answers.reading import Part
from assistant.types import StoredChunk


@dataclass(frozen=True, slots=True)
class Source:
    """A chunk sentences are taken from, with its score in [0, 1] and cosine in [-1, 1].

    `called` are the whole names of what it calls by shorter ones that its document gave them.
    """

    stored: StoredChunk
    score: float
    cosine: float
    called: tuple[str, ...] = ()

    @property
    def context(self) -> str:
        """The title and the headings above the chunk, and the names of what it is about."""
        above = [self.stored.metadata.title, *self.stored.chunk.headings, *self.called]
        return " > ".join(dict.fromkeys(above))


@dataclass(frozen=True, slots=True)
class Pooled:
    """A sentence that may be chosen, with its chance to belong to the answer, in [0, 1].

    `label` is told before it: what the value of a labelled cell is of. Of the row of a table only
    `columns` are told, by their numbers in the row, if any are given.
    """

    source: Source
    part: Part
    chance: float
    label: str = ""
    columns: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The sentence."""
        return self.part.text

    @property
    def around(self) -> str:
        """What the sentence stands in: its chunk, with the title and the headings above."""
        return f"{self.source.context}\n{self.source.stored.chunk.text}"

    @property
    def place(self) -> tuple[str, str, int]:
        """Sorts sentences of one version by where they stand."""
        stored = self.source.stored
        return stored.document_id, stored.version_id, stored.chunk.start + self.part.start
