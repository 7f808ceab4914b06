"""Where documents lie on the server's disk is shown to who runs it, and to no reader."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import build_app
from api.roots import Roots
from assistant.access.keys import KeyRole
from assistant.backends import Backends, open_backends
from assistant.runs import RunRequest
from assistant.settings import Settings
from cli.queueing import serving_runs
from cli.serving import services_of_library
from tests.integration.serving import BASE

TEXT = "The liaison office at Lisbon opened on 4 May 1993. {}\n"
QUESTION = {"question": "When did the liaison office at Lisbon open?"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Backends, str]]:
    """A server over a folder of its own disk, and where that folder lies."""
    home: Path = tmp_path_factory.mktemp("home")
    folder: Path = tmp_path_factory.mktemp("hidden") / "archive"
    (folder / "offices").mkdir(parents=True)
    file = folder / "offices" / "lisbon.md"
    settings = Settings(home=home)
    with open_backends(settings, "a test") as backends, serving_runs(settings, backends) as made:
        runs, parsers = made
        for version in ("Four people work there.", "Nine people work there now."):
            file.write_text(TEXT.format(version), encoding="utf-8")
            runs.wait(runs.start(RunRequest("paths", (str(folder),))))
        app = build_app(services_of_library(settings, backends, runs, parsers))
        with TestClient(app, base_url=BASE) as client:
            yield client, backends, str(folder.parent)


def headers(backends: Backends, name: str, role: KeyRole) -> Mapping[str, str]:
    _, secret = backends.library.ledger.keys.add(name, role, ["ALL"], ["ALL"])
    return {"Authorization": f"Bearer {secret}", "Accept": "application/json, text/event-stream"}


def everything(client: TestClient, own: Mapping[str, str]) -> dict[str, str]:
    """All that a caller can be told of a document, by what was asked."""
    listed = client.get("/v1/documents", headers=own).json()["items"][0]
    path = f"/v1/documents/{listed['document_id']}"
    made = client.post("/v1/conversations", json={}, headers=own).json()["conversation_id"]
    talk = f"/v1/conversations/{made}"
    messages = [{"role": "user", "content": QUESTION["question"]}]
    chat = {"model": "attache-footnotes", "messages": messages}
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
    tool = {"name": "list_documents", "arguments": {}}
    asked = [
        client.get("/v1/documents", headers=own),
        client.get(path, headers=own),
        client.get(f"{path}/versions", headers=own),
        client.get(f"{path}/versions/{listed['version_id']}", headers=own),
        client.get(f"{path}/diff", headers=own),
        client.post("/v1/search", json=QUESTION, headers=own),
        client.post("/v1/ask", json=QUESTION, headers=own),
        client.post("/v1/ask", json={**QUESTION, "stream": True}, headers=own),
        client.post("/v1/verify", json={"text": TEXT.format("")}, headers=own),
        client.post(f"{talk}/turns", json=QUESTION, headers=own),
        client.get(talk, headers=own),
        client.get(f"{talk}/export", headers=own),
        client.post("/v1/chat/completions", json=chat, headers=own),
        client.post("/v1/chat/completions", json={**chat, "stream": True}, headers=own),
        client.post("/mcp", json={**call, "params": tool}, headers=own),
        client.post(
            "/mcp", json={**call, "params": {"name": "ask", "arguments": QUESTION}}, headers=own
        ),
        client.get("/readyz", headers=own),
    ]
    assert [one.status_code for one in asked if not one.is_success] == []
    return {f"{number} {one.request.url.path}": one.text for number, one in enumerate(asked)}


def test_a_reader_sees_the_place_below_what_was_taken_in(
    library: tuple[TestClient, Backends, str],
) -> None:
    client, backends, above = library
    told = everything(client, headers(backends, "anna", KeyRole.READER))
    assert {name for name, text in told.items() if above in text or "file:" in text} == set()
    document = json.loads(told["0 /v1/documents"])["items"][0]
    assert document["source_uri"] == "archive/offices/lisbon.md"


@pytest.mark.parametrize("role", [KeyRole.LIBRARIAN, KeyRole.ADMINISTRATOR])
def test_who_runs_the_library_sees_where_it_lies(
    library: tuple[TestClient, Backends, str], role: KeyRole
) -> None:
    client, backends, above = library
    told = everything(client, headers(backends, f"a {role}", role))
    without = {name.split("/")[-1] for name, text in told.items() if above not in text}
    assert without <= {"readyz", "export"}, "what is passed on names the file alone"


def test_what_was_kept_of_an_answer_is_shown_as_the_caller_s_role_is_now(
    library: tuple[TestClient, Backends, str],
) -> None:
    client, backends, above = library
    keys = backends.library.ledger.keys
    own = headers(backends, "bert", KeyRole.LIBRARIAN)
    made = client.post("/v1/conversations", json={}, headers=own).json()["conversation_id"]
    client.post(f"/v1/conversations/{made}/turns", json=QUESTION, headers=own)
    assert above in client.get(f"/v1/conversations/{made}", headers=own).text
    keys.revoke("bert")
    now = headers(backends, "bert", KeyRole.READER)
    assert above not in client.get(f"/v1/conversations/{made}", headers=now).text
    assert above not in client.get(f"/v1/conversations/{made}/export", headers=now).text


def test_a_file_by_itself_a_part_of_an_archive_and_a_page_have_their_names() -> None:
    class Book:
        def recent(self, *_: object) -> tuple[()]:
            return ()

    below = Roots(Book()).below  # type: ignore[arg-type]
    assert below("file:///srv/plans/a%20b.md") == "a%20b.md"
    assert below("file:///srv/plans/a.zip#in/b.md") == "a.zip#in/b.md"
    assert below("https://example.org/a") == "https://example.org/a"
    assert below("upload:a.md") == "upload:a.md"
