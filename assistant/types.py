"""The nouns. Every `[start, end)` is in Unicode code points of a version's normalised text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, NewType

DocumentId = NewType("DocumentId", str)
VersionId = NewType("VersionId", str)
ChunkId = NewType("ChunkId", str)
RunId = NewType("RunId", str)


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
    librarian should look at though the source could be read, each a sentence.
    """

    text: str
    metadata: Metadata
    media_type: str
    pages: tuple[Page, ...] = ()
    headings: tuple[Heading, ...] = ()
    words: tuple[PlacedWord, ...] = ()
    warnings: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Look:
    """How a source looked when it was read, to tell whether it changed since.

    Size in bytes; the times, of content and of status, in nanoseconds since 1970, 0 where it has
    none. `etag` and `last_modified` are what a web server said. `loader` is the version of the
    loaders that read it.
    """

    sha256: str
    size: int
    mtime_ns: int
    ctime_ns: int
    loader: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source whose document stands. `container_uri` names the outermost source it lies in."""

    source_uri: str
    document_id: DocumentId
    version_id: VersionId
    title: str
    look: Look
    container_uri: str | None = None


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A source that is no document of its own.

    It is a container of documents, or, where `document_id` is set, a copy of that document.
    """

    source_uri: str
    look: Look
    document_id: DocumentId | None = None
    container_uri: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A document whose source is now elsewhere; `title` is set where its name gave the title."""

    state: SourceState
    source_uri: str
    look: Look
    title: str | None = None


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version ready to be written: everything but its place in time."""

    document_id: DocumentId
    version_id: VersionId
    source_uri: str
    look: Look
    document: LoadedDocument
    chunks: tuple[Chunk, ...]
    container_uri: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A version as the ledger lists it. `valid_to` is None while it stands.

    `recognised_pages` were read from their image, with the mean `confidence` in [0, 1].
    """

    document_id: DocumentId
    version_id: VersionId
    source_uri: str
    media_type: str
    source_sha256: str
    metadata: Metadata
    characters: int
    chunks: int
    pages: int
    valid_from: datetime
    valid_to: datetime | None = None
    recognised_pages: int = 0
    confidence: float | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A part of two texts: the same in both, or what of the one became what of the other.

    The spans are of the earlier text (`from_`) and of the later one (`to_`).
    """

    kind: Literal["equal", "insert", "delete", "replace"]
    from_start: int
    from_end: int
    to_start: int
    to_end: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions of a document with their texts, and the changes from one to the other.

    The changes are in order, and their spans tile both texts.
    """

    earlier: Version
    later: Version
    earlier_text: str
    later_text: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One page of a listing; `next_cursor` is None on the last."""

    items: tuple[Version, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk with what a citation of it needs to know of its version."""

    chunk: Chunk
    document_id: DocumentId
    version_id: VersionId
    source_uri: str
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Readable:
    """What somebody may read: versions of these markings, for everybody or for these groups.

    Names are as `assistant.access.ladders.spelled` has them; None stands for all.
    """

    markings: frozenset[str] | None
    groups: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrows a search; an empty field does not narrow. Dates are inclusive.

    Names are compared without regard to case and accents. `folders` are where sources lie: paths,
    or addresses that those of the sources begin with, as `library.filtering` reads them.
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


class Role(StrEnum):
    """Who spoke."""

    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation so far."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as asked. `as_of` None means now; `top_k` None means the setting."""

    text: str
    history: tuple[Turn, ...] = ()
    as_of: datetime | None = None
    top_k: int | None = None
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class StandaloneQuestion:
    """A question that can be searched without its history.

    `context` is the earlier question whose meaning is mixed in, `weight` its weight beside the
    question's own, which is 1. `said` is what was answered to it: a follow-up asks for more.
    `earlier` and `answers` are the last questions and answers before it, oldest first, and
    `background` what of them an embedder reads before it; all empty where nothing was said before
    or it opens another subject. `rewritten` is the question as a chat model put it, which is
    searched beside `asked`; empty where none did. `translated` is a French question in English
    words, for texts in English, and `searched` the same with all that each word may mean. `term` is
    what was given in place of a question ("ISAF"), which `text` then asks about.
    """

    text: str
    asked: str
    context: str | None = None
    weight: float = 0.0
    said: str = ""
    earlier: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    background: str = ""
    rewritten: str = ""
    translated: str = ""
    searched: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A marker in an answer tied to a span: `text[start:end] == quote` in that version."""

    marker: int
    document_id: DocumentId
    version_id: VersionId
    source_uri: str
    metadata: Metadata
    page: int | None
    headings: tuple[str, ...]
    start: int
    end: int
    quote: str


Verdict = Literal["quoted", "supported", "unsupported"]
Unsupported = Literal["remove", "strike", "flag"]
"""What becomes of a model's sentence that no passage carries."""


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of the answer, as its span of the answer's text.

    `support` is in [0, 1]: 1 for a quotation, else how well the cited spans carry the sentence.
    `problem` says what is wrong with one that is unsupported.
    """

    text: str
    start: int
    end: int
    citations: tuple[int, ...]
    verdict: Verdict
    support: float
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Removed:
    """A sentence that a model wrote and no passage carries, and what is wrong with it."""

    text: str
    problem: str


Outcome = Literal["answered", "partly_answered", "not_answered", "unclear", "courtesy"]
"""What became of a question; an answer abstains in the last three."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two quotations that contradict each other, by their markers.

    `about` is what they differ in; `later` the marker of the one that was published later, None
    where a date is not known or both have the same.
    """

    citations: tuple[int, int]
    about: Literal["the date", "the figure", "yes or no"]
    later: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its proof.

    `timings_ms` has at least `total` and `retrieve`, both since the question was asked. `note` says
    why another answerer than the configured one answered. `confidence` is the probability that the
    library answers the question, in [0, 1]; None where it was not estimated. `missing` says, a
    sentence each, what of the question is not answered; `readings` are questions that an unclear
    one may mean, each of which the library answers. What is missing and where quotations disagree
    is also said at the end of the text, after the sentences. `filters` narrowed the search.
    """

    answer_id: str
    question: str
    standalone_question: str
    text: str
    abstained: bool
    answered_by: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    as_of: datetime
    marking: str | None
    prompt_version: str | None
    timings_ms: Mapping[str, float]
    note: str | None = None
    confidence: float | None = None
    outcome: Outcome = "answered"
    missing: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    removed: tuple[Removed, ...] = ()
    filters: Filters = Filters()


@dataclass(frozen=True, slots=True)
class PassagesFound:
    """The passages an answer will be composed from, best first, and their highest marking."""

    passages: tuple[Passage, ...]
    marking: str | None = None


@dataclass(frozen=True, slots=True)
class TextDelta:
    """The next piece of the answer's text, as it is being composed."""

    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The whole answer, proved; always the last event."""

    answer: Answer


AnswerEvent = PassagesFound | TextDelta | Answered


@dataclass(frozen=True, slots=True)
class SourceFailure:
    """A source that could not be taken in: the kind of error, and what to do about it."""

    source: str
    error: str
    detail: str


@dataclass(frozen=True, slots=True)
class KnownFailure:
    """A source that could not be read, and how it looked: looking so, it is not read again."""

    failure: SourceFailure
    look: Look


@dataclass(frozen=True, slots=True)
class SourceWarning:
    """A source that was taken in and that a librarian should look at nevertheless."""

    source: str
    detail: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What a run did. Counts are of sources; `chunks` were made in `elapsed_s` seconds.

    `moved` sources have the same content at a new place, `duplicated` ones that of another.
    """

    run_id: RunId
    added: int
    updated: int
    unchanged: int
    removed: int
    failed: tuple[SourceFailure, ...]
    chunks: int
    elapsed_s: float
    moved: int = 0
    duplicated: int = 0
    warnings: tuple[SourceWarning, ...] = ()
