"""What is remembered of sources, and what a run did with them."""

from dataclasses import dataclass

from assistant.types.ids import DocumentId, RunId, VersionId


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
