"""Single files that are compressed (GZ): what is in one is a document of its own."""

import gzip
from io import BytesIO
from pathlib import PurePosixPath

from assistant.errors import SourceUnreadableError, UnsupportedSourceError
from ingest.loaders.members import Members
from ingest.loaders.package import DAMAGED, ZIP_ERRORS, pieces
from ingest.parsed import Parsed, Reading
from ingest.sources import Source, is_readable, unsupported


def load(source: Source, data: bytes, reading: Reading) -> Parsed:
    """The file in the bytes of a compressed one.

    Raises:
        UnsupportedSourceError: what is in it is of no kind that is read, such as a TAR archive.
        SourceUnreadableError: it is damaged.
        SourceLimitError: it unpacks to too much, or lies too deep in others.
    """
    path = PurePosixPath(source.name)
    name = path.stem if path.suffix.lower() == ".gz" else path.name
    if path.suffix.lower() == ".tgz" or PurePosixPath(name).suffix.lower() == ".tar":
        raise UnsupportedSourceError("is a TAR archive, which is not read. Unpack it, or use ZIP.")
    if not is_readable(name):
        raise unsupported(name)
    members = Members(reading)
    try:
        with gzip.GzipFile(fileobj=BytesIO(data)) as file:
            members.add(name, name, pieces(file, reading.limits.unpacked, reading.limits))
    except ZIP_ERRORS as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # of the disk, not of the archive
        raise SourceUnreadableError(DAMAGED) from error
    return Parsed(None, tuple(members.found))
