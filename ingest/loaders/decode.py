"""Bytes to characters."""

import codecs
import re

from charset_normalizer import from_bytes

from assistant.errors import NoTextError, SourceUnreadableError

# The longer marks come first: UTF-32's little-endian one begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
_MOST_CONTROLS = 0.02
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_NOT_TEXT = "is not text, whatever its name says. Ingest it under its true kind, or leave it."


def decode(data: bytes) -> str:
    """The text of the bytes: by byte order mark, as UTF-8, or as the likeliest encoding.

    Raises:
        NoTextError: there is nothing in it.
        SourceUnreadableError: it is not text.
    """
    text = _decoded(data)
    if not text.strip("\x00 \t\r\n"):
        raise NoTextError("is empty. Nothing can be learnt from it.")
    sample = text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > _MOST_CONTROLS * len(sample):
        raise SourceUnreadableError(_NOT_TEXT)
    return text


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return _guessed(data)


def _guessed(data: bytes) -> str:
    """The text in the encoding that fits a sample best."""
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None or b"\x00" in data[:_SAMPLE]:
        raise SourceUnreadableError(_NOT_TEXT)
    return data.decode(best.encoding, "replace")
