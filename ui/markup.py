"""Small pieces of safe HTML. Whatever comes from outside passes through `esc`."""

from datetime import date, datetime
from html import escape
from urllib.parse import quote, unquote, urlsplit

from ui.client import version_path
from ui.signs import plain

_ICONS = {
    "ask": "M4 12h15M13 6l6 6-6 6",
    "stop": "M7 7h10v10H7z",
    "copy": "M9 9h10v11H9zM15 9V4H5v11h4",
    "new": "M12 5v14M5 12h14",
    "close": "M6 6l12 12M18 6L6 18",
    "open": "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
    "clock": "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4l3 2",
}
_SCHEMES = frozenset({"http", "https"})
_FRAGMENT_WORDS = 5


def esc(value: object) -> str:
    """The value as text that is safe between tags and in quoted attributes, none of it hidden."""
    return escape(plain(str(value)), quote=True)


def icon(name: str) -> str:
    """A line drawing of 20 by 20, hidden from screen readers."""
    return (
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">'
        f'<path d="{_ICONS[name]}"/></svg>'
    )


def plural(count: int, one: str, many: str) -> str:
    """The count with its noun, as in "1 document" and "2,310 documents"."""
    return f"{count:,} {one if count == 1 else many}"


def long_date(day: date) -> str:
    """The day as in "4 April 2023"."""
    return f"{day.day} {day:%B %Y}"


def moment(at: datetime) -> str:
    """The moment as in "4 April 2023, 17:05 UTC"; every time of the API is UTC."""
    return f"{long_date(at.date())}, {at:%H:%M} UTC"


def duration(milliseconds: float) -> str:
    """The time taken as a reader would say it."""
    if milliseconds < 1000:
        return f"{milliseconds:.0f} ms"
    return f"{milliseconds / 1000:.1f} s"


def clip(text: str, limit: int) -> str:
    """The text on one line, cut at a word before `limit` characters, with an ellipsis if cut."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def source_link(document_id: str, version_id: str, page: int | None) -> str:
    """Where the original file opens, at the page for those who can (PDF readers)."""
    return f"{version_path(document_id, version_id)}/source" + (f"#page={page}" if page else "")


def text_link(document_id: str, version_id: str, quotation: str) -> str:
    """Where the version's text opens, scrolled to the quotation by browsers that know how."""
    return f"{version_path(document_id, version_id)}/text#:~:text={_text_fragment(quotation)}"


def source_name(source_uri: str) -> str:
    """The source as a short label: host and path of a page, the name of a file."""
    parts = _split(source_uri)
    if parts is not None:
        return (parts[0] + parts[1]).rstrip("/")
    last = source_uri.rstrip("/").rsplit("/", 1)[-1].removeprefix("upload:")
    return unquote(last) or source_uri


def source_label(source_uri: str) -> str:
    """The source as HTML: a link where it is a web page, plain text for anything else.

    Only http and https become links; a `javascript:` address stays the text it is.
    """
    name = esc(source_name(source_uri))
    if _split(source_uri) is None:
        return f'<span class="source-name">{name}</span>'
    return (
        f'<a class="source-name" href="{esc(source_uri)}" target="_blank" '
        f'rel="noopener noreferrer">{name}</a>'
    )


def _split(uri: str) -> tuple[str, str] | None:
    """Host and path of a web address, None for anything else."""
    try:
        parts = urlsplit(uri)
    except ValueError:  # brackets that are no IPv6 address
        return None
    if parts.scheme.lower() not in _SCHEMES or not parts.netloc:
        return None
    return parts.netloc, parts.path


def _text_fragment(quotation: str) -> str:
    """The quotation as a text fragment: its first and last words, as the dash is a delimiter."""
    words = quotation.split()
    if len(words) <= 2 * _FRAGMENT_WORDS:
        return _fragment_part(words)
    return f"{_fragment_part(words[:_FRAGMENT_WORDS])},{_fragment_part(words[-_FRAGMENT_WORDS:])}"


def _fragment_part(words: list[str]) -> str:
    return quote(" ".join(words), safe="").replace("-", "%2D")
