"""What filters let pass: names as people write them, and folders as people type them."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import unquote, urlsplit

from assistant.errors import QuestionError
from assistant.spelling import unaccented
from assistant.types import Filters, StoredChunk

_DRIVE = re.compile(r"[a-z]:[\\/]", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_AFTER_A_FOLDER = ("/", "#", "?")
"""What follows the address of a folder, an archive or a page in those of what they hold."""


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """The name without case, accents and superfluous spaces, for comparing."""
    return " ".join(unaccented(name).casefold().split())


@lru_cache(maxsize=256)
def address_of(folder: str) -> str:
    """How the addresses of the sources in a folder begin, without a slash at the end.

    Of a folder that is written as readers are shown it (`treaties/1949`), what stands within their
    addresses, with a slash before it.

    Raises:
        QuestionError: it names no folder.
    """
    if _DRIVE.match(folder):
        return PureWindowsPath(folder).as_uri().rstrip("/")
    if folder.startswith("/"):
        return _filed(folder)
    if not _ADDRESS.match(folder):
        return _shown(folder)
    parts = urlsplit(folder)
    if parts.scheme == "file":
        member = parts.fragment.rstrip("/")
        return _filed(unquote(parts.path)) + (f"#{member}" if member else "")
    if parts.netloc:
        folder = parts._replace(netloc=parts.netloc.lower()).geturl()
    return folder.rstrip("/")


def lies_in(source_uri: str, folders: Sequence[str]) -> bool:
    """Whether a source lies in one of the folders, however deep, or is one of them."""
    return any(_holds(address_of(folder), source_uri) for folder in folders)


def passes(stored: StoredChunk, filters: Filters) -> bool:
    """Whether the names of its version and its place pass; ids and dates are not looked at."""
    found = all(value in names for value, names in _compared(stored, filters))
    return found and (not filters.folders or lies_in(stored.source_uri, filters.folders))


def _compared(stored: StoredChunk, filters: Filters) -> Iterator[tuple[str | None, set[str]]]:
    told = stored.metadata
    for value, names in (
        (told.issuer, filters.issuers),
        (told.language, filters.languages),
        (told.marking, filters.markings),
    ):
        if names:
            yield None if value is None else folded(value), set(map(folded, names))


def _filed(path: str) -> str:
    # Two slashes at the beginning mean something of their own to POSIX, and nothing to people.
    return PurePosixPath(posixpath.normpath(f"/{path.lstrip('/')}")).as_uri().removesuffix("/")


def _shown(folder: str) -> str:
    """A folder as it is shown: below what was taken in, with escapes or without."""
    path, sign, member = folder.partition("#")
    address = _filed(unquote(path)).removeprefix("file://")
    if not address:
        raise QuestionError(
            f"The folder {folder!r} is none. Write it as a document's source_uri shows it, such as "
            "treaties/1949, from the root, or as an address, such as https://example.org/texts."
        )
    return address + sign + member.rstrip("/")


def _holds(address: str, source_uri: str) -> bool:
    if not address.startswith("/"):
        return _begins(source_uri, address)
    starts = (found.start() for found in re.finditer(re.escape(address), source_uri))
    return any(_begins(source_uri[start:], address) for start in starts)


def _begins(source_uri: str, address: str) -> bool:
    if not source_uri.startswith(address):
        return False
    rest = source_uri[len(address) :]
    return not rest or address.endswith(":") or rest.startswith(_AFTER_A_FOLDER)
