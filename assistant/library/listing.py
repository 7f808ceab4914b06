"""Places in a listing of documents, as the opaque cursors a caller carries from page to page."""

import base64
import binascii
import json
from dataclasses import dataclass

from sqlalchemy import RowMapping

from assistant.errors import LibraryError


@dataclass(frozen=True, slots=True)
class Place:
    """The document a page ended with; the next page begins after it."""

    title_key: str
    document_id: str


def title_key(title: str) -> str:
    """The title as listings order it: upper and lower case stand together."""
    return " ".join(title.casefold().split())


def place_after(row: RowMapping) -> str:
    """The cursor for the page after this row."""
    place = json.dumps([row["title_key"], row["document_id"]], ensure_ascii=False)
    return base64.urlsafe_b64encode(place.encode()).decode()


def place(cursor: str) -> Place:
    """The place a cursor names. Raises `LibraryError` for what is no cursor."""
    try:
        title_key, document_id = json.loads(base64.b64decode(cursor, altchars=b"-_", validate=True))
        if not isinstance(title_key, str) or not isinstance(document_id, str):
            raise TypeError(cursor)
        f"{title_key}{document_id}".encode()  # what is no text, no database can compare
    except (ValueError, TypeError, binascii.Error) as error:
        raise LibraryError(
            f"{cursor[:80]!r} is no cursor of this listing. Pass the `next_cursor` of the page "
            "before, unchanged, or none for the first page."
        ) from error
    return Place(title_key, document_id)
