"""Documents of forms that have gone out of use, by way of LibreOffice."""

from dataclasses import replace

from assistant.types import LoadedDocument
from ingest.loaders import compound, workbook
from ingest.loaders.libreoffice import converted
from ingest.parsed import Reading
from ingest.sources import Source

_WORD_PERFECT = b"\xffWPC"
_XML = b"<?xml"
_WORKBOOK = b"urn:schemas-microsoft-com:office:spreadsheet"


def load(source: Source, data: bytes, reading: Reading) -> LoadedDocument:
    """The document in the bytes: WordPerfect, Word 2, or the XML of Office 2003.

    Raises `UnsupportedSourceError` without LibreOffice.
    """
    if data.startswith(_WORD_PERFECT):
        return compound.word(source, data, reading, ".wpd")
    if _XML not in data[:100]:
        return compound.word(source, data, reading)
    if _WORKBOOK in data[:2000]:
        made = converted(data, ".xml", "xlsx", reading)
        return replace(workbook.load(source, made, reading), media_type=compound.EXCEL)
    return compound.word(source, data, reading, ".xml")
