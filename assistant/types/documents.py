"""A source as read: its text, and what stands where in it."""

from dataclasses import dataclass
from datetime import date

from assistant.types.ids import ChunkId


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the source and the span of the text it holds; numbers start at 1.

    `confidence`, in [0, 1], is how sure the recognition of a page read from its image was; None
    where the page has text of its own.
    """

    number: int
    start: int
    end: int
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word read from a page's image: its span of the text, and its box on the page.

    The box is in fractions of the page's width and height, from its upper left corner.
    """

    page: int
    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its span of the text, and its level, 1 for the highest."""

    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a source says about itself. `language` is an ISO 639-1 code.

    `groups` are who alone may read it; they are known while it is taken in, and the ledger keeps
    them with the marking as a label.
    """

    title: str
    issuer: str | None = None
    published_on: date | None = None
    marking: str | None = None
    language: str | None = None
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """A source as read: its normalised text, and where pages and headings stand in it.

    `words` are those of pages read from their image, in order of the text. `warnings` are what a
    librarian should look at though the source could be read, each a sentence. `margins` are lines
    beside the text that may be its marking: running heads, a page's header, the name of the file.
    """

    text: str
    metadata: Metadata
    media_type: str
    pages: tuple[Page, ...] = ()
    headings: tuple[Heading, ...] = ()
    words: tuple[PlacedWord, ...] = ()
    warnings: tuple[str, ...] = ()
    margins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A span that is embedded.

    `headings` is the path of headings above it, highest first. `context` is put before the text
    when it is embedded and is never part of the span.
    """

    chunk_id: ChunkId
    ordinal: int
    start: int
    end: int
    text: str
    headings: tuple[str, ...] = ()
    page: int | None = None
    context: str = ""

    @property
    def embedding_text(self) -> str:
        """The text to embed: the context, then the chunk's own text."""
        return f"{self.context}\n{self.text}" if self.context else self.text
