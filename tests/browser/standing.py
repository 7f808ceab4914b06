"""The window over the stand-in API, as a server that can be stopped and started again."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn
from fastapi import FastAPI
from gradio.context import Context

from tests.browser.fake_api import Library, build_fake_api
from tests.ports import kept_port
from ui.app import mount


class StandIn:
    """A server of the page; it answers at the same address whenever it is started."""

    def __init__(self, library: Library, port: int) -> None:
        self._library = library
        self._port = port
        self.url = f"http://127.0.0.1:{self._port}"
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Returns once it answers."""
        config = uvicorn.Config(
            self._build,
            factory=True,
            host="127.0.0.1",
            port=self._port,
            log_level="critical",
            ws="none",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)

    def stop(self) -> None:
        """Returns once nobody answers any more."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(timeout=15)
        # A loop that ends with an answer under way leaves that connection open for as long as
        # nobody collects it; a process that ends does not.
        for connection in list(self._server.server_state.connections):
            with suppress(OSError):
                connection.transport.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        self._server = None

    def _build(self) -> FastAPI:
        Context.id = 0  # as in a process of its own
        return mount(build_fake_api(self._library), api_url=self.url)


@contextmanager
def standing(library: Library) -> Iterator[StandIn]:
    """A server that was started, and that is stopped in the end."""
    with kept_port() as port:
        server = StandIn(library, port)
        server.start()
        try:
            yield server
        finally:
            server.stop()
