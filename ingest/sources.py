"""Sources: files as found in folders, or uploaded. Nothing is read before it is asked for."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from assistant.errors import SourceUnreadableError, UnsupportedSourceError
from assistant.types import SourceFailure

_SUFFIXES = """
.pdf .docx .docm .dotx .dotm .doc .dot .wpd .odt .ott .fodt .rtf
.pptx .pptm .potx .potm .ppsx .ppsm .ppt .pps .pot .odp .otp .fodp .odg
.xlsx .xlsm .xltx .xltm .xlsb .xls .xlt .ods .ots .fods .csv .tsv .tab
.html .htm .xhtml .mht .mhtml .md .markdown .mkd .txt .text .xml
.json .jsonl .ndjson .eml .mbox .epub .zip .gz
"""
READABLE = frozenset(_SUFFIXES.split())
READABLE_KINDS = (
    "PDF, Word, PowerPoint, Excel, OpenDocument, RTF, HTML, Markdown, text, CSV, JSON, "
    "e-mail (EML), EPUB and ZIP"
)

_CLUTTER = frozenset({"thumbs.db", "desktop.ini", "__macosx", "node_modules", "__pycache__"})
_CLUTTER_PREFIXES = (".", "~$")
_LONGEST_NAME = 150
WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Source:
    """A file as found, bytes as sent, or an address not fetched yet.

    The times are 0 where there are none; the size of what an address leads to is 0 until it is
    fetched. `container_uri` names the outermost source it lies in, `depth` how many there are.
    """

    uri: str
    name: str
    size: int
    mtime_ns: int
    path: Path | None
    data: bytes | None
    title: str | None = None
    ctime_ns: int = 0
    container_uri: str | None = None
    depth: int = 0

    @property
    def is_remote(self) -> bool:
        """Whether it has to be fetched from a web server."""
        return self.uri.startswith(WEB)

    def read(self) -> bytes:
        """The bytes. Raises `SourceUnreadableError` where the file vanished or is refused."""
        if self.data is not None:
            return self.data
        if self.path is None:
            raise SourceUnreadableError("has neither a file nor bytes. Send it again.")
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise SourceUnreadableError(advice(error)) from error


def uploaded(name: str, data: bytes) -> Source:
    """A source made of bytes; its URI is `upload:` and the last part of its name."""
    safe = _safe(name)
    return Source(f"upload:{quote(safe)}", safe, len(data), 0, None, data)


def sent(name: str, path: Path) -> Source:
    """A source that was sent under a name and lies at a path; its URI is as of `uploaded`.

    A name may begin with that of its owner and a slash, which are a part of the URI.
    """
    safe, status = _safe(name), path.stat()
    uri = f"{apart(name)}{quote(safe)}"
    return Source(uri, safe, status.st_size, status.st_mtime_ns, path, None)


def apart(name: str) -> str:
    """How the URIs of what the owner of a sent file sends begin; of all, where it has none."""
    owner, slash, _ = name.rpartition("/")
    return f"upload:{quote(owner, safe='')}{slash}"


def _safe(name: str) -> str:
    last = PurePosixPath(name.replace("\\", "/")).name
    safe = "".join(character for character in last if character.isprintable()).strip(" .")
    if len(safe) > _LONGEST_NAME:
        suffix = PurePosixPath(safe).suffix[:20]
        safe = safe[: _LONGEST_NAME - len(suffix)] + suffix
    return safe or "unnamed"


def addressed(url: str) -> Source:
    """What a web address leads to; nothing is fetched yet."""
    return Source(url, url, 0, 0, None, None)


def is_address(name: str) -> bool:
    """Whether a name on the command line is a web address rather than a path."""
    return name.lower().startswith(WEB)


def member(container: Source, name: str, file_name: str, path: Path) -> Source:
    """A document inside another source, as its bytes lie unpacked at a path."""
    return Source(
        uri=f"{container.uri}#{quote(name)}",
        name=file_name,
        size=path.stat().st_size,
        mtime_ns=0,
        path=path,
        data=None,
        container_uri=container.container_uri or container.uri,
        depth=container.depth + 1,
    )


def find(paths: Iterable[Path]) -> Iterator[Source | SourceFailure]:
    """The sources at these paths: files themselves, folders through and through, sorted by name.

    Hidden files and system clutter in folders are passed over; what cannot be read is a failure.
    """
    seen: set[Path] = set()
    for path in paths:
        yield from _found(Path(path), seen, given=True)


def _found(path: Path, seen: set[Path], *, given: bool) -> Iterator[Source | SourceFailure]:
    try:
        real = path.resolve(strict=True) if given or path.is_symlink() else path
        status = real.stat()
    except (OSError, RuntimeError) as error:
        yield _failure(path, SourceUnreadableError(advice(error)))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _inside(real, seen)
    elif not stat.S_ISREG(status.st_mode):
        if given:
            yield _failure(path, UnsupportedSourceError("is not a file. Name a file or a folder."))
    elif given or is_readable(path.name):
        yield Source(
            uri=real.as_uri(),
            name=_name(path),
            size=status.st_size,
            mtime_ns=status.st_mtime_ns,
            path=real,
            data=None,
            ctime_ns=status.st_ctime_ns,
        )
    else:
        yield _failure(path, unsupported(path.name))


def _inside(folder: Path, seen: set[Path]) -> Iterator[Source | SourceFailure]:
    """What a folder holds; one reached a second time, by a link, is passed over."""
    if folder in seen:
        return
    seen.add(folder)
    try:
        names = sorted(child.name for child in folder.iterdir())
    except OSError as error:
        yield _failure(folder, SourceUnreadableError(advice(error)))
        return
    for name in names:
        if not name.startswith(_CLUTTER_PREFIXES) and name.lower() not in _CLUTTER:
            yield from _found(folder / name, seen, given=False)


def is_readable(name: str) -> bool:
    """Whether a file of this name may have a loader; one without suffix may be text."""
    suffix = _suffix(name)
    return not suffix or suffix in READABLE


def unsupported(name: str) -> UnsupportedSourceError:
    """The refusal of a file by its name, with what to do about it."""
    kind = _suffix(name) or "such"
    return UnsupportedSourceError(
        f"{kind} files are not read, only {READABLE_KINDS}. Save it as one of these, or leave it."
    )


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _name(path: Path) -> str:
    """The file's name in valid Unicode, whatever its bytes are."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def _failure(path: Path, error: Exception) -> SourceFailure:
    shown = os.fsencode(path).decode("utf-8", "replace")
    return SourceFailure(shown, type(error).__name__, str(error))


def advice(error: Exception) -> str:
    """What to do about an error of the file system."""
    match error:
        case FileNotFoundError():
            return "does not exist or is gone. Check the path."
        case PermissionError():
            return "may not be read by this user. Change its permissions."
        case RuntimeError():
            return "is a link that leads back to itself. Remove the link."
        case OSError(strerror=str() as reason):
            return f"cannot be read: {reason}. Check the file and the disk."
        case _:
            return "cannot be read. Check the file and the disk."
