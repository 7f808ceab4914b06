import asyncio
import json
import logging
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from api.app import build_app
from assistant.errors import LibraryDamagedError, ModelBusyError, ModelUnavailableError
from assistant.grounding.checking import CheckedText, TextToCheck
from assistant.stages import Retrieved
from assistant.types import AnswerEvent, Filters, PassagesFound, Question, Role, Turn
from tests.fakes import QuotingAssistant
from tests.integration.serving import BASE, TEXT, opened, services, serving, version_path

Event = tuple[str, dict[str, object]]
SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/v1/ask",
    "query_string": b"",
    "headers": [(b"host", b"localhost"), (b"content-type", b"application/json")],
}


def events_of(body: str) -> list[Event]:
    found = []
    for block in body.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_an_answer_is_sent_with_all_its_proof(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, stored):
        reply = client.post("/v1/ask", json={"question": "Que font-ils ?"})
        answer = reply.json()
        assert reply.status_code == 200
        assert answer["answer"] == "Les attachés 🪖 de défense représentent l’armée. [1]"
        assert answer["conversation_id"] is None
        assert answer["sentences"][0]["verdict"] == "quoted"
        assert answer["citations"][0]["document_id"] == stored.document_id
        assert answer["passages"][0]["text"] == TEXT


def test_a_change_of_answerer_is_told(tmp_path: Path) -> None:
    with opened(tmp_path) as shelf:
        assistant = QuotingAssistant(shelf.put("a.md", TEXT), note="The model is busy.")
        client = TestClient(build_app(services(tmp_path, shelf, assistant)), base_url=BASE)
        answer = client.post("/v1/ask", json={"question": "Quoi ?"}).json()
        assert answer["note"] == "The model is busy."


def test_a_quote_is_its_span_of_the_text_sent(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, stored):
        citation = client.post("/v1/ask", json={"question": "Quoi ?"}).json()["citations"][0]
        text = client.get(version_path(stored) + "/text").text
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_stream_ends_with_the_object_that_would_have_been_sent(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, assistant, _):
        reply = client.post("/v1/ask", json={"question": "Quoi ?", "stream": True})
        events = events_of(reply.text)
        assert reply.headers["content-type"].startswith("text/event-stream")
        assert [name for name, _ in events] == ["passages", "delta", "delta", "answer"]
        assert "".join(str(d["text"]) for n, d in events if n == "delta") == events[-1][1]["answer"]
        assert set(events[-1][1]) == set(client.post("/v1/ask", json={"question": "Q"}).json())
        assert assistant.finished


def test_a_stream_is_neither_kept_nor_held_back(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, *_):
        headers = client.post("/v1/ask", json={"question": "Quoi ?", "stream": True}).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-accel-buffering"] == "no"


def test_a_search_sends_passages_alone(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, *_):
        found = client.post("/v1/search", json={"question": "Quoi ?", "top_k": 3}).json()
        assert [p["rank"] for p in found["passages"]] == [1]
        assert found["as_of"].endswith("Z")
        assert found["timings_ms"]["total"] >= 0


def test_everything_asked_reaches_the_assistant(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, assistant, _):
        body = {
            "question": "  and partners? ",
            "history": [{"role": "user", "content": "Hello"}],
            "as_of": "2026-01-31T13:00:00+01:00",
            "top_k": 5,
            "filters": {"issuers": ["NATO"], "published_from": "2020-01-01"},
        }
        assert client.post("/v1/ask", json=body).status_code == 200
        assert assistant.asked == [
            Question(
                text="and partners?",
                history=(Turn(Role.USER, "Hello"),),
                as_of=datetime(2026, 1, 31, 12, tzinfo=UTC),
                top_k=5,
                filters=Filters(
                    issuers=("NATO",), published_from=datetime(2020, 1, 1, tzinfo=UTC).date()
                ),
            )
        ]


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/search"])
def test_as_of_a_day_means_its_end(tmp_path: Path, path: str) -> None:
    with serving(tmp_path) as (client, _, assistant, _):
        body = {"question": "Q", "as_of": "2026-01-31"}
        assert client.post(path, json=body).status_code == 200
        assert assistant.asked[0].as_of == datetime.combine(date(2026, 1, 31), time.max, UTC)


def test_a_time_to_come_means_now(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, assistant, _):
        client.post("/v1/ask", json={"question": "Q", "as_of": "2999-01-01T00:00:00Z"})
        assert assistant.asked[0].as_of is None


@pytest.mark.parametrize("stream", [False, True])
def test_an_error_before_the_first_event_is_a_problem(tmp_path: Path, stream: bool) -> None:
    busy = ModelBusyError("The model is busy. Ask again.")
    with serving(tmp_path, error=busy) as (client, *_):
        reply = client.post("/v1/ask", json={"question": "Q", "stream": stream})
        assert reply.status_code == 503
        assert reply.headers["content-type"] == "application/problem+json"
        assert int(reply.headers["retry-after"]) > 0
        assert reply.json()["detail"] == "The model is busy. Ask again."


def test_an_error_after_the_first_event_is_the_last_event(tmp_path: Path) -> None:
    late = ModelUnavailableError("The model went away. Ask again.")
    with serving(tmp_path, late_error=late) as (client, *_):
        reply = client.post("/v1/ask", json={"question": "Q", "stream": True})
        events = events_of(reply.text)
        assert [name for name, _ in events] == ["passages", "delta", "error"]
        assert events[-1][1]["type"] == "urn:attache:problem:model-unavailable"
        assert events[-1][1]["request_id"] == reply.headers["x-request-id"]


def test_a_late_surprise_is_logged_and_tells_the_caller_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(tmp_path, late_error=ZeroDivisionError("secret")) as (client, *_):
        with caplog.at_level(logging.ERROR, "api.errors"):
            reply = client.post("/v1/ask", json={"question": "Q", "stream": True})
        assert events_of(reply.text)[-1][1]["status"] == 500
        assert "secret" not in reply.text
        assert reply.headers["x-request-id"] in caplog.text
        assert "ZeroDivisionError" in caplog.text


def test_a_failing_library_is_told_with_its_advice(tmp_path: Path) -> None:
    damaged = LibraryDamagedError("The index is damaged. Ingest again.")
    with serving(tmp_path, error=damaged) as (client, *_):
        reply = client.post("/v1/search", json={"question": "Q"})
        assert reply.status_code == 500
        assert reply.json()["detail"] == "The index is damaged. Ingest again."


class NeverDone:
    """Finds nothing and then thinks for ever."""

    def __init__(self) -> None:
        self.stopped = asyncio.Event()
        self.asked: Question | None = None

    async def ask(self, question: Question) -> AsyncIterator[AnswerEvent]:
        self.asked = question
        try:
            yield PassagesFound(())
            await asyncio.sleep(3600)
        finally:
            self.stopped.set()

    async def search(self, question: Question) -> Retrieved:
        raise NotImplementedError

    async def check(self, text: TextToCheck) -> CheckedText:
        raise NotImplementedError


async def test_the_work_stops_when_the_caller_has_gone(tmp_path: Path) -> None:
    assistant = NeverDone()
    gone = asyncio.Event()
    body = json.dumps({"question": "Q", "stream": True}).encode()
    incoming: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if incoming:
            return incoming.pop()
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message.get("body"):
            gone.set()

    with opened(tmp_path) as shelf:
        app = build_app(services(tmp_path, shelf, assistant))
        await asyncio.wait_for(app(SCOPE.copy(), receive, send), 5)
        await asyncio.wait_for(assistant.stopped.wait(), 1)


async def test_the_work_has_stopped_when_sending_fails(tmp_path: Path) -> None:
    assistant = NeverDone()
    body = json.dumps({"question": "Q", "stream": True}).encode()
    never = asyncio.Event()
    incoming: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if not incoming:
            await never.wait()
        return incoming.pop()

    async def send(message: Message) -> None:
        if message.get("body"):
            raise OSError("the connection is gone")

    with opened(tmp_path) as shelf:
        app = build_app(services(tmp_path, shelf, assistant))
        await asyncio.wait_for(app(SCOPE.copy(), receive, send), 5)
        assert assistant.stopped.is_set()
