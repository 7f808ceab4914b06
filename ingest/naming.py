"""What sources are called: a path, the `file:` address of one, or an address of the web."""

import os
import re
from pathlib import Path

from assistant.errors import IngestError, SourceUnreadableError, UnsupportedSourceError
from ingest.mirror import path_of
from ingest.sources import is_address

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):(/*)", re.IGNORECASE)
_ELSEWHERE = frozenset(
    {"data", "ftp", "ftps", "gs", "http", "https", "mailto", "s3", "sftp", "smb"}
)
"""Kinds of addresses that are told from a file's name though no slashes follow them."""
_AUTHORITY = re.compile(r"[^/\\?#]*")
_PORT = re.compile(r"(\[[^\]]*\]|[^:]*)(:[0-9]*)?")
_MARK = "***@"


def place_of(name: str) -> Path | None:
    """The path that a name means; None where it is an address of the web.

    Raises:
        IngestError: it is an address of another kind, or of a file elsewhere, or gives a password
            away.
    """
    found = _SCHEME.match(name)
    kind = found[1].lower() if found else None
    if found is None or (kind != "file" and _is_path(name, kind, found[2])):
        path = Path(name)
    elif _secret_end(name) is not None:
        raise secretive()
    elif is_address(name):
        return None
    elif kind == "file":
        path = _filed(name)
    else:
        raise UnsupportedSourceError(
            f"is an address of the kind {kind}:, and only https:, http: and file: are read. "
            "Download the document and ingest the file."
        )
    if "\0" in str(path):
        raise SourceUnreadableError("has a NUL character in its name. Check the path.")
    return path


def may_be_folder(name: str) -> bool:
    """Whether a name means a place on this machine that is no single file."""
    try:
        path = place_of(name)
    except IngestError:
        return False
    return path is not None and not path.is_file()


def without_secret(name: str) -> str:
    """The name with a mark in place of a user and a password, so that it can be kept and shown."""
    start, end = _start(name), _secret_end(name)
    return name if end is None else f"{name[:start]}{_MARK}{name[end:]}"


def secretive() -> SourceUnreadableError:
    """The refusal of an address with a user or a password in it."""
    return SourceUnreadableError(
        "has a user or a password in it, which would be kept. Leave them out, or save the "
        "document and ingest the file."
    )


def _is_path(name: str, kind: str | None, slashes: str) -> bool:
    """Whether what looks like a kind of address is the beginning of a file's name."""
    if slashes.startswith("//"):
        return False
    return kind not in _ELSEWHERE or os.path.lexists(name)


def _filed(name: str) -> Path:
    try:
        path = path_of(name)
    except ValueError as error:
        raise SourceUnreadableError("is no address of a file. Check it.") from error
    host = _AUTHORITY.match(name, _start(name))
    assert path is not None  # the scheme is that of files
    if name[5:7] == "//" and host is not None and host[0].lower() not in ("", "localhost"):
        raise UnsupportedSourceError(
            "is a file of another machine. Mount the folder it lies in, and name its path."
        )
    return path


def _start(name: str) -> int:
    """Where the part of an address that may name a user begins."""
    found = _SCHEME.match(name)
    return 0 if found is None else found.end(1) + 1 + min(2, len(found[2]))


def _secret_end(name: str) -> int | None:
    """Where the user and password of an address end; None where it has none.

    A password with a character that ends the server's name elsewhere is found as well: what stands
    before it is then no server and port.
    """
    found = _SCHEME.match(name)
    if found is None or not found[2].startswith("//"):
        return None
    start = _start(name)
    authority = _AUTHORITY.match(name, start)
    assert authority is not None  # it may be empty
    last = authority[0].rfind("@")
    if last < 0 and not _PORT.fullmatch(authority[0]):
        last = name.rfind("@") - start
    return start + last + 1 if last >= 0 else None
