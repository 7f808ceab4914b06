"""OpenTelemetry traces: a span for each request, and one for each stage of its answer.

No span holds a question, a query string, a key or a caller's address. Pure ASGI.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, StatusCode, Tracer, get_current_span, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import stages
from api.rules import under
from assistant.types import Answer

UNTRACED = ("/healthz", "/readyz", "/metrics")
"""Asked every few seconds by what watches the server: their spans would be most there are."""
_EXPORT_S = 5
_NS = 1_000_000_000
_SERVER_ERROR = 500
_GONE = 499
"""The status of a request whose caller left before there was one."""


class Traced:
    """Gives each request a span, in the trace that its `traceparent` header names if it has one."""

    def __init__(self, app: ASGIApp, tracer: Tracer) -> None:
        self._app = app
        self._tracer = tracer
        self._propagator = TraceContextTextMapPropagator()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http" or under(scope["path"], *UNTRACED):
            await self._app(scope, receive, send)
            return
        parent = self._propagator.extract(dict(Headers(scope=scope)))
        method, status = scope["method"], _GONE

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with self._tracer.start_as_current_span(method, parent, SpanKind.SERVER) as span:
            try:
                await self._app(scope, receive, noted)
            finally:
                route = getattr(scope.get("route"), "path", "") or ""
                span.update_name(f"{method} {route}".strip())
                span.set_attributes(
                    {
                        "http.request.method": method,
                        "http.route": route,
                        "http.response.status_code": status,
                        "attache.request_id": str(scope.get("state", {}).get("request_id", "")),
                    }
                )
                if status >= _SERVER_ERROR:
                    span.set_status(StatusCode.ERROR)


class Traces:
    """What is traced goes to one collector, in the background; one that is away delays nobody."""

    def __init__(self, endpoint: str, version: str) -> None:
        resource = Resource.create({"service.name": "attache", "service.version": version})
        self._provider = TracerProvider(resource=resource)
        exporter = OTLPSpanExporter(endpoint, timeout=_EXPORT_S)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self.tracer = self._provider.get_tracer("attache", version)

    def answered(self, answer: Answer) -> None:
        """Adds the stages of an answer, just given, to the span of its request."""
        parent = set_span_in_context(get_current_span())
        took = stages(answer)
        began = time.time_ns() - int(took["total"] * _NS)
        for stage, seconds in took.items():
            if stage == "total":
                continue
            ended = began + int(seconds * _NS)
            span = self.tracer.start_span(f"answer {stage}", parent, start_time=began)
            span.set_attribute("attache.outcome", answer.outcome)
            span.end(ended)
            began = ended

    def close(self) -> None:
        """Sends what is left."""
        self._provider.shutdown()


@contextmanager
def traces(endpoint: str, version: str) -> Iterator[Traces]:
    """Traces to the collector at this address, the last sent when this ends."""
    sent = Traces(endpoint, version)
    try:
        yield sent
    finally:
        sent.close()
