"""Who is refused before anything is asked: other names, and pages of other sites."""

import pytest
from starlette.types import Message, Receive, Scope, Send

from api.security import Doorkeeper


async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "let in"})


async def knocked(kind: str, method: str, headers: dict[str, str], host: str) -> Message:
    """The first message that comes back."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": f"{kind}.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": kind,
        "method": method,
        "path": "/v1/ask",
        "headers": raw,
        "state": {"request_id": "r"},
    }
    doorkeeper = Doorkeeper(app, host, ["https://desk.example.org"])
    await doorkeeper(scope, receive, send)
    return sent[0]


@pytest.mark.parametrize(
    ("kind", "method", "origin", "is_let_in"),
    [
        ("http", "POST", None, True),
        ("http", "POST", "http://127.0.0.1:8000", True),
        ("http", "POST", "https://desk.example.org", True),
        ("http", "POST", "https://elsewhere.example.org", False),
        ("http", "POST", "http://127.0.0.1:9000", False),
        ("http", "POST", "null", False),
        ("http", "GET", "https://elsewhere.example.org", True),
        ("websocket", "GET", "https://elsewhere.example.org", False),
        ("websocket", "GET", "http://127.0.0.1:8000", True),
    ],
)
async def test_a_page_of_another_site_changes_nothing_and_opens_no_socket(
    kind: str, method: str, origin: str | None, is_let_in: bool
) -> None:
    headers = {"host": "127.0.0.1:8000"} | ({"origin": origin} if origin else {})
    message = await knocked(kind, method, headers, "127.0.0.1")
    assert (message["type"] == "let in") is is_let_in
    if not is_let_in:
        refused = (message.get("status"), message.get("code"))
        assert refused == ((None, 1008) if kind == "websocket" else (403, None))


@pytest.mark.parametrize(
    ("host", "name", "is_let_in"),
    [
        ("127.0.0.1", "localhost:8000", True),
        ("127.0.0.1", "rebound.example.org", False),
        ("127.0.0.1", "", False),
        ("0.0.0.0", "desk.example.org", True),
    ],
)
async def test_a_server_of_this_machine_answers_to_no_other_name(
    host: str, name: str, is_let_in: bool
) -> None:
    message = await knocked("http", "GET", {"host": name}, host)
    assert (message["type"] == "let in") is is_let_in
    assert is_let_in or message["status"] == 421
