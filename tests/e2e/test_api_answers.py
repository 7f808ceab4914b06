"""From files to proved answers over HTTP: the real embedder, stores and assistant."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Client

from tests.e2e.place import Serving

ATTACHES = """# Defence attachés

Defence attachés represent their armed forces at an embassy 🪖. They advise the ambassador on
military matters and keep contact with the host nation’s forces.

## Exercises

Exercise “Steadfast Falcon” was held in Lisbon in 2019 with 4,200 troops. Partner nations
observed it.
"""
CAPACITY = """# Capacity building

Le renforcement des capacités aide les partenaires. Defence capacity building helps partners
reform their armed forces and keep them under democratic control.
"""


@pytest.fixture(scope="module")
def client(serving: Serving, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client of a library that was filled over the API."""
    with serving(tmp_path_factory.mktemp("home")) as place:
        client = place.client
        files = [("files", ("attachés.md", ATTACHES)), ("files", ("capacity.md", CAPACITY))]
        assert client.post("/v1/documents", files=files).json()["added"] == 2
        yield client


QUESTIONS = [
    "What do defence attachés do?",
    "Where was Exercise Steadfast Falcon held?",
    "What does defence capacity building help partners with?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_is_its_span_of_the_text(client: Client, question: str) -> None:
    answer = client.post("/v1/ask", json={"question": question}).json()
    assert not answer["abstained"]
    assert answer["citations"]
    for citation in answer["citations"]:
        address = f"/v1/documents/{citation['document_id']}/versions/{citation['version_id']}/text"
        text = client.get(address).text
        assert text[citation["start"] : citation["end"]] == citation["quote"] != ""


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_passage_is_its_span_of_the_text(client: Client, question: str) -> None:
    found = client.post("/v1/search", json={"question": question}).json()
    assert found["passages"]
    for passage in found["passages"]:
        address = f"/v1/documents/{passage['document_id']}/versions/{passage['version_id']}/text"
        text = client.get(address).text
        assert text[passage["start"] : passage["end"]] == passage["text"]


def test_a_question_no_document_answers_is_not_answered(client: Client) -> None:
    asked = {"question": "What is the best temperature for baking sourdough bread at home?"}
    assert client.post("/v1/ask", json=asked).json()["abstained"]


def test_the_file_that_was_sent_is_the_file_that_comes_back(client: Client) -> None:
    items = client.get("/v1/documents").json()["items"]
    sent = {ATTACHES.encode(), CAPACITY.encode()}
    addresses = [f"/v1/documents/{i['document_id']}/versions/{i['version_id']}" for i in items]
    assert {client.get(f"{address}/source").content for address in addresses} == sent


def test_a_new_version_answers_and_the_old_one_stays_readable(
    serving: Serving, tmp_path: Path
) -> None:
    question = {"question": "Where was Exercise Steadfast Falcon held?"}
    newer = ATTACHES.replace("Lisbon", "Tallinn")
    with serving(tmp_path) as place:
        client = place.client
        client.post("/v1/documents", files=[("files", ("a.md", ATTACHES))])
        old = client.post("/v1/ask", json=question).json()
        again = client.post("/v1/documents", files=[("files", ("a.md", newer))]).json()
        new = client.post("/v1/ask", json=question).json()
        assert again["updated"] == 1
        assert "Lisbon" in old["answer"]
        assert "Tallinn" in new["answer"]
        then = client.post("/v1/ask", json={**question, "as_of": old["as_of"]}).json()
        assert then["answer"] == old["answer"]


def test_the_same_file_again_changes_nothing(serving: Serving, tmp_path: Path) -> None:
    with serving(tmp_path) as place:
        client = place.client
        files = [("files", ("a.md", ATTACHES))]
        client.post("/v1/documents", files=files)
        again = client.post("/v1/documents", files=files).json()
        assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 1)


def test_a_removed_document_answers_no_more(serving: Serving, tmp_path: Path) -> None:
    with serving(tmp_path) as place:
        client = place.client
        client.post("/v1/documents", files=[("files", ("a.md", ATTACHES))])
        (item,) = client.get("/v1/documents").json()["items"]
        assert client.delete(f"/v1/documents/{item['document_id']}").status_code == 204
        answer = client.post("/v1/ask", json={"question": QUESTIONS[0]}).json()
        assert answer["abstained"]
        assert answer["passages"] == []


def test_a_scan_without_text_is_told_with_what_to_do(serving: Serving, tmp_path: Path) -> None:
    with serving(tmp_path) as place:
        client = place.client
        reply = client.post("/v1/documents", files=[("files", ("empty.txt", b""))])
        assert reply.status_code == 422
        assert reply.json()["type"] == "urn:attache:problem:source-without-text"
        reply = client.post("/v1/documents", files=[("files", ("photo.jpg", b"\xff\xd8\xff"))])
        assert reply.status_code == 415
