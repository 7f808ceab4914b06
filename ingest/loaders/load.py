"""The loader of each kind of file, chosen by what is in it and then by its name."""

import importlib
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePosixPath

from assistant.errors import NoTextError, SourceUnreadableError
from assistant.types import LoadedDocument
from ingest.sources import READABLE, Source, is_readable, unsupported

# Part of what is remembered of a source: a new value reads every source again.
LOADER_VERSION = "2"

Loader = Callable[[Source, bytes], LoadedDocument]

_BY_SUFFIX = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mkd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
_HEAD = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORD_PART = "word/document.xml"
_PAGE_STARTS = (b"<!doctype html", b"<html")
_FOREIGN = (
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"%!PS",
)


def load(source: Source) -> LoadedDocument:
    """The document in a source.

    Raises:
        UnsupportedSourceError: no loader reads this kind of file.
        SourceUnreadableError: it is damaged, encrypted or not what its name says.
        NoTextError: it is empty, or holds no text.
    """
    data = source.read()
    if not data.strip(b"\x00 \t\r\n"):
        raise NoTextError("is empty. Nothing can be learnt from it.")
    return _loader(_family(source.name, data))(source, data)


def _loader(family: str) -> Loader:
    # Imported when first met: a run that finds nothing changed needs none of the parsers.
    loader: Loader = importlib.import_module(f"ingest.loaders.{family}").load
    return loader


def _family(name: str, data: bytes) -> str:
    """The module that reads this kind of file."""
    suffix = PurePosixPath(name).suffix.lower()
    head = data[:_HEAD]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _family_of_archive(name, data)
    _refuse_foreign(name, head, data)
    if suffix in (".pdf", ".docx"):
        kind = suffix[1:].upper()
        raise SourceUnreadableError(
            f"is no {kind}, whatever its name says. Save it as {kind} again."
        )
    if not is_readable(name):
        raise unsupported(name)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE_STARTS):
        return "html"
    return _BY_SUFFIX.get(suffix, "text")


def _family_of_archive(name: str, data: bytes) -> str:
    """DOCX, or a refusal: other archives hold no document we read."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {part.lower().replace("\\", "/") for part in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SourceUnreadableError(
            "is damaged or cut short. Save or copy it again and ingest that."
        ) from error
    if _WORD_PART in names or any(part.endswith("/document.xml") for part in names):
        return "docx"
    raise unsupported(_true_name(name, names))


def _true_name(name: str, parts: set[str]) -> str:
    """A name with the suffix of what the archive is, where the file's own name misleads."""
    if PurePosixPath(name).suffix.lower() not in READABLE:
        return name
    if any(part.startswith("ppt/") for part in parts):
        return f"{name}.pptx"
    return f"{name}.xlsx" if any(part.startswith("xl/") for part in parts) else f"{name}.zip"


def _refuse_foreign(name: str, head: bytes, data: bytes) -> None:
    """Raises for what can be told from its first bytes to be no text."""
    if head.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise SourceUnreadableError(
                "is protected by a password. Save it without one and ingest that."
            )
        raise unsupported(name if not is_readable(name) else f"{name}.doc")
    if head.startswith(_FOREIGN):
        raise unsupported(name if not is_readable(name) else f"{name}.{_foreign_kind(head)}")


def _foreign_kind(head: bytes) -> str:
    return "rtf" if head.startswith(b"{\\rtf") else "binary"
