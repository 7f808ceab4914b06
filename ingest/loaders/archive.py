"""Archives (ZIP): every file in them that is read is a document of its own."""

import contextlib
import stat
import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from assistant.errors import NoTextError, SourceLimitError, SourceUnreadableError
from ingest.loaders.members import Members
from ingest.loaders.package import DAMAGED, ZIP_ERRORS, pieces
from ingest.parsed import Parsed, Reading
from ingest.sources import READABLE_KINDS, Source, is_readable

_CLUTTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_ENCRYPTED = 0x1
_UTF8 = 0x800
_LINK = "it is a link"
_PROTECTED = "it is protected by a password"
_UNREAD = f"only {READABLE_KINDS} are read"
_BROKEN = "it is damaged or packed in a way that is not read"
_OUTSIDE = "its name leads out of the archive"


def load(_source: Source, data: bytes, reading: Reading) -> Parsed:
    """The files in the bytes of an archive. What is left out is told in warnings.

    Raises:
        SourceUnreadableError: it is damaged, or all of it is protected by a password.
        SourceLimitError: it has too many members, unpacks to too much or lies too deep in others.
        NoTextError: nothing is in it.
    """
    members = Members(reading)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except ZIP_ERRORS as error:
        raise SourceUnreadableError(DAMAGED) from error
    with archive:
        entries = [entry for entry in archive.infolist() if not _is_passed_over(entry)]
        if not entries:
            raise NoTextError("is an archive with nothing in it. Nothing can be learnt from it.")
        if len(entries) > reading.limits.members:
            raise SourceLimitError(
                f"holds {len(entries)} files, and {reading.limits.members} are allowed. Split it, "
                "or raise ATTACHE_MAX_MEMBERS."
            )
        if all(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise SourceUnreadableError(
                "is protected by a password. Unpack it and ingest the files."
            )
        for entry in entries:
            _take(archive, entry, members, reading)
    return Parsed(None, tuple(members.found), members.warnings())


def _take(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, members: Members, reading: Reading
) -> None:
    name = _name(entry)
    why = _why_not(name, entry)
    if why is not None:
        members.leave_out(name, why)
        return
    try:
        with archive.open(entry) as file:
            room = reading.limits.unpacked
            members.add(name, PurePosixPath(name).name, pieces(file, room, reading.limits))
    except ZIP_ERRORS as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # of the disk, not of the archive
        members.leave_out(name, _BROKEN)


def _why_not(name: str, entry: zipfile.ZipInfo) -> str | None:
    if stat.S_ISLNK(entry.external_attr >> 16):
        return _LINK
    if ".." in PurePosixPath(name).parts:
        return _OUTSIDE
    if entry.flag_bits & _ENCRYPTED:
        return _PROTECTED
    return None if is_readable(name) else _UNREAD


def _is_passed_over(entry: zipfile.ZipInfo) -> bool:
    """Whether it is a folder, or what systems leave behind."""
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    clutter = any(part.lower() in _CLUTTER or part.startswith(("._", "~$")) for part in parts)
    return entry.is_dir() or clutter or (bool(parts) and parts[-1].startswith(".DS_Store"))


def _name(entry: zipfile.ZipInfo) -> str:
    """The member's path in the archive, as its maker wrote it."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        with contextlib.suppress(UnicodeError):  # else it is as the standard has it
            name = name.encode("cp437").decode("utf-8")  # many programs write it and do not say so
    name = "".join(c if c.isprintable() else "_" for c in name.replace("\\", "/"))
    return name.lstrip("/") or "unnamed"
