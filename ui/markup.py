"""Small pieces of safe HTML. Whatever comes from outside passes through `esc`."""

from html import escape
from urllib.parse import unquote, urlencode, urlsplit

from api.signs import plain
from ui.client import version_path

_ICONS = {
    "ask": "M4 12h15M13 6l6 6-6 6",
    "stop": "M7 7h10v10H7z",
    "copy": "M9 9h10v11H9zM15 9V4H5v11h4",
    "new": "M12 5v14M5 12h14",
    "close": "M6 6l12 12M18 6L6 18",
    "open": "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "panel": "M4 5h16v14H4zM9 5v14",
    "edit": "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
    "again": "M20 12a8 8 0 1 1-2.4-5.7M20 4v5h-5",
    "bin": "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
    "save": "M12 4v11M7 10l5 5 5-5M5 20h14",
    "link": (
        "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"
    ),
    "up": "M7 21V10l5-7c1.5 0 2.5 1 2.2 2.6L13.5 9H20l-2 12zM7 10H3v11h4",
    "down": "M17 3v11l-5 7c-1.500 0-2.500-1-2.200-2.600L10.500 15H4l2-12zM17 14h4V3h-4",
    "narrow": "M4 6h16M7 12h10M10 18h4",
    "before": "M14 6l-6 6 6 6",
    "after": "M10 6l6 6-6 6",
    "closer": "M12 6v12M6 12h12",
    "farther": "M6 12h12",
    "compare": "M5 5h6v14H5zM13 5h6v14h-6",
    "upload": "M12 16V5M7 10l5-5 5 5M5 20h14",
    "key": "M14 10a4 4 0 1 0-3.500 4L12 15.500h2V18h2.500v-2.500H19V13l-5-1.500",
    "more": "M6 12h.01M12 12h.01M18 12h.01",
    "clock": "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4l3 2",
}
_SCHEMES = frozenset({"http", "https"})


def esc(value: object) -> str:
    """The value as text that is safe between tags and in quoted attributes, none of it hidden."""
    return escape(plain(str(value)), quote=True)


def quiet(text: str) -> str:
    """The words of a document as safe HTML; what parts the cells of a table is a thin line.

    The sign stays in the text, so that what is copied is what the document says.
    """
    return esc(text).replace(" | ", '<i class="cell"> | </i>')


def icon(name: str) -> str:
    """A line drawing of 20 by 20, hidden from screen readers."""
    return (
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">'
        f'<path d="{_ICONS[name]}"/></svg>'
    )


def clip(text: str, limit: int) -> str:
    """The text on one line, cut at a word before `limit` characters, with an ellipsis if cut."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def source_link(document_id: str, version_id: str) -> str:
    """Where the original file is downloaded."""
    return f"{version_path(document_id, version_id)}/source"


def place_link(document_id: str, version_id: str, start: int, end: int) -> str:
    """The window at a place of a version, for anybody who may read it."""
    place = {"d": document_id, "v": version_id, "start": start, "end": end}
    return f"/?{urlencode(place)}"


def document_link(document_id: str) -> str:
    """The window at the page of a document."""
    return f"/?{urlencode({'d': document_id})}"


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
