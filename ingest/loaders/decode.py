"""Bytes to characters."""

import codecs
import re

from charset_normalizer import from_bytes
from ftfy import fix_encoding
from ftfy.badness import is_bad

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
# What every garbled passage has, so that the costly look is kept for few lines.
_SUSPECT = re.compile(r"[ÂÃâ]|[\x80-\x9f\ufffd]|[^\x00-\x7f]{2}")
# Two characters that UTF-8 taken for a Western encoding begins with: no language has them.
_TWICE = re.compile("[ÂÃâ][\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u2122]")
_SHOWN = 40
_WESTERN = ["cp1252", "cp1250", "cp1254", "cp1257", "mac_roman", "cp850"]
_ENOUGH = 1000  # bytes that tell one Western encoding from another
_FEW = 0.15
_MOSTLY_SOUND = 5  # characters beyond ASCII for each that is lost: UTF-8 with a flaw
_LONG_RUN = re.compile(rb"[\x80-\xff]{4}")
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


def read_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of the bytes, put right where it is garbled, and warnings of that.

    Raises as `decode` does.
    """
    text, warning = repaired(decode(data))
    return text, (warning,) if warning else ()


def repaired(text: str) -> tuple[str, str | None]:
    """The text with what was decoded wrongly put right where that is certain, and a warning.

    Such passages are UTF-8 that was taken for another encoding somewhere on the way, as in
    `dÃ©fense`. The warning is None where nothing looks wrong; characters that are lost for good
    are counted in it.
    """
    if text.isascii():
        return text, None
    lines = text.split("\n")
    garbled: list[str] = []
    mended = 0
    for i, line in enumerate(lines):
        if _SUSPECT.search(line) and is_bad(line):
            lines[i] = _mended(line)
            mended += lines[i] != line
            if lines[i] != line or _TWICE.search(line):
                garbled.append(line)
    return "\n".join(lines) if mended else text, _warning(garbled, mended, text.count("\ufffd"))


def _mended(line: str) -> str:
    """The line as it was meant, or as it is where that cannot be told."""
    better = fix_encoding(line)
    return line if is_bad(better) else better


def _warning(garbled: list[str], mended: int, lost: int) -> str | None:
    said = []
    if garbled:
        found = _SUSPECT.search(garbled[0])
        at = max(0, found.start() - _SHOWN // 2) if found else 0
        lines = "1 line" if len(garbled) == 1 else f"{len(garbled)} lines"
        shown = " ".join(garbled[0][at : at + _SHOWN].split())
        said.append(
            f"The text looks wrongly encoded in {lines} (“{shown}”), put right: {mended}"
            ". Compare it with the original, or save that as UTF-8 and ingest it again."
        )
    if lost:
        said.append(f"Characters that could not be decoded: {lost}. Save it anew as UTF-8.")
    return " ".join(said) or None


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return _guessed(data)


def _guessed(data: bytes) -> str:
    """The text in the encoding that fits a sample best."""
    broken = data.decode("utf-8", "replace")
    lost = broken.count("\ufffd")
    if sum(not character.isascii() for character in broken[:_SAMPLE]) > _MOSTLY_SOUND * lost:
        return broken
    sample = data[:_SAMPLE]
    if b"\x00" in sample:
        raise SourceUnreadableError(_NOT_TEXT)
    if _is_western(sample):
        best = from_bytes(sample, cp_isolation=_WESTERN).best()
        return data.decode(
            best.encoding if best and len(sample) >= _ENOUGH else "cp1252", "replace"
        )
    best = from_bytes(sample).best()
    if best is None:
        raise SourceUnreadableError(_NOT_TEXT)
    return data.decode(best.encoding, "replace")


def _is_western(sample: bytes) -> bool:
    """Whether letters beyond ASCII are few and far between, as in Latin script they are.

    Told so little, a guess among all encodings finds Chinese in a list of French towns.
    """
    high = sum(byte > 0x7F for byte in sample)
    return high < _FEW * len(sample) and _LONG_RUN.search(sample) is None
