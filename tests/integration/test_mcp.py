"""The library's tools, asked by the protocol's own client over both of its transports."""

import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from api.app import build_app
from api.mcp import build_server
from tests.fakes import QuotingAssistant
from tests.integration.commands import ATTACHE, attache, environment
from tests.integration.guarded import guarded
from tests.integration.serving import BASE, TEXT, opened, services

TOOLS = ["ask", "search", "open_passage", "list_documents"]


@asynccontextmanager
async def connected(home: Path) -> AsyncIterator[tuple[Client, QuotingAssistant]]:
    with opened(home) as shelf:
        assistant = QuotingAssistant(shelf.put("attachés.md", TEXT))
        app = build_app(services(home, shelf, assistant))
        transport = httpx2.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx2.AsyncClient(transport=transport, base_url=BASE) as http,
            Client(streamable_http_client(f"{BASE}/mcp", http_client=http)) as client,
        ):
            yield client, assistant


async def test_the_tools_say_what_they_do_and_change_nothing(tmp_path: Path) -> None:
    async with connected(tmp_path) as (client, _):
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == TOOLS
        for tool in tools:
            assert tool.description
            assert tool.output_schema
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint


async def test_an_answer_comes_with_its_citations_and_a_citation_can_be_opened(
    tmp_path: Path,
) -> None:
    async with connected(tmp_path) as (client, assistant):
        asked = {"question": "Que font-ils ?", "issuers": ["NATO"], "published_from": "2020-01-01"}
        answer = (await client.call_tool("ask", asked)).structured_content
        assert answer is not None
        assert answer["answer"].endswith("[1]")
        assert assistant.asked[-1].filters.issuers == ("NATO",)
        (cited,) = answer["citations"]
        place = {name: cited[name] for name in ("document_id", "version_id", "start", "end")}
        opened_ = (await client.call_tool("open_passage", place)).structured_content
        assert opened_ is not None
        assert cited["quote"] in opened_["items"][0]["text"]


async def test_passages_are_searched_and_documents_listed(tmp_path: Path) -> None:
    async with connected(tmp_path) as (client, _):
        found = (await client.call_tool("search", {"query": "attachés"})).structured_content
        assert found is not None
        assert found["passages"][0]["text"] == TEXT
        listed = (await client.call_tool("list_documents", {})).structured_content
        assert listed is not None
        assert listed["items"][0]["title"] == "attachés.md"


@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        ("ask", {"question": " "}, "question is empty"),
        ("open_passage", {"document_id": "../..", "version_id": "x", "start": 0, "end": 1}, "no"),
        ("list_documents", {"cursor": "none"}, "cursor"),
        ("ask", {}, "question is missing; add it."),
        ("ask", {"question": "Who?", "issuer": "NATO"}, "ask has no argument 'issuer'. It takes"),
        ("search", {"query": "visits", "limit": 99}, "limit is refused"),
    ],
)
async def test_what_is_refused_says_why(
    tmp_path: Path, tool: str, given: dict[str, object], said: str
) -> None:
    async with connected(tmp_path) as (client, _):
        result = await client.call_tool(tool, given)
        assert result.is_error
        assert said in str(result.content[0])
        assert "pydantic" not in str(result.content[0])


async def test_a_client_starts_the_tools_by_a_command(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Attachés\n\nAn attaché advises the ambassador of a state.\n")
    taken = attache(tmp_path, "ingest", tmp_path / "a.md", "--json")
    assert taken.code == 0, taken.err
    surroundings = {**environment(tmp_path), "PATH": os.defpath}
    command = StdioServerParameters(command=str(ATTACHE), args=["mcp"], env=surroundings)
    async with Client(command) as client:
        assert [tool.name for tool in (await client.list_tools()).tools] == TOOLS
        asked = {"question": "Whom does an attaché advise?"}
        answer = (await client.call_tool("ask", asked)).structured_content
        assert answer is not None
        assert "advises the ambassador" in answer["answer"]


async def test_tools_over_an_empty_library_begin_with_the_starter_documents(tmp_path: Path) -> None:
    surroundings = {**environment(tmp_path), "PATH": os.defpath}
    command = StdioServerParameters(command=str(ATTACHE), args=["mcp"], env=surroundings)
    async with Client(command) as client:
        asked = {"question": "When was the North Atlantic Treaty signed?"}
        answer = (await client.call_tool("ask", asked)).structured_content
        assert answer is not None
        assert "1949" in answer["answer"]


async def test_a_tool_without_a_key_or_a_server_says_what_to_do(tmp_path: Path) -> None:
    with guarded(tmp_path) as held:
        held.caller("anna")
        transport = httpx2.ASGITransport(held.client.app)
        async with (
            httpx2.AsyncClient(transport=transport, base_url=BASE) as http,
            Client(build_server(http, "0")) as client,
        ):
            refused = await client.call_tool("ask", {"question": "Que font-ils ?"})
    with socket.create_server(("127.0.0.1", 0)) as free:
        nowhere = f"http://127.0.0.1:{free.getsockname()[1]}"
    async with (
        httpx2.AsyncClient(base_url=nowhere, trust_env=False) as http,
        Client(build_server(http, "0")) as client,
    ):
        alone = await client.call_tool("list_documents", {})
    assert refused.is_error
    assert "ATTACHE_KEY" in str(refused.content[0])
    assert alone.is_error
    assert "attache serve" in str(alone.content[0])
