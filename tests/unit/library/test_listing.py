"""Cursors of the document listing."""

import base64

import pytest

from assistant.errors import LibraryError
from assistant.library.listing import place, title_key


def test_titles_are_ordered_without_regard_to_case_and_spaces() -> None:
    titles = ["beta", "Alpha  two", "ALPHA one"]
    assert sorted(titles, key=title_key) == ["ALPHA one", "Alpha  two", "beta"]


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "nonsense",
        "é",
        "💥",
        "W10=",
        "WzEsMl0=",
        "MQ==",
        "bnVsbA==",
        "gA==",
        "....",
        "a" * 9_999,
    ],
)
def test_what_is_no_cursor_is_refused_with_what_to_pass(cursor: str) -> None:
    with pytest.raises(LibraryError, match="next_cursor"):
        place(cursor)


def test_a_cursor_that_holds_no_text_is_refused() -> None:
    with pytest.raises(LibraryError, match="next_cursor"):
        place(base64.urlsafe_b64encode(b'["\\ud800", "d"]').decode())
