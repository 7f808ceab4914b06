"""What the server did, in numbers that Prometheus reads; one registry for each app."""

import logging
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.types import Answer

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

logger = logging.getLogger(__name__)

_QUICK = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120)
_ELSEWHERE = "other"
"""The route of what no route of the API took: names that callers make up are not counted apart."""


class Metrics:
    """Counters of one server, for many threads at once. Nothing in them names who asked what."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "attache_requests", "Requests.", ("method", "route", "status"), registry=registry
        )
        self._seconds = Histogram(
            "attache_request_seconds",
            "Seconds until a response was whole.",
            ("route",),
            buckets=_QUICK,
            registry=registry,
        )
        self._answers = Counter(
            "attache_answers", "Answers.", ("outcome", "answered_by"), registry=registry
        )
        self._stages = Histogram(
            "attache_answer_seconds",
            "Seconds of an answer: until passages were found, after that, and in all.",
            ("stage",),
            buckets=_QUICK,
            registry=registry,
        )
        self._sentences = Counter(
            "attache_sentences", "Sentences of answers.", ("verdict",), registry=registry
        )
        self._documents = Gauge("attache_documents", "Documents that stand.", registry=registry)
        self._passages = Gauge("attache_passages", "Passages that stand.", registry=registry)
        self._runs = Gauge(
            "attache_ingest_runs", "Ingest runs under way or waiting.", registry=registry
        )

    def served(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts a request that was answered."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answered(self, answer: Answer) -> None:
        """Counts an answer, how long its stages took and how its sentences were proved."""
        by = answer.answered_by if answer.answered_by == "extractive" else "model"
        self._answers.labels(answer.outcome, by).inc()
        total, retrieve = (answer.timings_ms.get(name, 0.0) for name in ("total", "retrieve"))
        stages = {"retrieve": retrieve, "compose": total - retrieve, "total": total}
        for stage, ms in stages.items():
            self._stages.labels(stage).observe(max(0.0, ms) / 1000)
        for sentence in answer.sentences:
            self._sentences.labels(sentence.verdict).inc()

    def page(self, documents: int, passages: int, runs: int) -> bytes:
        """Everything counted, with what the library holds now."""
        self._documents.set(documents)
        self._passages.set(passages)
        self._runs.set(runs)
        return generate_latest(self._registry)


class Measured:
    """Counts and logs every request. Pure ASGI."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            seconds = perf_counter() - began
            route = getattr(scope.get("route"), "path", _ELSEWHERE) or _ELSEWHERE
            self._metrics.served(scope["method"], route, status, seconds)
            facts = {
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "ms": round(1000 * seconds, 1),
                "request_id": scope.get("state", {}).get("request_id", ""),
            }
            logger.info("%(method)s %(path)s %(status)d in %(ms).1f ms", facts, extra=facts)
