"""Boxes of messages (MBOX): each message is a document of its own."""

import re
from collections.abc import Iterator

from assistant.errors import SourceUnreadableError
from ingest.loaders.members import Members
from ingest.parsed import Parsed, Reading
from ingest.sources import Source

_START = re.compile(rb"^From [^\n]*\n", re.MULTILINE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_EMPTY_LINE = (b"\n\n", b"\r\n\r\n", b"\n\r\n")


def load(_source: Source, data: bytes, reading: Reading) -> Parsed:
    """The messages in the bytes of a box.

    Raises:
        SourceUnreadableError: there is no message in it.
        SourceLimitError: there are too many, or it lies too deep in others.
    """
    members = Members(reading)
    for number, message in enumerate(_messages(data), start=1):
        members.add(f"{number}.eml", f"{number}.eml", [message])
    if not members.found:
        raise SourceUnreadableError("is no box of messages. Save it as MBOX or EML again.")
    return Parsed(None, tuple(members.found))


def _messages(data: bytes) -> Iterator[bytes]:
    """The messages as they were sent; a line that begins one stands after an empty line."""
    starts = [
        found
        for found in _START.finditer(data)
        if found.start() == 0
        or data[max(0, found.start() - 4) : found.start()].endswith(_EMPTY_LINE)
    ]
    ends = [*(found.start() for found in starts[1:]), len(data)]
    for found, end in zip(starts, ends, strict=False):
        message = _QUOTED.sub(rb"\1", data[found.end() : end])
        if message.strip():
            yield message
