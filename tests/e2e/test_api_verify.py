"""Somebody's text checked over HTTP, against a real library and against given passages."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from httpx2 import Client

from api.verify_schemas import MAX_TEXT_CHARS
from api.verify_wire import MAX_PASSAGES_CHARS
from tests.e2e.place import Serving

OFFICE = """# Liaison office

The liaison office at Lisbon was opened on 4 May 2014 by the minister of defence 🪖. Eleven
officers from six countries serve there.
"""
BRIDGE = "# Bridge\n\nThe bridge at Porto is 280 metres long and may be closed in winter.\n"
PASSAGES = [
    "The liaison office at Lisbon was opened on 4 May 2014 🪖. Eleven officers serve there.",
    {"text": "It is 280 metres long and may be closed in winter.", "title": "The bridge at Porto"},
]


@pytest.fixture(scope="module")
def client(serving: Serving, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving(tmp_path_factory.mktemp("home")) as place:
        client = place.client
        files = [("files", ("office.md", OFFICE)), ("files", ("bridge.md", BRIDGE))]
        assert client.post("/v1/documents", files=files).json()["added"] == 2
        yield client


def verified(client: Client, text: str, **body: object) -> dict[str, Any]:
    reply = client.post("/v1/verify", json={"text": text, **body})
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def document(client: Client, title: str) -> str:
    items = client.get("/v1/documents").json()["items"]
    return next(str(item["document_id"]) for item in items if item["title"] == title)


def test_each_sentence_is_its_span_of_the_text_and_has_a_verdict(client: Client) -> None:
    text = (
        "  Lisbon 🪖\n\nWho opened it?\r\nEleven officers from six countries serve there. The "
        "liaison office at Lisbon was opened in 2015.\nHello!\n"
    )
    body = verified(client, text)
    found = body["sentences"]
    assert [text[one["start"] : one["end"]] for one in found] == [one["text"] for one in found]
    verdicts = [one["verdict"] for one in found]
    assert verdicts == ["unchecked", "unchecked", "quoted", "unsupported", "unchecked"]
    assert body["counts"] == {"quoted": 1, "supported": 0, "unsupported": 1, "unchecked": 3}
    assert body["supported"] is False


def test_what_is_wrong_is_said(client: Client) -> None:
    sentence = "The liaison office at Lisbon was opened on 4 May 2015 by the minister of defence."
    (found,) = verified(client, sentence)["sentences"]
    assert found["problem"] == "The passage says 2014, the sentence 2015."
    assert found["support"] < 0.5
    assert found["citations"] == []
    against = found["against"]
    version = f"/v1/documents/{against['document_id']}/versions/{against['version_id']}/text"
    text = client.get(version).text
    assert "2014" in text[against["start"] : against["end"]] == against["quote"]


def test_another_figure_is_told_though_the_sentence_names_nothing(client: Client) -> None:
    passages = ["The treaty was signed on 4 April 1949 and entered into force on 24 August 1949."]
    text = "The treaty was signed on 4 April 1949. It has been in force since 1950."
    _, found = verified(client, text, passages=passages)["sentences"]
    assert found["problem"] == "The passage says 1949, the sentence 1950."
    assert found["against"]["quote"] == passages[0]


def test_a_citation_of_the_library_opens_at_its_quote(client: Client) -> None:
    body = verified(client, "The minister of defence opened the Lisbon liaison office in May 2014.")
    (found,) = body["sentences"]
    assert found["verdict"] == "supported"
    assert 0.5 < found["support"] < 1
    assert found["problem"] is None
    (cited,) = found["citations"]
    version = f"/v1/documents/{cited['document_id']}/versions/{cited['version_id']}/text"
    assert client.get(version).text[cited["start"] : cited["end"]] == cited["quote"]
    assert "2014" in cited["quote"]
    assert cited["title"] == "Liaison office"


def test_places_are_numbered_through_the_whole_text(client: Client) -> None:
    text = "Eleven officers from six countries serve there. The bridge at Porto is 280 metres long."
    found = verified(client, text)["sentences"]
    assert [one["citations"][0]["marker"] for one in found] == [1, 2]


def test_a_quotation_is_quoted_with_certainty(client: Client) -> None:
    (found,) = verified(client, BRIDGE.split("\n\n")[1])["sentences"]
    assert (found["verdict"], found["support"]) == ("quoted", 1.0)


def test_given_passages_take_the_place_of_the_library(client: Client) -> None:
    text = "Eleven officers serve there. The bridge is 280 metres long. Ten ships lie at anchor."
    found = verified(client, text, passages=PASSAGES)["sentences"]
    assert [one["verdict"] for one in found] == ["quoted", "supported", "unsupported"]
    (first,), (second,) = found[0]["citations"], found[1]["citations"]
    assert (first["passage"], second["passage"]) == (0, 1)
    assert isinstance(PASSAGES[0], str)
    assert PASSAGES[0][first["start"] : first["end"]] == first["quote"]
    assert first["quote"] == "Eleven officers serve there."


def test_a_check_is_narrowed_to_named_documents(client: Client) -> None:
    sentence = "Eleven officers from six countries serve there."
    for title, verdict in (("Liaison office", "quoted"), ("Bridge", "unsupported")):
        for narrowed in (
            {"document_ids": [document(client, title)]},
            {"filters": {"document_ids": [document(client, title)]}},
        ):
            (found,) = verified(client, sentence, **narrowed)["sentences"]
            assert found["verdict"] == verdict


def test_the_library_is_asked_as_it_stood(client: Client) -> None:
    before = (datetime.now(UTC) - timedelta(days=365)).isoformat()
    body = verified(client, "Eleven officers from six countries serve there.", as_of=before)
    assert body["sentences"][0]["verdict"] == "unsupported"


def test_a_marker_is_no_part_of_what_is_checked(client: Client) -> None:
    text = "Eleven officers from six countries serve there.[1] Who else?"
    found = verified(client, text)["sentences"]
    assert [one["verdict"] for one in found] == ["quoted", "unchecked"]
    assert [text[one["start"] : one["end"]] for one in found] == [one["text"] for one in found]


@pytest.mark.parametrize(
    ("body", "status", "advice"),
    [
        ({}, 422, "text is missing"),
        ({"text": ""}, 422, "text is empty"),
        ({"text": " \n"}, 422, "no visible character"),
        ({"text": "a\x00b"}, 422, "NUL"),
        ({"text": "a" * (MAX_TEXT_CHARS + 1)}, 422, "Check it in parts"),
        ({"text": "A.", "passages": []}, 422, "passages"),
        ({"text": "A.", "passages": ["a" * (MAX_PASSAGES_CHARS + 1)]}, 422, "Send fewer"),
        ({"text": "A.", "passages": ["B."], "document_ids": ["c"]}, 422, "Leave out document_ids"),
        ({"text": "A.", "passages": ["B."], "filters": {"issuers": ["c"]}}, 422, "Leave out"),
        ({"text": "A.", "document_ids": ["none"]}, 404, "none"),
        ({"text": "A.", "question": "Q"}, 422, "question is not a field"),
        ({"text": "A.", "as_of": "May"}, 422, "as_of"),
    ],
)
def test_what_cannot_be_checked_is_refused_with_advice(
    client: Client, body: dict[str, object], status: int, advice: str
) -> None:
    reply = client.post("/v1/verify", json=body)
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert advice in reply.json()["detail"]
