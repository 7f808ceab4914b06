"""What comes from a visitor's page: their key, their language, and what they chose or wrote."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from http.cookies import CookieError, SimpleCookie

import gradio as gr

from api.server_schemas import SESSION_COOKIE

Message = Mapping[str, object]

_LAST = time(23, 59, 59)


def key_of(request: gr.Request | None) -> str:
    """The key in the visitor's cookie; empty where there is none."""
    given = request.headers.get("cookie", "") if request is not None else ""
    try:
        found = SimpleCookie(given).get(SESSION_COOKIE)
    except CookieError:
        return ""
    return found.value if found is not None else ""


def message_of(event: gr.EventData) -> Message:
    """What the page sent with an event."""
    sent = getattr(event, "_data", None)
    return sent if isinstance(sent, Mapping) else {}


def text_of(message: Message, name: str) -> str:
    """The text the page sent under this name; lone surrogates become question marks."""
    value = message.get(name, "")
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def number_of(message: Message, name: str, otherwise: int = 0) -> int:
    """The whole number the page sent under this name."""
    value = message.get(name)
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and isinstance(value, int) else otherwise


def part_of(message: Message, name: str) -> Message:
    """The object the page sent under this name."""
    value = message.get(name)
    return value if isinstance(value, Mapping) else {}


def moment_of(day: str, at: str = "") -> datetime | None:
    """The moment of a past day in UTC, its last second where no time is named.

    None, which is now, for no day, a time to come, and today without a time.
    """
    try:
        chosen = date.fromisoformat(day)
        clock = time.fromisoformat(at) if at else _LAST
    except ValueError:
        return None
    moment = datetime.combine(chosen, clock.replace(tzinfo=None), UTC)
    return moment if moment < datetime.now(UTC) else None
