"""The error tree. Every message says what happened and what to do next.

AssistantError
├─ ConfigurationError          missing key, bad value, unknown model
├─ IngestError
│  ├─ UnsupportedSourceError   no loader for this kind of file
│  ├─ SourceTooLargeError      larger than the setting allows
│  ├─ SourceUnreadableError    damaged, encrypted, wrong encoding
│  ├─ SourceLimitError         needs more time, memory, pages, room or nesting than is allowed
│  └─ NoTextError              nothing to read: a scan without a text layer, an empty file
├─ LibraryError
│  ├─ LibraryInUseError        another process owns the data directory
│  ├─ LibraryDamagedError      a store cannot be opened or written
│  ├─ LibraryUnavailableError  a store is away or full  (retryable)
│  │  └─ DiskFullError         the ledger's file finds no room
│  ├─ EmbeddingMismatchError   built with another embedder
│  ├─ DocumentNotFoundError    no such document or version
│  ├─ AsOfPrunedError          what stood at that time was pruned
│  ├─ RestoreConflictError     the version cannot stand again as it is asked
│  └─ RunNotFoundError         no such ingest run
├─ ModelError
│  ├─ ModelUnavailableError    timeout, connection, 5xx   (retryable)
│  ├─ ModelBusyError           rate limit                 (retryable)
│  └─ ModelRefusedError        key, quota, bad request
├─ QuestionError               empty or too long a question
└─ TextError                   empty or too long a text to check
"""

import errno
from typing import ClassVar


class AssistantError(Exception):
    """Anything the product refuses or fails at, with a message written for its reader."""

    retryable: ClassVar[bool] = False


class ConfigurationError(AssistantError):
    """A setting is missing or cannot be used."""


class IngestError(AssistantError):
    """One source could not be taken in; the run goes on without it."""


class UnsupportedSourceError(IngestError):
    """No loader reads this kind of file."""


class SourceTooLargeError(IngestError):
    """The source is larger than the setting allows."""


class SourceUnreadableError(IngestError):
    """The source is damaged, encrypted or not what its name says."""


class SourceLimitError(IngestError):
    """Reading the source takes more time, memory, pages, room or nesting than is allowed."""


class NoTextError(IngestError):
    """The source was read and holds no text, as a scan without a text layer does."""


class LibraryError(AssistantError):
    """The library cannot be opened, read or written."""


class LibraryInUseError(LibraryError):
    """Another process owns the data directory."""


class LibraryDamagedError(LibraryError):
    """A store cannot be opened or written."""


class LibraryUnavailableError(LibraryError):
    """A store cannot be reached for now, or has no room: on its disk, or for a connection."""

    retryable: ClassVar[bool] = True


class DiskFullError(LibraryUnavailableError):
    """The disk of the ledger's file has no room; what was written before stays.

    Of a library on servers another process may have room: there a full disk is one that is away.
    """


def unwritten(message: str, error: OSError) -> LibraryError:
    """The error for what a disk did not take: one that is full may be tried again."""
    return (LibraryUnavailableError if is_full(error) else LibraryDamagedError)(message)


def is_full(error: OSError) -> bool:
    """Whether it is for want of room."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


class EmbeddingMismatchError(LibraryError):
    """The library was built with another embedder than the one configured."""


class DocumentNotFoundError(LibraryError):
    """The library has no such document or version."""


class AsOfPrunedError(LibraryError):
    """What stood at the time asked about was pruned."""


class RestoreConflictError(LibraryError):
    """A version cannot stand again: it stands already, or another document has its place."""


class RunNotFoundError(LibraryError):
    """The library has no such ingest run."""


class ConversationNotFoundError(LibraryError):
    """There is no such conversation, or it is somebody else's."""


class AnswerNotFoundError(LibraryError):
    """No such answer was given, or it is not known any more."""


class ModelError(AssistantError):
    """A chat or embedding model behind an API did not do its part."""


class ModelUnavailableError(ModelError):
    """The model's server timed out, refused the connection or failed."""

    retryable: ClassVar[bool] = True


class ModelBusyError(ModelError):
    """The model's server asks to slow down."""

    retryable: ClassVar[bool] = True


class ModelRefusedError(ModelError):
    """The model's server refused: key, quota, unknown model or bad request."""


class QuestionError(AssistantError):
    """The question is empty or longer than allowed."""


class TextError(AssistantError):
    """The text to check is empty or longer than allowed."""
