"""Traces, as a collector that speaks OpenTelemetry's protocol receives them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx2
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status
from starlette.testclient import TestClient

from api.app import build_app
from cli.telemetry import Traced, traces
from tests.fakes import QuotingAssistant
from tests.integration.collector import Collector, collecting
from tests.integration.served import served
from tests.integration.serving import BASE, TEXT, opened, services

STAGES = ("understand", "retrieve", "compose", "prove")


@contextmanager
def traced(home: Path, error: Exception | None = None) -> Iterator[tuple[TestClient, Collector]]:
    """A client of an app that is traced; the spans are there once this has ended."""
    with opened(home) as shelf, collecting() as collector:
        assistant = QuotingAssistant(shelf.put("attachés.md", TEXT), error=error)
        with traces(collector.endpoint, "0.0.1") as sent:
            given = replace(services(home, shelf, assistant), trace=sent.answered)
            app = build_app(given)
            app.add_middleware(Traced, tracer=sent.tracer)
            with TestClient(app, base_url=BASE) as client:
                yield client, collector


def said(span: Span) -> dict[str, str]:
    return {one.key: one.value.string_value or str(one.value.int_value) for one in span.attributes}


def test_a_question_is_a_span_with_its_stages_below_it(tmp_path: Path) -> None:
    with traced(tmp_path) as (client, collector):
        client.post("/v1/ask", json={"question": "Q"}, headers={"x-request-id": "proxy-7"})
    (asked,) = collector.named("POST /v1/ask")
    assert collector.services >= {"attache", "0.0.1"}
    assert said(asked) == {
        "http.request.method": "POST",
        "http.route": "/v1/ask",
        "http.response.status_code": "200",
        "attache.request_id": "proxy-7",
    }
    for stage in STAGES:
        (part,) = collector.named(f"answer {stage}")
        assert part.parent_span_id == asked.span_id
        assert part.trace_id == asked.trace_id
        assert part.start_time_unix_nano <= part.end_time_unix_nano


def test_a_streamed_answer_is_traced_like_any(tmp_path: Path) -> None:
    with traced(tmp_path) as (client, collector):
        client.post("/v1/ask", json={"question": "Q", "stream": True})
    (asked,) = collector.named("POST /v1/ask")
    (proved,) = collector.named("answer prove")
    assert proved.parent_span_id == asked.span_id


def test_a_request_goes_on_with_the_trace_of_its_caller(tmp_path: Path) -> None:
    trace, span = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
    with traced(tmp_path) as (client, collector):
        client.get("/v1/documents", headers={"traceparent": f"00-{trace}-{span}-01"})
        client.get("/v1/models", headers={"traceparent": "nonsense"})
    (listed,) = collector.named("GET /v1/documents")
    assert listed.trace_id.hex() == trace
    assert listed.parent_span_id.hex() == span
    (models,) = collector.named("GET /v1/models")
    assert not models.parent_span_id


def test_what_was_asked_is_in_no_span(tmp_path: Path) -> None:
    with traced(tmp_path) as (client, collector):
        client.get("/v1/conversations?query=geheim", headers={"authorization": "Bearer geheim"})
        client.post("/v1/ask", json={"question": "geheim"})
        client.get("/v1/documents?geheim=%ff")
    assert len(collector.spans) == 3 + len(STAGES)
    assert "geheim" not in str(collector.spans)


def test_a_failure_of_the_server_is_told_without_its_text(tmp_path: Path) -> None:
    with traced(tmp_path, error=ZeroDivisionError("geheim")) as (client, collector):
        assert client.post("/v1/ask", json={"question": "Q"}).status_code == 500
        assert client.get("/v1/documents/none").status_code == 404
    (failed,) = collector.named("POST /v1/ask")
    assert failed.status.code == Status.STATUS_CODE_ERROR
    assert "geheim" not in str(failed)
    (missing,) = collector.named("GET /v1/documents/{document_id}")
    assert missing.status.code == Status.STATUS_CODE_UNSET


def test_signs_of_life_are_not_traced(tmp_path: Path) -> None:
    with traced(tmp_path) as (client, collector):
        for path in ("/healthz", "/readyz", "/metrics"):
            assert client.get(path).status_code == 200
    assert not collector.spans


def test_a_server_traces_by_a_setting_and_answers_where_the_collector_is_away(
    tmp_path: Path,
) -> None:
    asked = {"question": "Who?"}
    with (
        collecting() as collector,
        served(tmp_path, ATTACHE_OTLP_ENDPOINT=collector.endpoint) as (server, url),
    ):
        assert httpx2.post(f"{url}/v1/ask", json=asked, timeout=60).status_code == 200
        server.terminate()
        server.communicate(timeout=60)
        assert server.returncode == 0
        assert collector.named("POST /v1/ask")
    with served(tmp_path, ATTACHE_OTLP_ENDPOINT="http://127.0.0.1:9") as (server, url):
        assert httpx2.post(f"{url}/v1/ask", json=asked, timeout=60).status_code == 200
        server.terminate()
        server.communicate(timeout=60)
        assert server.returncode == 0
