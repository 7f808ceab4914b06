"""What web servers answer: how a document is named, unpacked, or refused."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote

import httpx2

from assistant.errors import (
    IngestError,
    SourceTooLargeError,
    SourceUnreadableError,
    UnsupportedSourceError,
)
from assistant.library.spool import too_large
from ingest.sources import READABLE

_OK = 200
_PIECE = 1 << 16
_LONGEST_NAME = 150
_LONGEST_VALIDATOR = 1000
_NOT_DOCUMENTS = ("audio/", "font/", "image/", "model/", "video/")
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_SUFFIXES = {
    "application/epub+zip": ".epub",
    "application/json": ".json",
    "application/jsonl": ".jsonl",
    "application/msword": ".doc",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/x-ndjson": ".jsonl",
    "application/x-pdf": ".pdf",
    "application/xhtml+xml": ".html",
    "application/zip": ".zip",
    "message/rfc822": ".eml",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "text/rtf": ".rtf",
    "text/tab-separated-values": ".tsv",
    f"{_OFFICE}presentationml.presentation": ".pptx",
    f"{_OFFICE}spreadsheetml.sheet": ".xlsx",
    f"{_OFFICE}wordprocessingml.document": ".docx",
    f"{_OPEN}presentation": ".odp",
    f"{_OPEN}spreadsheet": ".ods",
    f"{_OPEN}text": ".odt",
}


def refuse(status: int, headers: Mapping[str, str], most: int) -> None:
    """Raises `IngestError` for an answer that brings no document of at most `most` bytes."""
    if status != _OK:
        raise _refusal(status)
    kind = _media_type(headers)
    if kind.startswith(_NOT_DOCUMENTS):
        raise UnsupportedSourceError(f"is no document but {kind}. Give the address of a document.")
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > most:
        raise SourceTooLargeError(too_large(int(length), most))


def decoded(pieces: Iterable[bytes], headers: Mapping[str, str], most: int) -> Iterator[bytes]:
    """The document's bytes as they come, at most `most` of them, packed by the server or not.

    Raises:
        SourceTooLargeError: there are more.
        SourceUnreadableError: they are packed in a way that was not asked for, or wrongly.
    """
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("gzip", "x-gzip"):
        pieces = _unzipped(pieces)
    elif encoding not in ("", "identity"):
        raise SourceUnreadableError(
            f"comes packed as {encoding[:40]!r}, which was not asked for. Save the document and "
            "ingest the file."
        )
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise SourceTooLargeError(too_large(size, most))
        yield piece


def file_name(url: httpx2.URL, headers: Mapping[str, str]) -> str:
    """A name for the document, with a suffix that tells its kind where that is known.

    A suffix that documents have is kept, whatever the server calls its content: so a page in place
    of a PDF is told from a PDF.
    """
    name = _safe(_offered(headers) or unquote(url.path)) or url.host
    suffix = _SUFFIXES.get(_media_type(headers), "")
    if PurePosixPath(name).suffix.lower() in READABLE or not suffix:
        return name
    return f"{name}{suffix}"


def validator(headers: Mapping[str, str], name: str) -> str | None:
    """A value the server wants to be told the next time; None where it cannot be sent back."""
    value = headers.get(name, "").strip()
    fit = value.isascii() and value.isprintable() and 0 < len(value) <= _LONGEST_VALIDATOR
    return value if fit else None


def _refusal(status: int) -> IngestError:
    match status:
        case 401 | 403 | 407:
            said = "may not be read without signing in", "Save the document and ingest the file"
        case 404 | 410:
            said = "is not there", "Check the address"
        case 429 | 500 | 502 | 503 | 504:
            said = "cannot be had from its server now", "Try again later"
        case _:
            said = "was answered by no document", "Check the address in a browser"
    return SourceUnreadableError(f"{said[0]} (status {status}). {said[1]}.")


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()[:100]


def _unzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Unpacks a little at a time, so that a small answer cannot swell before it is measured."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        for piece in pieces:
            rest = piece
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, _PIECE)
                rest = unpacker.unconsumed_tail
        while not unpacker.eof and (last := unpacker.decompress(b"", _PIECE)):
            yield last
    except zlib.error as error:
        raise SourceUnreadableError("came damaged. Try again later.") from error
    if not unpacker.eof:
        raise SourceUnreadableError("broke off before its end. Try again later.")


def _offered(headers: Mapping[str, str]) -> str:
    """The file name that the server proposes."""
    message = Message()
    message["content-disposition"] = headers.get("content-disposition", "")
    try:
        return message.get_filename("") or ""
    except (LookupError, ValueError):
        return ""


def _safe(path: str) -> str:
    last = PurePosixPath(path.replace("\\", "/")).name
    name = "".join(character for character in last if character.isprintable()).strip(" .")
    suffix = PurePosixPath(name).suffix[:20]
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - len(suffix)] + suffix
