"""Conversations and feedback among several callers, and after what may be read has changed."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from assistant.access.keys import KeyRole
from tests.integration.guarded import HIGH, LOW, Guarded, Headers, guarded
from tests.integration.serving import TEXT, WHEN

QUESTION = "What do attachés do?"


def conversation(server: Guarded, headers: Headers) -> str:
    """A conversation with one question in it."""
    made = server.client.post("/v1/conversations", json={}, headers=headers).json()
    path = f"/v1/conversations/{made['conversation_id']}"
    reply = server.client.post(f"{path}/turns", json={"question": QUESTION}, headers=headers)
    assert reply.status_code == 200
    return path


def shown(server: Guarded, path: str, headers: Headers) -> str:
    """All that the conversation says wherever it is shown, as text."""
    page = server.client.get(path, headers=headers).text
    markdown = server.client.get(f"{path}/export", headers=headers).text
    word = server.client.get(f"{path}/export?format=docx", headers=headers).content
    paragraphs = "\n".join(one.text for one in Document(BytesIO(word)).paragraphs)
    return f"{page}\n{markdown}\n{paragraphs}"


@pytest.mark.parametrize("role", KeyRole)
def test_somebody_elses_conversation_is_as_one_that_is_not_there(
    tmp_path: Path, role: KeyRole
) -> None:
    with guarded(tmp_path) as server:
        path = conversation(server, server.caller("anna", KeyRole.READER, LOW))
        other = server.caller("bert", role, "ALL", groups="ALL")
        for method, end in (
            ("GET", ""),
            ("GET", "/export"),
            ("PATCH", ""),
            ("POST", "/turns"),
            ("DELETE", ""),
        ):
            body = {"PATCH": {"title": "Mine"}, "POST": {"question": QUESTION}}.get(method)
            told = [
                server.client.request(method, f"{name}{end}", json=body, headers=other)
                for name in (path, f"/v1/conversations/{'0' * 32}")
            ]
            assert told[0].status_code == told[1].status_code == 404
            assert told[0].json()["title"] == told[1].json()["title"]
        assert server.client.get("/v1/conversations", headers=other).json()["items"] == []


def test_an_old_answer_is_closed_once_its_document_is(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        anna = server.caller("anna", KeyRole.READER, LOW)
        path = conversation(server, anna)
        assert TEXT[:30] in shown(server, path, anna)
        server.shelf.put("open.md", TEXT, WHEN + timedelta(days=1), marking=HIGH)
        seen = shown(server, path, anna)
        assert TEXT[:30] not in seen
        assert server.stored.document_id not in seen
        assert QUESTION in seen, "what she asked stays hers"
        assert "may not read" in seen


def test_a_closed_answer_is_found_by_none_of_its_words(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        reader = server.caller("anna", KeyRole.READER, LOW)
        conversation(server, reader)
        searches = {"query": "représentent"}, {"citing": server.stored.document_id}

        def found() -> list[int]:
            replies = [
                server.client.get("/v1/conversations", params=one, headers=reader).json()
                for one in ({"query": QUESTION}, *searches)
            ]
            return [len(reply["items"]) for reply in replies]

        before = found()
        server.shelf.put("open.md", TEXT, WHEN + timedelta(days=1), marking=HIGH)
        assert (before, found()) == ([1, 1, 1], [1, 0, 0])


def test_an_old_answer_is_closed_to_a_new_key_that_opens_less(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        server.shelf.put("open.md", TEXT, WHEN + timedelta(days=1), marking=HIGH)
        path = conversation(server, server.caller("anna", KeyRole.READER, HIGH))
        server.shelf.ledger.keys.revoke("anna")
        lower = server.caller("anna", KeyRole.READER, LOW)
        assert TEXT[:30] not in shown(server, path, lower)
        server.shelf.ledger.keys.revoke("anna")
        assert TEXT[:30] in shown(server, path, server.caller("anna", KeyRole.READER, HIGH))


def test_feedback_is_for_who_got_the_answer(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        anna, bert = server.caller("anna"), server.caller("bert")
        body = {"question": QUESTION}
        answer = server.client.post("/v1/ask", json=body, headers=anna).json()["id"]
        sent = {"answer_id": answer, "rating": "down"}
        foreign = server.client.post("/v1/feedback", json=sent, headers=bert)
        absent = server.client.post("/v1/feedback", json={**sent, "answer_id": "x"}, headers=bert)
        assert foreign.status_code == absent.status_code == 404
        assert foreign.json()["detail"].replace(answer, "x") == absent.json()["detail"]
        assert server.client.post("/v1/feedback", json=sent, headers=anna).status_code == 201
