"""Conversations and feedback over HTTP: kept, found again, exported, deleted for good."""

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from starlette.testclient import TestClient

from assistant.conversations import ConversationId
from assistant.types import Role, Turn
from tests.integration.serving import serving

SECRET = "xylophonquassel"


def begun(client: TestClient, **body: str) -> str:
    reply = client.post("/v1/conversations", json=body)
    assert reply.status_code == 201
    name: str = reply.json()["conversation_id"]
    return name


def ask(client: TestClient, name: str, question: str) -> dict[str, object]:
    reply = client.post(f"/v1/conversations/{name}/turns", json={"question": question})
    assert reply.status_code == 200, reply.text
    answer: dict[str, object] = reply.json()
    return answer


def test_a_conversation_keeps_its_questions_and_their_answers(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, assistant, _):
        name = begun(client)
        first = ask(client, name, "Que font-ils ?")
        ask(client, name, "Et puis ?")
        assert first["conversation_id"] == name
        answered = str(first["answer"])
        assert assistant.asked[-1].history == (
            Turn(Role.USER, "Que font-ils ?"),
            Turn(Role.ASSISTANT, answered),
        )
        shown = client.get(f"/v1/conversations/{name}").json()
        assert shown["title"] == "Que font-ils ?"
        assert shown["turns"] == 2
        assert [turn["number"] for turn in shown["items"]] == [1, 2]
        assert shown["items"][0]["answer"] == first


def test_a_conversation_may_be_begun_with_nothing_said(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, _):
        assert client.post("/v1/conversations").status_code == 201


def test_the_answer_to_a_stream_is_kept_too(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, _):
        name = begun(client)
        path = f"/v1/conversations/{name}/turns"
        with client.stream("POST", path, json={"question": "Quoi ?", "stream": True}) as reply:
            assert "event: answer" in reply.read().decode()
        assert client.get(f"/v1/conversations/{name}").json()["turns"] == 1


def test_a_question_to_ask_goes_on_with_a_conversation(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, assistant, _):
        name = begun(client)
        body = {"question": "Que font-ils ?", "conversation_id": name}
        client.post("/v1/ask", json=body)
        client.post("/v1/ask", json={**body, "question": "Et puis ?"})
        assert len(assistant.asked[-1].history) == 2
        unknown = client.post("/v1/ask", json={**body, "conversation_id": "none"})
        assert unknown.status_code == 404
        assert unknown.json()["type"] == "urn:attache:problem:conversation-not-found"


def test_conversations_are_listed_last_asked_first_page_by_page(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, _):
        names = [begun(client, title=f"Number {i}") for i in range(5)]
        ask(client, names[1], "Que fait l’attaché de défense ?")
        found: list[str] = []
        cursor = None
        while True:
            params = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
            page = client.get("/v1/conversations", params=params).json()
            found += [one["conversation_id"] for one in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert found[0] == names[1]
        assert sorted(found) == sorted(names)
        assert client.get("/v1/conversations", params={"cursor": "none"}).status_code == 422


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("numb", 2),
        ("ATTACHÉ", 1),
        ("représentent", 1),
        ("%", 0),
        ("none", 0),
        ("citations", 0),
    ],
)
def test_conversations_are_found_by_their_titles_questions_and_answers(
    tmp_path: Path, query: str, count: int
) -> None:
    with serving(tmp_path) as (client, _, _, _):
        ask(client, begun(client, title="Number 1"), "Que fait l’ATTACHÉ ?")
        begun(client, title="Number 2")
        found = client.get("/v1/conversations", params={"query": query}).json()["items"]
        assert len(found) == count


def test_conversations_are_found_by_a_document_that_an_answer_cites(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, _, stored):
        cites = begun(client)
        ask(client, cites, "Que font-ils ?")
        begun(client, title=f'"document_id": "{stored.document_id}"')
        other = shelf.put("other.md", "Another text.")
        for document_id, expected in (
            (stored.document_id, [cites]),
            (other.document_id, []),
            ("%", []),
        ):
            listed = client.get("/v1/conversations", params={"citing": document_id}).json()
            assert [one["conversation_id"] for one in listed["items"]] == expected


def test_a_question_asked_otherwise_takes_the_place_of_the_first_and_of_what_followed(
    tmp_path: Path,
) -> None:
    with serving(tmp_path) as (client, _, assistant, _):
        name = begun(client)
        for question in ("Que font-ils ?", f"Et {SECRET} ?", "Et enfin ?"):
            ask(client, name, question)
        path = f"/v1/conversations/{name}"
        body = {"question": "Et puis ?", "replaces": 2}
        assert client.post(f"{path}/turns", json=body).status_code == 200
        shown = client.get(path).json()
        assert [turn["question"] for turn in shown["items"]] == ["Que font-ils ?", "Et puis ?"]
        assert [turn["number"] for turn in shown["items"]] == [1, 2]
        assert len(assistant.asked[-1].history) == 2
        for file in tmp_path.glob("ledger.db*"):
            assert SECRET.encode() not in file.read_bytes(), file

        client.post(f"{path}/turns", json={"question": "Quoi d’autre ?", "replaces": 1})
        assert client.get(path).json()["title"] == "Quoi d’autre ?"
        assert client.post(f"{path}/turns", json={**body, "replaces": 0}).status_code == 422


@pytest.mark.parametrize("told", [0, 1])
def test_a_turn_that_there_is_not_cannot_be_replaced(tmp_path: Path, told: int) -> None:
    with serving(tmp_path) as (client, *_):
        name = begun(client)
        for _ in range(told):
            ask(client, name, "Que font-ils ?")
        body = {"question": "Et puis ?", "replaces": 99}
        reply = client.post(f"/v1/conversations/{name}/turns", json=body)
        assert (reply.status_code, reply.json()["errors"][0]["field"]) == (422, "replaces")
        assert len(client.get(f"/v1/conversations/{name}").json()["items"]) == told


def test_a_conversation_is_renamed(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, _):
        name = begun(client)
        path = f"/v1/conversations/{name}"
        assert client.patch(path, json={"title": "Attachés"}).json()["title"] == "Attachés"
        assert client.patch(path, json={"title": " "}).status_code == 422
        assert client.get(path).json()["title"] == "Attachés"


def test_what_is_deleted_is_in_no_file_any_more(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, _):
        name = begun(client)
        ask(client, name, f"Was ist {SECRET}?")
        kept = begun(client, title="Kept")
        assert any(SECRET.encode() in path.read_bytes() for path in tmp_path.glob("ledger.db*"))
        assert client.delete(f"/v1/conversations/{name}").status_code == 204
        assert client.get(f"/v1/conversations/{name}").status_code == 404
        assert client.delete(f"/v1/conversations/{name}").status_code == 404
        for path in tmp_path.glob("ledger.db*"):
            assert SECRET.encode() not in path.read_bytes(), path
        assert client.get(f"/v1/conversations/{kept}").status_code == 200


def test_nobody_sees_or_changes_what_is_anothers(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, _, _):
        mine = begun(client)
        assert client.get(f"/v1/conversations/{mine}").status_code == 200
        book = shelf.ledger.conversations
        turns = book.turns(ConversationId(mine), "local")
        other = book.create(
            "somebody else", "Theirs", book.get(ConversationId(mine), "local").created_at
        )
        assert not turns
        path = f"/v1/conversations/{other.conversation_id}"
        assert client.get(path).status_code == 404
        assert client.patch(path, json={"title": "Mine"}).status_code == 404
        assert client.delete(path).status_code == 404
        assert client.post(f"{path}/turns", json={"question": "Quoi ?"}).status_code == 404
        assert client.get(f"{path}/export").status_code == 404
        listed = client.get("/v1/conversations").json()["items"]
        assert [one["conversation_id"] for one in listed] == [mine]


def test_a_conversation_is_exported_with_every_quotation_as_a_footnote(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, stored):
        name = begun(client, title="Attachés *et* <b>après</b>")
        ask(client, name, "Que font-ils ?")
        reply = client.get(f"/v1/conversations/{name}/export")
        assert reply.headers["content-type"] == "text/markdown; charset=utf-8"
        assert "attachment" in reply.headers["content-disposition"]
        text = reply.text
        assert text.startswith("# Attachés \\*et\\* \\<b\\>après\\</b\\>\n")
        assert "## Que font-ils ?" in text
        assert "représentent l’armée. [^1-1]" in text
        assert "[^1-1]: “Les attachés 🪖 de défense représentent l’armée.”" in text
        assert f"version {stored.version_id[:12]}, characters 0 to" in text
        assert "attachés.md\n" in text
        assert "upload:" not in text
        assert "\n1 question, begun" in text


def test_a_conversation_is_exported_as_a_briefing_note_for_word(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, stored):
        name = begun(client, title="Attachés \x1b <b>")
        ask(client, name, "Que font-ils ?")
        ask(client, name, "Et puis ?")
        reply = client.get(f"/v1/conversations/{name}/export", params={"format": "docx"})
        assert "filename*=UTF-8''" in reply.headers["content-disposition"]
        assert client.get(f"/v1/conversations/{name}/export?format=pdf").status_code == 422
    with zipfile.ZipFile(BytesIO(reply.content)) as package:
        notes = package.read("word/footnotes.xml").decode()
        text = package.read("word/document.xml").decode()
    assert notes.count("“Les attachés 🪖 de défense représentent l’armée.”") == 2
    assert stored.version_id[:12] in notes
    assert text.count("footnoteReference") == 2
    assert "[1]" not in text
    paragraphs = [paragraph.text for paragraph in docx.Document(BytesIO(reply.content)).paragraphs]
    assert paragraphs[0] == "Attachés \ufffd <b>"
    assert "Et puis ?" in paragraphs


def test_feedback_is_kept_with_the_answer_it_is_about(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, shelf, _, stored):
        answer = client.post("/v1/ask", json={"question": "Que font-ils ?"}).json()
        place = {
            "document_id": stored.document_id,
            "version_id": stored.version_id,
            "start": 0,
            "end": 12,
        }
        body = {"answer_id": answer["id"], "rating": "down", "reason": "Autre", "correction": place}
        assert client.post("/v1/feedback", json=body).status_code == 201
        client.post("/v1/feedback", json={"answer_id": answer["id"], "rating": "up"})
        (kept,) = shelf.ledger.feedback.every()
        assert kept.rating == "up"
        assert kept.question == "Que font-ils ?"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"answer_id": "none"}, 404),
        ({"rating": "sideways"}, 422),
        ({"correction": {"start": 5, "end": 5}}, 422),
        ({"correction": {"start": 0, "end": 10_000}}, 422),
        ({"correction": {"start": 0, "end": 5, "document_id": "none"}}, 404),
    ],
)
def test_feedback_that_fits_nothing_is_refused(
    tmp_path: Path, change: dict[str, object], status: int
) -> None:
    with serving(tmp_path) as (client, shelf, _, stored):
        answer = client.post("/v1/ask", json={"question": "Quoi ?"}).json()
        body: dict[str, object] = {"answer_id": answer["id"], "rating": "up", **change}
        if isinstance(place := change.get("correction"), dict):
            named = {"document_id": stored.document_id, "version_id": stored.version_id}
            body["correction"] = {**named, **place}
        assert client.post("/v1/feedback", json=body).status_code == status
        assert not shelf.ledger.feedback.every()
