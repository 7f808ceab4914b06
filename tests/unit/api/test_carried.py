"""Where the key of a request is looked for."""

import pytest

from api.carried import secret_in
from api.server_schemas import SESSION_COOKIE

COOKIE = f"{SESSION_COOKIE}=of-the-window"


@pytest.mark.parametrize(
    ("headers", "secret"),
    [
        ({}, None),
        ({"authorization": "Bearer of-the-header"}, "of-the-header"),
        ({"authorization": "bearer  of-the-header "}, "of-the-header"),
        ({"cookie": COOKIE}, "of-the-window"),
        ({"authorization": "Bearer of-the-header", "cookie": COOKIE}, "of-the-header"),
        # Who says something else by a header is not the window, whatever cookie comes with it.
        ({"authorization": "Basic b2Y6YW5vdGhlcg==", "cookie": COOKIE}, None),
        ({"cookie": f"{SESSION_COOKIE}="}, None),
    ],
)
def test_a_header_counts_before_a_cookie(headers: dict[str, str], secret: str | None) -> None:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    assert secret_in({"type": "http", "headers": raw}) == secret
