"""What is searched, and what is found."""

from dataclasses import dataclass
from datetime import date

from assistant.types.ids import DocumentId, VersionId
from assistant.types.versions import StoredChunk


@dataclass(frozen=True, slots=True)
class Readable:
    """What somebody may read: versions of these markings, for everybody or for these groups.

    Markings are as `assistant.access.spellings.classified` has them, groups as `spelled` has; None
    stands for all.
    """

    markings: frozenset[str] | None
    groups: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrows a search; an empty field does not narrow. Dates are inclusive.

    Names are compared without regard to case and accents. `folders` are where sources lie: paths,
    from the root or as they are shown, or addresses that those of the sources begin with, as
    `library.filtering` reads them.
    `readable` is what the caller may read, None for everything; nobody asks for it.
    """

    document_ids: tuple[DocumentId, ...] = ()
    issuers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    markings: tuple[str, ...] = ()
    published_from: date | None = None
    published_to: date | None = None
    folders: tuple[str, ...] = ()
    readable: Readable | None = None


@dataclass(frozen=True, slots=True)
class AlsoIn:
    """Another place that says what a passage says, or a part of it; `score` (0 to 1) is its own."""

    document_id: DocumentId
    version_id: VersionId
    title: str
    source_uri: str
    marking: str | None
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class FoundChunk:
    """A chunk of a passage, with its own score in [0, 1] and cosine in [-1, 1]."""

    stored: StoredChunk
    score: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A span retrieved. `rank` starts at 1; `score` is in [0, 1], higher is better.

    `cosine` is that of the question and the passage, in [-1, 1]. Where the span covers several
    chunks, `parts` are these in reading order, and `stored` has the page of the first. `also` are
    other places that say the same or a part of it, best first.
    """

    rank: int
    score: float
    stored: StoredChunk
    cosine: float
    also: tuple[AlsoIn, ...] = ()
    parts: tuple[FoundChunk, ...] = ()

    @property
    def text(self) -> str:
        """The passage's span of the version's text."""
        return self.stored.chunk.text

    @property
    def chunks(self) -> tuple[FoundChunk, ...]:
        """The chunks it covers, in reading order; a citation takes its page from one of them."""
        return self.parts or (FoundChunk(self.stored, self.score, self.cosine),)
