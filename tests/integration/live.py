"""The API behind a real web server on loopback, and connections that say what they like to it."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from api.app import build_app
from assistant.types import AnswerEvent, Question, StoredChunk
from tests.fakes import QuotingAssistant
from tests.integration.serving import TEXT, Shelf, opened, services


class Patient(QuotingAssistant):
    """Answers once it is let; `ended` counts the questions that were left, however."""

    def __init__(self, stored: StoredChunk) -> None:
        super().__init__(stored)
        self.let = threading.Event()
        self.let.set()
        self.begun = 0
        self.ended = 0

    async def ask(self, question: Question) -> AsyncIterator[AnswerEvent]:
        """The answer, its first event at once."""
        self.begun += 1
        try:
            async for event in super().ask(question):
                yield event
                while not self.let.is_set():  # noqa: ASYNC110  # another thread lets it
                    await asyncio.sleep(0.01)
        finally:
            self.ended += 1


@dataclass(frozen=True)
class Live:
    """A server, what it serves, and its port."""

    port: int
    shelf: Shelf
    assistant: Patient

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def connected(self) -> socket.socket:
        """A connection to it."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def said(self, request: bytes) -> bytes:
        """All that it answers to these bytes, until it closes or nothing more comes."""
        with self.connected() as line:
            line.sendall(request)
            return read_all(line)


def post(path: str, body: object, *headers: str) -> bytes:
    """A request as it goes over the line."""
    data = json.dumps(body).encode()
    lines = (f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json")
    length = f"Content-Length: {len(data)}"
    return "\r\n".join((*lines, *headers, length, "", "")).encode() + data


def read_all(line: socket.socket) -> bytes:
    """What comes, until the other side closes, or is silent for a moment after a whole head."""
    line.settimeout(20)
    found = b""
    try:
        while piece := line.recv(65_536):
            found += piece
            line.settimeout(0.5)
    except TimeoutError:
        pass
    return found


def eventually(holds: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether it holds within these seconds."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


@contextmanager
def live(home: Path, *, text: str = TEXT, **settings: object) -> Iterator[Live]:
    """The API on a free port, with one document. Its assistant waits to be let if a test wants."""
    with opened(home) as shelf:
        assistant = Patient(shelf.put("attachés.md", text))
        app = build_app(services(home, shelf, assistant, **settings))
        config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False)
        server = uvicorn.Server(config)
        held = socket.create_server(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, args=([held],), daemon=True)
        thread.start()
        assert eventually(lambda: server.started, 60)
        try:
            yield Live(held.getsockname()[1], shelf, assistant)
        finally:
            assistant.let.set()
            server.should_exit = True
            thread.join(30)
