"""What the server did, in numbers that Prometheus reads; one registry for each app."""

import logging
from collections.abc import Mapping
from time import perf_counter
from typing import get_args

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.rules import template_of
from api.work import Work, current_request
from assistant.types import Answer, Outcome, Verdict

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

logger = logging.getLogger(__name__)

_QUICK = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120)
_FAILED, _GONE = 500, 499
"""Statuses of what had no response: nobody expected the error, or the caller left before."""
_ITSELF = "extractive"
_LINE = "%(method)s %(path)r %(status)d in %(ms).1f ms for %(address)s"
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
            "Seconds of an answer, by stage and in all.",
            ("stage",),
            buckets=_QUICK,
            registry=registry,
        )
        self._sentences = Counter(
            "attache_sentences", "Sentences of answers.", ("verdict",), registry=registry
        )
        # What has not happened yet stands at zero: that it begins can be told from nothing else.
        for verdict in get_args(Verdict):
            self._sentences.labels(verdict)
        for outcome in get_args(Outcome):
            self._answers.labels(outcome, _ITSELF)
        self._questions = Gauge(
            "attache_questions",
            "Questions that wait or are answered.",
            ("state",),
            registry=registry,
        )
        ProcessCollector(registry=registry)
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
        by = _ITSELF if answer.answered_by == _ITSELF else "model"
        self._answers.labels(answer.outcome, by).inc()
        for stage, seconds in stages(answer).items():
            self._stages.labels(stage).observe(seconds)
        for sentence in answer.sentences:
            self._sentences.labels(sentence.verdict).inc()

    def page(self, documents: int, passages: int, runs: int, work: Work) -> bytes:
        """Everything counted, with what the library holds and the server does now."""
        self._questions.labels("waiting").set(work.waiting)
        self._questions.labels("answering").set(work.answering)
        self._documents.set(documents)
        self._passages.set(passages)
        self._runs.set(runs)
        return generate_latest(self._registry)


def stages(answer: Answer) -> Mapping[str, float]:
    """Seconds that each stage of an answer took, in the order in which they ran, and all of it."""
    ms = answer.timings_ms
    total, found = ms["total"], ms["retrieve"]
    understood, proved = ms.get("understand", 0.0), ms.get("prove", 0.0)
    parts = {
        "understand": understood,
        "retrieve": found - understood,
        "compose": total - found - proved,
        "prove": proved,
        "total": total,
    }
    return {stage: max(0.0, took) / 1000 for stage, took in parts.items()}


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
        # The server gives each request a context of its own, so there is nothing to set back.
        current_request.set(scope.get("state", {}).get("request_id"))
        began, status = perf_counter(), _GONE

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception:  # it is counted, and raised on
            status = status if status != _GONE else _FAILED
            raise
        finally:
            self._told(scope, status, perf_counter() - began)

    def _told(self, scope: Scope, status: int, seconds: float) -> None:
        """Counts a request and logs it."""
        self._metrics.served(scope["method"], route_of(scope), status, seconds)
        facts = {
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "ms": round(1000 * seconds, 1),
            "address": address_of(scope),
            "request_id": current_request.get() or "",
        }
        # Quoted: a path may have line breaks in it, and would pass for a record of its own.
        logger.info(_LINE, facts, extra=facts)


def route_of(scope: Scope) -> str:
    """The route that took a request, or would have, by the template of its path."""
    taken = getattr(scope.get("route"), "path", "")
    if taken:
        return str(taken)
    return template_of(scope["path"]) or _ELSEWHERE


def address_of(scope: Scope) -> str:
    """The address that a request came from."""
    client = scope.get("client")
    return str(client[0]) if client else "unknown"
