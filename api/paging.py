"""The pages of a listing: how the next one is asked for, and what a wrong cursor is told."""

from typing import Annotated

from fastapi import Query
from fastapi.exceptions import RequestValidationError

from api.fields import WITHOUT_NUL

NEXT = "`next_cursor` of the page before this"
Cursor = Annotated[
    str | None, Query(min_length=1, max_length=200, pattern=WITHOUT_NUL, description=NEXT)
]
"""The name of what a page ended on."""


def no_cursor() -> RequestValidationError:
    """The error for a cursor that the listing never gave."""
    advice = "it is no cursor of this listing. Pass next_cursor of the page before, unchanged"
    return RequestValidationError([{"type": "cursor", "loc": ("query", "cursor"), "msg": advice}])
