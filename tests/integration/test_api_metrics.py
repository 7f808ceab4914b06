"""What an operator watches: counters, logged requests, and signs of life."""

import json
import logging
from pathlib import Path

import pytest

from assistant.access.keys import KeyRole
from cli.logs import JsonLines
from tests.integration.guarded import guarded
from tests.integration.serving import serving


def test_requests_answers_and_verdicts_are_counted(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _, _, stored):
        for _ in range(2):
            client.post("/v1/ask", json={"question": "Que font-ils ?"})
        client.get(f"/v1/documents/{stored.document_id}")
        client.get("/v1/documents/none")
        reply = client.get("/metrics")
        assert reply.headers["content-type"].startswith("text/plain; version=0.0.4")
        lines = reply.text.splitlines()
    route = "/v1/documents/{document_id}"
    assert 'attache_requests_total{method="POST",route="/v1/ask",status="200"} 2.0' in lines
    assert f'attache_requests_total{{method="GET",route="{route}",status="404"}} 1.0' in lines
    assert 'attache_answers_total{answered_by="extractive",outcome="answered"} 2.0' in lines
    assert 'attache_sentences_total{verdict="quoted"} 2.0' in lines
    assert 'attache_answer_seconds_count{stage="retrieve"} 2.0' in lines
    assert "attache_documents 1.0" in lines
    assert "attache_ingest_runs 0.0" in lines
    assert stored.document_id not in "".join(lines)


def test_a_request_is_logged_as_an_object_with_its_id(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(tmp_path) as (client, _, _, _), caplog.at_level(logging.INFO, "api.metrics"):
        client.post("/v1/ask", json={"question": "geheim"}, headers={"X-Request-ID": "req-1"})
    said = json.loads(JsonLines().format(caplog.records[-1]))
    assert said["message"].startswith("POST '/v1/ask' 200 in ")
    assert said["request_id"] == "req-1"
    assert said["status"] == 200
    assert said["level"] == "INFO"
    assert "geheim" not in json.dumps(said)


def test_the_log_names_the_address_that_a_request_came_from(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(tmp_path) as (client, _, _, _), caplog.at_level(logging.INFO, "api.metrics"):
        client.get("/v1/documents")
    assert json.loads(JsonLines().format(caplog.records[-1]))["address"] == "testclient"


def test_what_is_refused_is_counted_by_the_route_that_would_have_taken_it(tmp_path: Path) -> None:
    with guarded(tmp_path) as server:
        chief = server.caller("chief", KeyRole.ADMINISTRATOR, "ALL", groups="ALL")
        path, client = f"/v1/documents/{server.stored.document_id}", server.client
        client.get(path)
        client.put(path, headers=chief)
        client.post("/v1/ask", content=b"x" * 2_000_000, headers=chief)
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
        accepted = {"accept": "application/json, text/event-stream"}
        client.post("/mcp", json=call, headers={**chief, **accepted})
        client.get("/v1/made/up", headers=chief)
        lines = client.get("/metrics", headers=chief).text.splitlines()
    counted = [line for line in lines if line.startswith("attache_requests_total")]
    named = 'route="/v1/documents/{document_id}"'
    for part in (
        f'{{method="GET",{named},status="401"}} 1.0',
        f'{{method="PUT",{named},status="405"}} 1.0',
        '{method="POST",route="/v1/ask",status="413"} 1.0',
        '{method="POST",route="/mcp",status="200"} 1.0',
        '{method="GET",route="other",status="404"} 1.0',
    ):
        assert f"attache_requests_total{part}" in counted


def test_a_path_with_a_line_break_forges_no_line_of_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(tmp_path) as (client, _, _, _), caplog.at_level(logging.INFO, "api.metrics"):
        client.get("/v1/x%0AERROR%20forged")
    assert caplog.records[-1].getMessage().count("\n") == 0


def test_an_error_is_logged_with_its_trace() -> None:
    try:
        raise ValueError("broken")
    except ValueError:
        record = logging.getLogger("x").makeRecord(
            "x", logging.ERROR, __file__, 1, "it failed", (), __import__("sys").exc_info()
        )
    said = json.loads(JsonLines().format(record))
    assert "ValueError: broken" in said["error"]
    assert said["message"] == "it failed"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_signs_of_life_are_given_without_a_body_too(tmp_path: Path, path: str) -> None:
    with serving(tmp_path) as (client, _, _, _):
        reply = client.head(path)
        assert reply.status_code == 200
        assert not reply.content
