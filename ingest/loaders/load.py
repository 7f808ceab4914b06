"""The loader of each kind of file, and what is done alike for all of them."""

import importlib
from collections.abc import Callable
from dataclasses import replace

from assistant.errors import NoTextError, SourceLimitError
from assistant.types import LoadedDocument
from ingest.loaders.kinds import family
from ingest.loaders.language import with_language
from ingest.loaders.margins import bearing
from ingest.loaders.office import refuse_pages
from ingest.parsed import Parsed, Reading
from ingest.sources import Source
from ingest.tricks import with_tricks_told

Loader = Callable[[Source, bytes, Reading], LoadedDocument | Parsed]


def load(source: Source, reading: Reading) -> Parsed:
    """The document in a source, and the documents it holds, whose bytes are put in the room.

    Raises:
        UnsupportedSourceError: no loader reads this kind of file.
        SourceUnreadableError: it is damaged, encrypted or not what its name says.
        SourceLimitError: it has more text, pages, members or nesting than is allowed.
        NoTextError: it is empty, or holds no text.
    """
    data = source.read()
    if not data.strip(b"\x00 \t\r\n"):
        raise NoTextError("is empty. Nothing can be learnt from it.")
    read = _loader(family(source.name, data))(source, data, reading)
    parsed = read if isinstance(read, Parsed) else Parsed(read)
    if parsed.document is None:
        return parsed
    document = bearing(_checked(parsed.document, reading), source.name, reading)
    return replace(parsed, document=with_tricks_told(document, source.name, data))


def _loader(name: str) -> Loader:
    # Imported when first met: a run that finds nothing changed needs none of the parsers.
    loader: Loader = importlib.import_module(f"ingest.loaders.{name}").load
    return loader


def _checked(document: LoadedDocument, reading: Reading) -> LoadedDocument:
    most = reading.limits.characters
    if len(document.text) > most:
        raise SourceLimitError(
            f"holds more than {most} characters of text. Split it, or raise ATTACHE_MAX_CHARACTERS."
        )
    refuse_pages(len(document.pages), "pages", reading.limits)
    return with_language(document)
