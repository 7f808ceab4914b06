"""Names of files as callers send and receive them: never a path, never a control character."""

import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

MAX_CHARS = 150
UNNAMED = "upload"


def safe_name(name: str | None) -> str:
    """The last part of the name, printable and of bounded length, its extension kept."""
    last = (name or "").replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(c for c in unicodedata.normalize("NFC", last) if c.isprintable()).strip()
    if not shown.strip("."):
        return UNNAMED
    if len(shown) <= MAX_CHARS:
        return shown
    suffix = PurePosixPath(shown).suffix[:20]
    return shown[: MAX_CHARS - len(suffix)] + suffix


def name_of(source_uri: str) -> str:
    """A name to save a source under, from its URI."""
    return safe_name(unquote(urlsplit(source_uri).path))


def attachment(name: str) -> dict[str, str]:
    """The header that has a browser save a response under a name (RFC 6266)."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(safe_name(name))}"}
