"""Documents that are ZIP packages of parts (OOXML, OpenDocument, EPUB), opened within limits."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Protocol

from lxml import etree

from assistant.errors import SourceLimitError, SourceUnreadableError
from ingest.limits import Limits
from ingest.refusals import out_of_room

MENDED = "The file is damaged, and something may be missing. Compare with the original."
DAMAGED = "is damaged or cut short. Open it where it was made, save it again and ingest that."
PROTECTED = "is protected by a password. Save it without one and ingest that."
# What reading an archive that is not what it claims may raise, members included.
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    ValueError,
    LookupError,
    OSError,
    NotImplementedError,
)
_PIECE = 1 << 20
_PROPERTIES = "docProps/core.xml"
_CUSTOM = "docProps/custom.xml"
_META = "meta.xml"
_MANIFEST = "META-INF/manifest.xml"
_ENCRYPTION = b":encryption-data"
_MOST_PARTS = 50_000
_ENCRYPTED_FLAG = 0x1


class Readable(Protocol):
    """What can be read in pieces."""

    def read(self, size: int, /) -> bytes:
        """At most so many of the bytes that follow; none at the end."""


class Package:
    """The parts of a package by name, whatever the case of their letters."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._spent = 0
        self._parts = {_plain(part.filename): part for part in archive.infolist()}

    def names(self) -> list[str]:
        """The names of all parts, in small letters, in the order of the archive."""
        return list(self._parts)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is no such part.

        Raises:
            SourceUnreadableError: the part is damaged or encrypted.
            SourceLimitError: with it, more was unpacked than is allowed.
        """
        part = self._parts.get(_plain(name))
        if part is None:
            return None
        if part.flag_bits & _ENCRYPTED_FLAG:
            raise SourceUnreadableError(PROTECTED)
        room = self._limits.unpacked - self._spent
        try:
            with self._archive.open(part) as file:
                data = b"".join(pieces(file, room, self._limits))
        except ZIP_ERRORS as error:
            raise SourceUnreadableError(DAMAGED) from error
        self._spent += len(data)
        return data

    def tree(self, name: str) -> etree._Element | None:
        """A part as XML, mended where it is broken; None where there is none to speak of."""
        data = self.read(name)
        return xml(data) if data else None

    def refuse_protected(self) -> None:
        """Raises `SourceUnreadableError` where the parts of an OpenDocument are encrypted."""
        if _ENCRYPTION in (self.read(_MANIFEST) or b""):
            raise SourceUnreadableError(PROTECTED)

    def properties(self) -> dict[str, str]:
        """What the package says of itself, by the last part of each element's name."""
        said: dict[str, str] = {}
        for name in (_PROPERTIES, _CUSTOM, _META):
            try:
                tree = self.tree(name)
            except SourceUnreadableError:
                continue  # costs no text
            if tree is not None:
                said = {**said_in(tree), **said}
        return said


def said_in(tree: etree._Element) -> dict[str, str]:
    """The text of the elements that hold text alone, by name without namespace, first ones first.

    Elements that differ in a `name` attribute, as OpenDocument's own properties do, go by that; so
    do those that lie alone in one, as Office's do.
    """
    said: dict[str, str] = {}
    for element in elements(tree):
        text = (element.text or "").strip()
        if text and len(element) == 0:
            said.setdefault(str(_name(element) or local(element)).lower(), text)
    return said


def _name(element: etree._Element) -> str | None:
    parent = element.getparent()
    holders = (element,) if parent is None or local(parent) != "property" else (element, parent)
    return next(
        (
            str(v)
            for e in holders
            for k, v in e.attrib.items()
            if str(k).endswith(("}name", "name"))
        ),
        None,
    )


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[Package]:
    """The package in the bytes.

    Raises:
        SourceUnreadableError: it is damaged.
        SourceLimitError: it has too many parts, or says that it unpacks to more than is allowed.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except ZIP_ERRORS as error:
        raise SourceUnreadableError(DAMAGED) from error
    with archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS:
            raise SourceLimitError(f"has {len(parts)} parts, as no document has. Leave it.")
        if sum(part.file_size for part in parts) > limits.unpacked:
            raise out_of_room(limits)
        yield Package(archive, limits)


def pieces(file: Readable, room: int, limits: Limits) -> Iterator[bytes]:
    """The bytes of a file as they are unpacked. Raises `SourceLimitError` beyond the room."""
    while piece := file.read(_PIECE):
        room -= len(piece)
        if room < 0:
            raise out_of_room(limits)
        yield piece


def xml(data: bytes) -> etree._Element | None:
    """XML as a tree that is mended where broken; None where nothing of it can be read.

    Nothing is fetched and no entity of the document's own is spelt out.
    """
    parser = etree.XMLParser(
        no_network=True, resolve_entities=False, load_dtd=False, recover=True, huge_tree=True
    )
    try:
        tree = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        return None
    return tree  # type: ignore[return-value,unused-ignore]  # None where nothing was mended


def is_sound(data: bytes) -> bool:
    """Whether the bytes are XML that need not be mended."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False, huge_tree=True)
    try:
        etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        return False
    return True


def elements(tree: etree._Element) -> Iterator[etree._Element]:
    """The elements of a tree in order, itself first, without comments and instructions."""
    return tree.iter("*")


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def beside(part: str, target: str) -> str:
    """The name of the part that `target` means where it stands in `part`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target)).lstrip("/")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
