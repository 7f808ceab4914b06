"""What an operator watches: counters, logged requests, and signs of life."""

import json
import logging
from pathlib import Path

import pytest

from cli.logs import JsonLines
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
