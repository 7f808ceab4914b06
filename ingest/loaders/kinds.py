"""What kind of file bytes are: told by what is in them, and then by the file's name."""

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import PurePosixPath

from assistant.errors import SourceUnreadableError, UnsupportedSourceError
from ingest.loaders.ole import MAGIC
from ingest.loaders.package import DAMAGED, ZIP_ERRORS
from ingest.sources import READABLE, is_readable, unsupported

_BY_SUFFIX = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mkd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".csv": "delimited",
    ".tsv": "delimited",
    ".tab": "delimited",
    ".json": "records",
    ".jsonl": "records",
    ".ndjson": "records",
    ".eml": "mail",
    ".mht": "mail",
    ".mhtml": "mail",
    ".mbox": "mailbox",
    ".xml": "markup",
    ".fodt": "markup",
    ".fodp": "markup",
    ".fods": "markup",
}
# Of these the first bytes must say so too; a file of such a name that got here is none.
_MARKED = READABLE - {*_BY_SUFFIX, ".txt", ".text"}
_HEAD = 2048
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PAGE_STARTS = (b"<!doctype html", b"<html")
_BEGINNINGS = {
    MAGIC: "compound",
    b"{\\rtf": "rtf",
    b"\x1f\x8b": "gzipped",
    b"\xffWPC": "foreign",
    b"\xdb\xa5": "foreign",  # Word 2
}
_FOREIGN = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"RIFF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"%!PS",
    b"BZh",
    b"\xfd7zXZ",
    b"\x7fELF",
    b"MZ\x90",
    b"SQLite format 3",
)
_OFFICE_2003 = (
    b"<?mso-application",
    b"schemas.microsoft.com/office/word/2003/wordml",
    b"urn:schemas-microsoft-com:office:spreadsheet",
)
_PARTS = (
    (re.compile(r"word/document\d*\.xml|.*/document\.xml"), "docx"),
    (re.compile(r"ppt/presentation\.xml"), "slides"),
    (re.compile(r"xl/workbook\.(?:xml|bin)"), "workbook"),
    (re.compile(r"meta-inf/container\.xml"), "epub"),
)
_MIME_KINDS = {
    "application/epub+zip": "epub",
    "application/vnd.oasis.opendocument.spreadsheet": "workbook",
    "application/vnd.oasis.opendocument.text": "odf",
    "application/vnd.oasis.opendocument.presentation": "odf",
    "application/vnd.oasis.opendocument.graphics": "odf",
}
_LONGEST_MIME = 200


def family(name: str, data: bytes) -> str:
    """The module that reads this kind of file.

    Raises:
        UnsupportedSourceError: none does.
        SourceUnreadableError: it is damaged, or not what its name says.
    """
    suffix = PurePosixPath(name).suffix.lower()
    head = data[:_HEAD]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_ZIP):
        return _family_of_zip(name, data)
    found = next((kind for start, kind in _BEGINNINGS.items() if head.startswith(start)), None)
    if found is not None:
        return found
    if head.startswith(_FOREIGN):
        raise _foreign(name)
    if suffix in _MARKED:
        return _misnamed(suffix, head)
    if not is_readable(name):
        raise unsupported(name)
    return _family_of_text(suffix, head)


def _family_of_text(suffix: str, head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if suffix not in (".md", ".eml", ".mht", ".mhtml", ".mbox"):
        if start.startswith(_PAGE_STARTS):
            return "html"
        if start.startswith(b"<?xml"):
            return _family_of_xml(start)
    return _BY_SUFFIX.get(suffix, "text")


def _family_of_xml(start: bytes) -> str:
    if b"<html" in start:
        return "html"
    return "foreign" if any(mark in start for mark in _OFFICE_2003) else "markup"


def _misnamed(suffix: str, head: bytes) -> str:
    """What a file with the name of an office document is: many a DOC is a page or a text."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if suffix in (".doc", ".dot", ".xls", ".rtf") and b"\x00" not in head:
        if start.startswith(_PAGE_STARTS) or b"<html" in start:
            return "html"
        if start.startswith(b"<?xml"):
            return _family_of_xml(start)
        if start.startswith(b"mime-version:"):
            return "mail"
        if suffix != ".rtf":
            return "delimited" if suffix == ".xls" else "text"
    kind = suffix[1:].upper()
    raise SourceUnreadableError(f"is no {kind}, whatever its name says. Save it as {kind} again.")


def _family_of_zip(name: str, data: bytes) -> str:
    """What an archive is: a document of several parts, or a container of files."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = [part.lower().replace("\\", "/").lstrip("/") for part in archive.namelist()]
            mime = _mime(archive)
    except ZIP_ERRORS as error:
        raise SourceUnreadableError(DAMAGED) from error
    kind = next((k for start, k in _MIME_KINDS.items() if mime.startswith(start)), None)
    if kind is not None:
        return kind
    module = _module_of(parts)
    if module is not None:
        return module
    if "content.xml" in parts and "meta-inf/manifest.xml" in parts:
        return "workbook" if name.lower().endswith((".ods", ".ots")) else "odf"
    return _container(name, parts)


def _module_of(parts: Sequence[str]) -> str | None:
    """What an Office document or a book is, told by its main part."""
    if "[content_types].xml" not in parts and "meta-inf/container.xml" not in parts:
        return None
    fitting = (
        module for pattern, module in _PARTS if any(pattern.fullmatch(part) for part in parts)
    )
    return next(fitting, None)


def _container(name: str, parts: list[str]) -> str:
    if not is_readable(name):
        raise unsupported(name)
    if "[content_types].xml" in parts or PurePosixPath(name).suffix.lower() in _MARKED - {".zip"}:
        raise SourceUnreadableError(DAMAGED)  # a document that lost the part it is told by
    return "archive"


def _mime(archive: zipfile.ZipFile) -> str:
    """What the archive says it is, in the part kept for that; nothing where it says nothing."""
    if "mimetype" not in archive.namelist():
        return ""
    with archive.open("mimetype") as file:
        return file.read(_LONGEST_MIME).decode("ascii", "replace").strip()


def _foreign(name: str) -> UnsupportedSourceError:
    """The refusal of what its first bytes tell to be a picture, an archive or a program."""
    if not is_readable(name):
        return unsupported(name)
    kind = PurePosixPath(name).suffix[1:].upper() or "document"
    return UnsupportedSourceError(
        f"is no {kind}, whatever its name says: it begins as a picture, an archive or a program "
        f"does. Save it as {kind} again."
    )
