"""The audit trail: what is in it, what it does without, and what it finds out."""

import json
import logging
import sqlite3
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import build_app
from api.refused import AT_ONCE, Allowance
from assistant.access.acting import Actor
from assistant.access.keys import KeyRole
from assistant.errors import LibraryDamagedError
from tests.integration.guarded import HIGH, LOW, Guarded, guarded
from tests.integration.serving import BASE, TEXT, services, version_path

QUESTION = "What does the attaché of Valdoria do?"
Row = dict[str, object]


def rows(server: Guarded) -> list[Row]:
    """The trail, each row with what it tells."""
    return [
        {"what": one.what, "who": one.who, "key_id": one.key_id, "at": one.at}
        | json.loads(one.told)
        for one in server.shelf.ledger.audit.entries()
    ]


def test_a_question_is_in_the_trail_with_what_it_was_answered_from(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        headers = {**server.caller("anna", KeyRole.READER, LOW), "X-Request-ID": "r-1"}
        answer = server.client.post("/v1/ask", json={"question": QUESTION}, headers=headers).json()
        asked, answered = rows(server)[-2:]
    named = {
        "document_id": server.stored.document_id,
        "version_id": server.stored.version_id,
    }
    assert (asked["what"], asked["who"], asked["request_id"]) == ("ask", "anna", "r-1")
    assert (asked["question"], asked["documents"]) == (QUESTION, [named])
    assert (answered["what"], answered["answer_id"]) == ("answer", answer["id"])
    assert answered["cited"] == [named]
    assert answered["request_id"] == "r-1"
    assert answered["model"] == answer["answered_by"]
    assert answered["verdicts"] == {"quoted": 1}
    assert {"prompt_version", "marking", "outcome", "as_of"} <= set(answered)
    assert asked["key_id"]
    assert str(asked["at"]).endswith("Z")


def test_what_changes_the_library_is_in_the_trail_by_whom(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        librarian = server.caller("lena", KeyRole.LIBRARIAN, "ALL", groups="ALL")
        files = [("files", ("new.md", b"New words."))]
        server.client.post("/v1/documents", files=files, headers=librarian)
        path = f"/v1/documents/{server.stored.document_id}"
        assert server.client.delete(path, headers=librarian).status_code == 204
        assert server.client.post(f"{path}/restore", headers=librarian).status_code == 200
        server.shelf.ledger.keys.revoke("lena")
        found = [(row["what"], row["who"]) for row in rows(server)]
    assert found == [
        ("publish", "command line"),
        ("add key", "command line"),
        ("ingest", "lena"),
        ("publish", "lena"),
        ("remove", "lena"),
        ("restore", "lena"),
        ("revoke key", "command line"),
    ]


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/search", "/v1/verify", "/v1/chat/completions"])
def test_questions_are_left_out_everywhere_where_the_setting_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    secret = "zanzibarine"
    body = {
        "/v1/verify": {"text": f"The {secret} attaché."},
        "/v1/chat/completions": {
            "model": "attache",
            "messages": [{"role": "user", "content": f"What of the {secret} attaché?"}],
        },
    }.get(path, {"question": f"What of the {secret} attaché?"})
    caplog.set_level(logging.DEBUG)
    with guarded(tmp_path, audit_questions=False) as server:
        headers = server.caller("anna")
        assert server.client.post(path, json=body, headers=headers).status_code == 200
        trail = json.dumps(rows(server))
    assert trail.count("anna") >= 2
    assert secret not in trail
    assert secret not in caplog.text
    for file in tmp_path.rglob("ledger.db*"):
        assert secret.encode() not in file.read_bytes()


class FullTrail:
    """A trail that nothing can be written to."""

    def note(self, what: str, told: Mapping[str, object], actor: Actor | None = None) -> None:
        """Raises, as a full disk makes the ledger do."""
        del what, told, actor
        raise LibraryDamagedError("The ledger cannot be written. Make room on its disk.")


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/search", "/v1/verify"])
@pytest.mark.parametrize("stream", [False, True])
def test_nothing_is_told_that_cannot_be_written_down(
    tmp_path: Path, path: str, stream: bool
) -> None:
    with guarded(tmp_path) as server:
        served = services(tmp_path, server.shelf, server.assistant)
        with TestClient(build_app(replace(served, audit=FullTrail())), base_url=BASE) as client:
            body: dict[str, object] = (
                {"text": TEXT} if path == "/v1/verify" else {"question": QUESTION}
            )
            if path == "/v1/ask":
                body["stream"] = stream
            reply = client.post(path, json=body)
    assert reply.status_code == 500
    assert reply.json()["type"] == "urn:attache:problem:library-damaged"
    assert "Make room" in reply.json()["detail"]
    assert TEXT[:20] not in reply.text


def test_writers_at_the_same_time_make_one_chain(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        trail = server.shelf.ledger.audit
        before = trail.check().rows
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda i: trail.note("ask", {"n": i}), range(80)))
        found = trail.check()
    assert (found.rows, found.problem) == (before + 80, None)


TAMPERED = {
    "a change": "UPDATE audit SET told = '{}' WHERE number = 3",
    "another name": "UPDATE audit SET who = 'somebody' WHERE number = 2",
    "a row taken away": "DELETE FROM audit WHERE number = 3",
    "the first row taken away": "DELETE FROM audit WHERE number = 1",
    "the last rows taken away": "DELETE FROM audit WHERE number > 3",
    "all rows taken away": "DELETE FROM audit",
    "a row added": "INSERT INTO audit SELECT number + 1, at, who, key_id, what, told, chained "
    "FROM audit ORDER BY number DESC LIMIT 1",
    "two rows exchanged": "UPDATE audit SET number = CASE number WHEN 2 THEN 102 ELSE number END; "
    "UPDATE audit SET number = 2 WHERE number = 3; UPDATE audit SET number = 3 WHERE number = 102",
    "what is remembered of the end": "UPDATE library_facts SET value = 'x' "
    "WHERE key = 'audit-head'",
}


@pytest.mark.parametrize("done", TAMPERED)
def test_what_is_done_to_the_trail_is_found_out(tmp_path: Path, done: str) -> None:
    with guarded(tmp_path) as server:
        for number in range(5):
            server.shelf.ledger.audit.note("ask", {"question": f"Question {number}?"})
        assert server.shelf.ledger.audit.check().problem is None
        with sqlite3.connect(tmp_path / "ledger.db") as database:
            database.executescript(TAMPERED[done])
        database.close()
        assert server.shelf.ledger.audit.check().problem is not None


def test_a_trail_cut_short_or_written_anew_with_care_lacks_the_hash_that_was_kept(
    tmp_path: Path,
) -> None:
    with guarded(tmp_path) as server:
        trail = server.shelf.ledger.audit
        for number in range(3):
            trail.note("ask", {"question": f"Question {number}?"})
        kept = trail.check()
        trail.note("ask", {"question": "Later?"})
        assert trail.check(kept.head).problem is None, "a trail goes on after what was kept"
        with sqlite3.connect(tmp_path / "ledger.db") as database:
            (chained,) = database.execute("SELECT chained FROM audit WHERE number = 2").fetchone()
            database.execute("DELETE FROM audit WHERE number > 2")
            head = "UPDATE library_facts SET value = ? WHERE key = 'audit-head'"
            database.execute(head, (f"2:{chained}",))
        database.close()
        assert trail.check().problem is None, "by itself it cannot tell"
        assert trail.check(kept.head).problem is not None


def test_a_key_is_shown_once_and_nowhere_in_the_files(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        secret = server.caller("anna", KeyRole.READER, HIGH)["Authorization"].split()[1]
        headers = {"Authorization": f"Bearer {secret}"}
        assert server.client.get("/v1/documents", headers=headers).status_code == 200
        for file in tmp_path.rglob("*"):
            if file.is_file():
                assert secret.removeprefix("attache_").encode() not in file.read_bytes(), file


def test_a_key_that_is_revoked_opens_nothing_from_then_on(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        headers = server.caller("anna")
        assert server.client.get("/v1/documents", headers=headers).status_code == 200
        server.shelf.ledger.keys.revoke("anna")
        assert server.client.get("/v1/documents", headers=headers).status_code == 401
        assert server.client.get("/v1/documents").status_code == 401, "and no key opens no more"


def test_what_is_opened_and_exported_is_in_the_trail(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        headers = server.caller("anna")
        made = server.client.post("/v1/conversations", json={}, headers=headers).json()
        talk = f"/v1/conversations/{made['conversation_id']}"
        path = version_path(server.stored)
        for opened in (f"{path}/text", f"{path}/source", f"{path}/passages?start=0&end=4"):
            assert server.client.get(opened, headers=headers).status_code == 200
        assert server.client.get(f"{talk}/export", headers=headers).status_code == 200
        assert server.client.delete(talk, headers=headers).status_code == 204
        found = [(row["what"], row.get("part")) for row in rows(server) if row["who"] == "anna"]
    assert found == [
        ("read", "text"),
        ("read", "source"),
        ("read", "passages"),
        ("export conversation", None),
        ("delete conversation", None),
    ]


def test_a_refusal_is_in_the_trail_with_the_address_and_without_the_secret(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        reader = server.caller("anna", KeyRole.READER, LOW)
        path = f"/v1/documents/{server.stored.document_id}"
        assert server.client.delete(path, headers=reader).status_code == 403
        wrong = {"Authorization": "Bearer attache_geheim"}
        assert server.client.get(f"{path}?key=geheim", headers=wrong).status_code == 401
        foreign = {**reader, "origin": "https://evil.example"}
        assert server.client.post("/v1/ask", json={}, headers=foreign).status_code == 403
        role, no_key, origin = rows(server)[-3:]
        kept = "".join(one.told for one in server.shelf.ledger.audit.entries())
    assert {one["what"] for one in (role, no_key, origin)} == {"refused"}
    assert {one["address"] for one in (role, no_key, origin)} == {"testclient"}
    assert (role["who"], role["status"], role["problem"]) == ("anna", 403, "role")
    assert (role["method"], role["route"]) == ("DELETE", "/v1/documents/{document_id}")
    assert (no_key["who"], no_key["status"], no_key["problem"]) == ("nobody", 401, "no-key")
    assert (origin["status"], origin["problem"]) == (403, "cross-origin")
    assert "geheim" not in kept


def test_a_flood_of_refusals_does_not_fill_the_trail(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        server.caller("anna")
        for _ in range(AT_ONCE + 20):
            assert server.client.get("/v1/documents").status_code == 401
        assert sum(row["what"] == "refused" for row in rows(server)) in (AT_ONCE, AT_ONCE + 1)


def test_what_was_left_out_of_a_flood_is_counted_in_the_next_row() -> None:
    now = 0.0
    allowance = Allowance(at_once=2, every_s=60, clock=lambda: now)
    assert [allowance.take() for _ in range(5)] == [0, 0, None, None, None]
    now = 61.0
    assert [allowance.take() for _ in range(2)] == [3, None]
    now = 60.0 * 100
    assert [allowance.take() for _ in range(3)] == [1, 0, None]


def test_a_refusal_that_cannot_be_written_is_told_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with guarded(tmp_path) as server:
        server.caller("anna")

        def full(*_: object) -> None:
            raise LibraryDamagedError("The disk is full.")

        monkeypatch.setattr(type(server.shelf.ledger.audit), "note", full)
        assert server.client.get("/v1/documents").status_code == 401
