"""What reading a source gives: a document, the documents it holds, or both."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.types import LoadedDocument
from ingest.limits import Limits


@dataclass(frozen=True, slots=True)
class Member:
    """A document inside another source: a file of an archive, an attachment, a record.

    `name` is what tells it from the others of its container, as a path or an id; `file_name` has
    the suffix its kind is told by. Its bytes lie in the file at `path`, in the reader's room.
    """

    name: str
    file_name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Parsed:
    """A source as read. A message with attachments has both a document and members.

    `warnings` are about the container itself, such as a member that was left out and why.
    """

    document: LoadedDocument | None
    members: tuple[Member, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a loader may use while it reads one source.

    `room` is an empty folder of its own, for members; `depth` is how many containers the source
    lies in. `page_recognised` is called after each page that is read from its image: it earns the
    time for the next.
    """

    limits: Limits
    room: Path
    depth: int = 0
    page_recognised: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a page, in fractions of its width and height from the upper left corner.

    The page is taken as it is shown: turned and cropped.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float
