"""A chat model behind a server, over HTTP: what it writes well, badly, slowly or not at all."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from httpx2 import Client

from api.answer_schemas import AnswerOut
from tests.chat_server import ChatServer, chat_server
from tests.e2e.place import Serving
from ui.render import render_answered
from ui.words import Words

OFFICE = """# The liaison office at Lisbon

The liaison office at Lisbon opened on 4 May 1993. It has ten rooms and a garden. The liaison office
at Lisbon is paid by the sending nations.
"""
QUESTION = "When did the liaison office at Lisbon open?"
TRUE = "The liaison office at Lisbon opened on 4 May 1993 [1]."
WRONG = "Its first director was a famous painter [1]."
BARE = "Its first director was a famous painter."
LONG = f"{TRUE} " * 40
# Long enough for what fails at once to be asked again, and to fail again, on a busy machine.
TIMEOUT_S = 6.0
# Beyond the time set for a model, far more than the product needs on a busy machine.
SLACK_S = 20.0

Asked = dict[str, Any]


@contextmanager
def asking(serving: Serving, home: Path, address: str, **settings: object) -> Iterator[Client]:
    """A client of the product, whose chat model is served at the address."""
    model = {"chat_model": "m", "openai_base_url": address, "chat_timeout_s": TIMEOUT_S}
    with serving(home, **model, **settings) as place:
        place.client.post("/v1/documents", files=[("files", ("office.md", OFFICE))])
        yield place.client


@pytest.fixture(scope="module")
def behind() -> Iterator[ChatServer]:
    with chat_server(lambda _: TRUE) as server:
        yield server


@pytest.fixture(scope="module")
def client(
    serving: Serving, behind: ChatServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Client]:
    with asking(serving, tmp_path_factory.mktemp("home"), behind.url) as opened:
        yield opened


@pytest.fixture
def server(behind: ChatServer) -> ChatServer:
    """The model's server, as well as it can be."""
    behind.write, behind.pause_s, behind.status = lambda _: TRUE, 0.0, 200
    behind.raw, behind.pieces, behind.and_then = False, None, "hang"
    return behind


def answered(client: Client) -> Asked:
    found: Asked = client.post("/v1/ask", json={"question": QUESTION}).json()
    return found


def streamed(client: Client) -> list[tuple[str, Asked]]:
    text = client.post("/v1/ask", json={"question": QUESTION, "stream": True}).text
    blocks = [block.splitlines() for block in text.split("\n\n") if "data:" in block]
    parts = [dict(line.split(": ", 1) for line in block if ": " in line) for block in blocks]
    return [(part["event"], json.loads(part["data"])) for part in parts if "event" in part]


@pytest.mark.parametrize(
    ("unsupported", "behind_it"),
    [("remove", ""), ("strike", f" ~~{BARE}~~"), ("flag", f" {BARE} [not supported]")],
)
def test_what_no_passage_carries_is_removed_struck_or_flagged_by_setting(
    unsupported: str, behind_it: str, server: ChatServer, serving: Serving, tmp_path: Path
) -> None:
    server.write = lambda _: f"{TRUE} {WRONG}"
    with asking(serving, tmp_path, server.url, unsupported=unsupported) as client:
        answer = answered(client)
        said = {"model": "attache", "messages": [{"role": "user", "content": QUESTION}]}
        completion = client.post("/v1/chat/completions", json=said).json()
        talk = client.post("/v1/conversations", json={}).json()["conversation_id"]
        client.post(f"/v1/conversations/{talk}/turns", json={"question": QUESTION})
        exported = f"/v1/conversations/{talk}/export"
        note = Document(BytesIO(client.get(exported, params={"format": "docx"}).content))
        markdown = client.get(exported, params={"format": "md"}).text
    assert answer["answer"] == f"The liaison office at Lisbon opened on 4 May 1993. [1]{behind_it}"
    assert completion["choices"][0]["message"]["content"] == answer["answer"]
    html = render_answered(Words(), AnswerOut.model_validate(answer))
    assert (f"<s>{BARE}</s>" in html) == (unsupported == "strike")
    assert ('class="flag"' in html) == (unsupported != "remove")
    struck = [r.text for p in note.paragraphs for r in p.runs if r.font.strike]
    assert struck == ([BARE] if unsupported == "strike" else [])
    assert (f"~~{BARE}~~" in markdown) == (unsupported == "strike")
    assert ("left out" in (answer["note"] or "")) == (unsupported == "remove")


def test_where_too_little_of_it_remains_the_passages_are_quoted_and_it_is_said(
    server: ChatServer, client: Client
) -> None:
    server.write = lambda _: f"{TRUE} It was painted blue. A king slept there. It sells stamps [1]."
    answer = answered(client)
    assert answer["answered_by"] == "extractive"
    assert "Of 4 sentences that m wrote, only 1 could be proved" in answer["note"]
    assert "4 May 1993" in answer["answer"]


def test_it_is_streamed_from_its_first_words_and_the_last_event_is_proved(
    server: ChatServer, client: Client
) -> None:
    server.write = lambda _: LONG
    events = streamed(client)
    kinds = [kind for kind, _ in events]
    assert kinds[0] == "passages"
    assert kinds[-1] == "answer"
    assert kinds.count("delta") > 10
    assert events[-1][1]["answered_by"] == "m"


QUOTA = '{"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}'
REFUSED = '{"error": {"message": "Incorrect API key", "code": "invalid_api_key"}}'
FAILURES: dict[str, tuple[dict[str, Any], Callable[[str], str], str]] = {
    "slow": ({"pause_s": 30.0}, lambda _: TRUE, "ATTACHE_CHAT_TIMEOUT_S"),
    "hangs in the middle": ({"pieces": 2}, lambda _: LONG, "ATTACHE_CHAT_TIMEOUT_S"),
    "closes in the middle": ({"pieces": 2, "and_then": "close"}, lambda _: LONG, ""),
    "garbage in the middle": ({"pieces": 2, "and_then": "garbage"}, lambda _: LONG, ""),
    "garbage": ({"raw": True}, lambda _: "<html>\x00\x01 not JSON</html>", ""),
    "empty": ({"raw": True}, lambda _: "", ""),
    "refuses the key": ({"status": 401}, lambda _: REFUSED, "OPENAI_API_KEY"),
    "knows no such model": ({"status": 404}, lambda _: "{}", "ATTACHE_CHAT_MODEL"),
    "out of quota": ({"status": 429}, lambda _: QUOTA, "quota"),
    "too many callers": ({"status": 429}, lambda _: "{}", "slow down"),
    "broken": ({"status": 500}, lambda _: "oops", "does not answer"),
    "refuses in words": ({}, lambda _: "I am sorry, but I cannot help with that.", "proved"),
    "says nothing": ({}, lambda _: "", "no answer"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_model_that_fails_leaves_the_extractive_answer_with_a_note_within_the_time(
    failure: str, server: ChatServer, client: Client
) -> None:
    options, server.write, advice = FAILURES[failure]
    for name, value in options.items():
        setattr(server, name, value)
    began = time.monotonic()
    answer = answered(client)
    assert time.monotonic() - began < TIMEOUT_S + SLACK_S
    assert answer["answered_by"] == "extractive"
    assert "4 May 1993" in answer["answer"]
    assert answer["note"]
    assert advice in answer["note"]
    assert {one["verdict"] for one in answer["sentences"]} == {"quoted"}


def test_a_stream_that_breaks_off_ends_with_the_extractive_answer(
    server: ChatServer, client: Client
) -> None:
    server.write, server.pieces, server.and_then = lambda _: LONG, 2, "close"
    (*_, (kind, answer)) = streamed(client)
    assert kind == "answer"
    assert answer["answered_by"] == "extractive"
    assert answer["note"]


def test_a_server_that_is_down_leaves_the_extractive_answer_with_a_note(
    serving: Serving, tmp_path: Path
) -> None:
    with chat_server(lambda _: TRUE) as server:
        address = server.url
    with asking(serving, tmp_path, address) as client:
        answer = answered(client)
    assert answer["answered_by"] == "extractive"
    assert "does not answer" in answer["note"]
