"""Word documents (DOCX), by way of HTML; core properties say what the document is."""

import zipfile
from io import BytesIO
from typing import Protocol

import docx
import mammoth  # type: ignore[import-untyped]
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from assistant.errors import SourceTooLargeError, SourceUnreadableError
from assistant.types import LoadedDocument, Metadata
from ingest.loaders.blocks import Block, first_heading
from ingest.loaders.html import blocks_of, compose, parse
from ingest.loaders.metadata import (
    banner,
    date_of,
    language_of,
    marking_in_keywords,
    marking_of,
    one_line,
    own_title,
    readable_title,
)
from ingest.normalise import clean
from ingest.sources import Source

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_UNPACKED = 512 * 1024 * 1024

_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
_DAMAGED = "is damaged. Open it in Word, save it again and ingest that."
# What the two readers raise on files that are not what they claim.
_READER_ERRORS = (
    KeyError,
    ValueError,
    AttributeError,
    IndexError,
    TypeError,
    OSError,
    NotImplementedError,
    RecursionError,
    zipfile.BadZipFile,
    PackageNotFoundError,
    etree.LxmlError,
)


class _Properties(Protocol):
    title: str
    author: str
    keywords: str
    category: str
    language: str

    @property
    def created(self) -> object: ...


def load(source: Source, data: bytes) -> LoadedDocument:
    """The document in the bytes of a DOCX file."""
    _refuse_bombs(data)
    try:
        result = mammoth.convert_to_html(
            BytesIO(data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda _: {}),
        )
    except _READER_ERRORS as error:
        raise SourceUnreadableError(_DAMAGED) from error
    blocks = blocks_of(parse(str(result.value))) if result.value.strip() else []
    return compose(blocks, _metadata(source, data, blocks), MEDIA_TYPE)


def _refuse_bombs(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise SourceUnreadableError(_DAMAGED) from error
    if unpacked > MAX_UNPACKED:
        raise SourceTooLargeError(
            f"unpacks to {unpacked // 1024**2} MB, more than {MAX_UNPACKED // 1024**2}. "
            "Take the pictures out, or split it."
        )


def _metadata(source: Source, data: bytes, blocks: list[Block]) -> Metadata:
    found = first_heading(blocks)
    marking = banner(block.text for block in blocks[:3])
    properties = _properties(data)
    if properties is None:
        return Metadata(source.title or found or readable_title(source.name), marking=marking)
    said = marking_in_keywords(properties.keywords) or banner([clean(properties.category)])
    return Metadata(
        title=source.title or own_title(properties.title) or found or readable_title(source.name),
        issuer=one_line(properties.author),
        published_on=date_of(properties.created),
        marking=marking_of(said) or marking,
        language=language_of(properties.language),
    )


def _properties(data: bytes) -> _Properties | None:
    """The core properties; None where they cannot be read, which costs no text."""
    try:
        properties: _Properties = docx.Document(BytesIO(data)).core_properties
    except _READER_ERRORS:
        return None
    return properties
