"""A server on loopback that speaks OpenAI's protocol and writes what a test wants."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Literal

Write = Callable[[str], str]
AndThen = Literal["hang", "garbage", "close"]
_PIECE = 40  # characters


@dataclass
class ChatServer:
    """Writes `write(prompt)` to each prompt; `asked` are the bodies that were sent.

    It waits for `pause_s` first, and refuses with `status` where that is not 200, saying what is
    written. With `raw`, it sends what is written as it is, which is no chat completion. After
    `pieces` it sends nothing more, `and_then` hangs, sends what is no event, or closes.
    """

    write: Write
    pause_s: float = 0.0
    status: int = 200
    raw: bool = False
    pieces: int | None = None
    and_then: AndThen = "hang"
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    stopping: Event = field(default_factory=Event)

    @property
    def prompts(self) -> list[str]:
        """The text of each prompt, in the order they came."""
        return ["\n".join(one["content"] for one in body["messages"]) for body in self.asked]


@contextmanager
def chat_server(
    write: Write,
    *,
    pause_s: float = 0.0,
    status: int = 200,
    raw: bool = False,
    pieces: int | None = None,
    and_then: AndThen = "hang",
) -> Iterator[ChatServer]:
    """The server, while it runs."""
    told = ChatServer(write, pause_s, status, raw, pieces, and_then)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(told))
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield told
    finally:
        told.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(told: ChatServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            told.stopping.wait(told.pause_s)
            with suppress(BrokenPipeError, ConnectionResetError):  # nobody waits any more
                self._answer(told.write(told.prompts[-1]))

        def _answer(self, written: str) -> None:
            self.send_response(told.status)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            for event in _events(told, written):
                self.wfile.write(event)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _events(told: ChatServer, written: str) -> Iterator[bytes]:
    """What is sent, piece by piece."""
    if told.raw or told.status != 200:
        yield written.encode()
        return
    for number, at in enumerate(range(0, len(written), _PIECE)):
        if number == told.pieces:
            yield from _early_end(told)
            return
        yield _chunk({"content": written[at : at + _PIECE]})
    yield _chunk({}, "stop")
    yield b"data: [DONE]\n\n"


def _early_end(told: ChatServer) -> Iterator[bytes]:
    if told.and_then == "hang":
        told.stopping.wait(60)
    elif told.and_then == "garbage":
        yield b"data: {\xc3\xa9{{\x00\n\n"


def _chunk(delta: dict[str, str], ended: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": ended}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    return f"data: {json.dumps({**chunk, 'choices': [choice]})}\n\n".encode()
