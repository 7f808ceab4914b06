"""Office documents before 2007 (DOC, PPT, XLS) and all that comes in the same wrapping."""

import struct
from dataclasses import replace

from assistant.errors import NoTextError, SourceUnreadableError, UnsupportedSourceError
from assistant.types import LoadedDocument
from ingest.loaders import docx, markup, package, slides, workbook
from ingest.loaders.libreoffice import converted
from ingest.loaders.ole import CompoundFile
from ingest.parsed import Reading
from ingest.sources import Source

WORD = "application/msword"
POWERPOINT = "application/vnd.ms-powerpoint"
EXCEL = "application/vnd.ms-excel"

_WORD_ENCRYPTED = 0x0100
_POWERPOINT_ENCRYPTED = b"\xdf\xc4\xd1\xf3"
_FILE_PASS = 0x002F  # the record that says how a workbook is encrypted
_FIRST_RECORDS = 40


def load(source: Source, data: bytes, reading: Reading) -> LoadedDocument:
    """The document in the bytes of a compound file.

    Raises:
        UnsupportedSourceError: it is of another kind, or LibreOffice is not installed.
        SourceUnreadableError: it is damaged, or protected by a password.
    """
    try:
        file = CompoundFile(data)
        names, protected = file.names, _is_protected(file)
    except ValueError as error:
        raise SourceUnreadableError(package.DAMAGED) from error
    if not names:
        raise SourceUnreadableError(package.DAMAGED)
    if protected:
        raise SourceUnreadableError(package.PROTECTED)
    if names & {"workbook", "book"}:
        return _workbook(source, data, reading)
    if "worddocument" in names:
        return word(source, data, reading)
    if names & {"powerpoint document", "pp40"}:
        return replace(_presentation(source, data, reading), media_type=POWERPOINT)
    if "__properties_version1.0" in names:
        raise UnsupportedSourceError(
            "is a message in Outlook's own form. Save it as EML, PDF or text and ingest that."
        )
    raise UnsupportedSourceError(
        "is an old file of a kind that is not read. Save it as PDF or DOCX, or leave it."
    )


def word(source: Source, data: bytes, reading: Reading, suffix: str = ".doc") -> LoadedDocument:
    """A text document that only LibreOffice reads, by way of DOCX."""
    made = converted(data, suffix, "docx", reading)
    return replace(docx.load(source, made, reading), media_type=WORD)


def _presentation(source: Source, data: bytes, reading: Reading) -> LoadedDocument:
    """By way of PPTX, or of the plainer form that takes LibreOffice less memory to write."""
    try:
        return slides.load(source, converted(data, ".ppt", "pptx", reading), reading)
    except SourceUnreadableError:
        return markup.load(source, converted(data, ".ppt", "fodp", reading), reading)


def _workbook(source: Source, data: bytes, reading: Reading) -> LoadedDocument:
    """Older and stranger workbooks are beyond the quick reader; LibreOffice knows them."""
    try:
        return workbook.load(source, data, reading)
    except (NoTextError, SourceUnreadableError) as error:
        try:
            made = converted(data, ".xls", "xlsx", reading)
        except UnsupportedSourceError:
            raise error from None
    return replace(workbook.load(source, made, reading), media_type=EXCEL)


def _is_protected(file: CompoundFile) -> bool:
    if file.names & {"encryptedpackage", "encryptedsummary"}:
        return True
    word_head, user = file.head("worddocument"), file.head("current user")
    flags = struct.unpack_from("<H", word_head, 10)[0] if len(word_head) > 12 else 0
    return (
        bool(flags & _WORD_ENCRYPTED)
        or user[12:16] == _POWERPOINT_ENCRYPTED
        or any(_has_file_pass(file.head(name)) for name in ("workbook", "book"))
    )


def _has_file_pass(records: bytes) -> bool:
    at = 0
    for _ in range(_FIRST_RECORDS):
        if at + 4 > len(records):
            return False
        kind, length = struct.unpack_from("<HH", records, at)
        if kind == _FILE_PASS:
            return True
        at += 4 + length
    return False
