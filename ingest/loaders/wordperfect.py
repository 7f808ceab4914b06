"""Text documents of programs that are gone, by way of LibreOffice."""

from assistant.types import LoadedDocument
from ingest.loaders import compound
from ingest.parsed import Reading
from ingest.sources import Source

_SUFFIXES = {b"\xffWPC": ".wpd"}


def load(source: Source, data: bytes, reading: Reading) -> LoadedDocument:
    """The document in the bytes. Raises `UnsupportedSourceError` without LibreOffice."""
    return compound.word(source, data, reading, _SUFFIXES.get(data[:4], ".doc"))
