"""Connections that are held open with half of a request."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from cli.patience import PatientProtocol

HEAD_S = 0.3


async def slowly(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers after longer than a head may take."""
    await asyncio.sleep(2 * HEAD_S)
    await PlainTextResponse("whole")(scope, receive, send)


@asynccontextmanager
async def listening(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    monkeypatch.setattr("cli.patience.HEAD_S", HEAD_S)
    config = uvicorn.Config(slowly, http=PatientProtocol, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as held:
        serving = asyncio.create_task(server.serve(sockets=[held]))
        try:
            yield held.getsockname()[1]
        finally:
            server.should_exit = True
            await serving


async def ended(reader: asyncio.StreamReader) -> bool:
    """Whether the other side ends the connection without a word."""
    try:
        return await asyncio.wait_for(reader.read(), 30) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "])
async def test_a_connection_without_a_whole_head_is_ended(
    begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with listening(monkeypatch) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(begun)
        assert await ended(reader)
        writer.close()


async def test_an_answer_that_takes_longer_is_given_and_the_connection_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with listening(monkeypatch) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(2):
            writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            head = await reader.readuntil(b"\r\n\r\n")
            assert b"200 OK" in head
            assert await reader.readexactly(5) == b"whole"
        writer.close()
