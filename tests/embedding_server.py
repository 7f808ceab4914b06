"""A server on loopback that speaks OpenAI's protocol and embeds texts by their letters."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

LETTERS = "aeiou"


def counted(text: str) -> list[float]:
    """How often each vowel stands in a text: a vector of any length but one."""
    return [float(text.lower().count(letter)) for letter in LETTERS]


@contextmanager
def embedding_server() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Its address, and the bodies that it was sent, while it runs."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append({**body, "key": self.headers["Authorization"]})
            found = [
                {"object": "embedding", "index": i, "embedding": counted(text)}
                for i, text in enumerate(body["input"])
            ]
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            told = {"object": "list", "model": body["model"], "data": found, "usage": {}}
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
