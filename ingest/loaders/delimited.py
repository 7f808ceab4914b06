"""Tables in text files (CSV, TSV): a line a row."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from itertools import islice

from assistant.errors import SourceUnreadableError
from assistant.types import LoadedDocument, Metadata
from ingest.loaders import grid
from ingest.loaders.columns import Records
from ingest.loaders.decode import read_text
from ingest.loaders.metadata import readable_title
from ingest.normalise import TextBuilder
from ingest.parsed import Reading
from ingest.sources import Source

MEDIA_TYPE = "text/csv"

_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 50
_SAMPLE = 50_000
_LONGEST_CELL = 1 << 24


def load(source: Source, data: bytes, _reading: Reading) -> LoadedDocument:
    """The document in the bytes of a table. Raises `SourceUnreadableError` where it is none."""
    text, warnings = read_text(data)
    text, delimiter = _dialect(text)
    builder, records = TextBuilder(), Records()
    try:
        for line in grid.lines(records.watched(_rows(text, delimiter))):
            builder.line(line)
    except csv.Error as error:
        raise SourceUnreadableError(
            f"is no table that can be read: {error}. Save it as CSV again."
        ) from error
    metadata = records.bear(Metadata(source.title or readable_title(source.name)))
    return replace(builder.build(metadata, MEDIA_TYPE), warnings=warnings)


def _dialect(text: str) -> tuple[str, str]:
    """The table, and what parts its cells: as its first line says, or as fits most rows."""
    first, _, rest = text.partition("\n")
    first = first.strip()
    if first.lower().startswith("sep=") and len(first) == 5:
        return rest, first[4]
    sample = text[:_SAMPLE]
    return text, max(_DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> int:
    """How many rows of the sample have as many cells, more than one, as its first row."""
    try:
        widths = [len(row) for row in islice(_rows(sample, delimiter), _SAMPLE_ROWS)]
    except csv.Error:
        return 0
    return sum(width == widths[0] for width in widths) if widths and widths[0] > 1 else 0


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
        yield [grid.shown(cell) for cell in row]
