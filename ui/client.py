"""The API as the interface sees it: typed calls over HTTP, and problems a reader can act on."""

from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from urllib.parse import quote

import httpx2
from pydantic import BaseModel, ValidationError

from api.run_schemas import RunItemOut, RunOut, RunProgressOut, UploadAccepted
from api.schemas import (
    AnswerOut,
    AskRequest,
    DeltaEvent,
    DocumentList,
    FailureOut,
    HistoryTurn,
    PassagesEvent,
    Readiness,
)

AskEvent = PassagesEvent | DeltaEvent | AnswerOut
RunEvent = RunProgressOut | RunItemOut | RunOut
EventT = TypeVar("EventT", bound=BaseModel)

QUICK = httpx2.Timeout(15.0, connect=5.0)
# A chat model may be silent for a minute before the extractive answer takes its place.
ASKING = httpx2.Timeout(150.0, connect=5.0)
SENDING = httpx2.Timeout(600.0, connect=5.0)
# The server gives a sign of life every fifteen seconds.
FOLLOWING = httpx2.Timeout(60.0, connect=5.0)

_EVENTS: dict[str, type[AskEvent]] = {
    "passages": PassagesEvent,
    "delta": DeltaEvent,
    "answer": AnswerOut,
}
_RUN_EVENTS: dict[str, type[RunEvent]] = {
    "progress": RunProgressOut,
    "item": RunItemOut,
    "report": RunOut,
}


@dataclass(frozen=True, slots=True)
class Sent:
    """The run over files that were sent, None where none was kept, and those that were not."""

    run: RunOut | None
    refused: tuple[FailureOut, ...]


class ApiProblem(Exception):  # noqa: N818 (named for what the API sends: problem+json)
    """Something the API refused or failed at. `detail` says what to do; `status` 0 is no reply."""

    def __init__(self, title: str, detail: str, status: int = 0, request_id: str = "") -> None:
        super().__init__(f"{title}: {detail}")
        self.title = title
        self.detail = detail
        self.status = status
        self.request_id = request_id


class _ProblemBody(BaseModel):
    """A problem read leniently: a proxy in between may answer with less than the API does."""

    title: str = "The request failed"
    status: int = 0
    detail: str = "Try again; if it keeps failing, look at the server's log."
    request_id: str = ""
    failed: list[FailureOut] = []


class ApiClient:
    """The API, one method a call. Every failure leaves as an `ApiProblem`."""

    def __init__(self, http: httpx2.AsyncClient) -> None:
        self._http = http

    async def ask(
        self,
        question: str,
        history: Sequence[HistoryTurn] = (),
        *,
        as_of: datetime | None = None,
    ) -> AsyncGenerator[AskEvent, None]:
        """The events of a streamed answer, in order; the last is the whole `AnswerOut`."""
        with _as_problems():
            body = AskRequest(
                question=question,
                history=list(history),
                as_of=as_of,
                top_k=None,
                conversation_id=None,
                stream=True,
            )
            sent = body.model_dump(mode="json", exclude_defaults=True)
            request = self._http.stream("POST", "/v1/ask", json=sent, timeout=ASKING)
            async with request as response:
                await _refuse_failure(response)
                async for event in httpx2.EventSource(response):
                    parsed = _parse(event, _EVENTS)
                    yield parsed
                    if isinstance(parsed, AnswerOut):
                        return
        raise ApiProblem(
            "The answer broke off", "The server stopped before the answer was whole. Ask again."
        )

    async def documents(self, cursor: str | None = None, *, limit: int = 50) -> DocumentList:
        """One page of the library, by title."""
        query: dict[str, str | int] = {"limit": limit}
        if cursor:
            query["cursor"] = cursor
        with _as_problems():
            response = await self._http.get("/v1/documents", params=query, timeout=QUICK)
            await _refuse_failure(response)
            return DocumentList.model_validate_json(response.content)

    async def upload(self, files: Sequence[tuple[str, bytes]]) -> Sent:
        """Sends named files; taking them in is a run that goes on by itself."""
        parts = [("files", (name, content)) for name, content in files]
        with _as_problems():
            response = await self._http.post(
                "/v1/documents", files=parts, params={"wait": "false"}, timeout=SENDING
            )
            if response.is_success:
                run = UploadAccepted.model_validate_json(response.content)
                return Sent(run, tuple(run.refused))
            problem = _read_problem(response)
            if not problem.failed:
                raise _raised(problem, response.status_code)
            return Sent(None, tuple(problem.failed))

    async def follow(self, run_id: str) -> AsyncGenerator[RunEvent, None]:
        """What happens in a run, in order; the last is the whole `RunOut`."""
        with _as_problems():
            request = self._http.stream("GET", f"{run_path(run_id)}/events", timeout=FOLLOWING)
            async with request as response:
                await _refuse_failure(response)
                async for event in httpx2.EventSource(response):
                    parsed = _parse(event, _RUN_EVENTS)
                    yield parsed
                    if isinstance(parsed, RunOut):
                        return
        raise ApiProblem(
            "The progress broke off",
            "The server stopped. Files that had arrived are taken in when it starts again.",
        )

    async def cancel_run(self, run_id: str) -> None:
        """Asks a run to stop."""
        with _as_problems():
            path = f"{run_path(run_id)}/cancel"
            await _refuse_failure(await self._http.post(path, timeout=QUICK))

    async def retry_run(self, run_id: str) -> RunOut:
        """The run that tries again what an earlier one left undone."""
        with _as_problems():
            response = await self._http.post(f"{run_path(run_id)}/retry", timeout=QUICK)
            await _refuse_failure(response)
            return RunOut.model_validate_json(response.content)

    async def remove(self, document_id: str) -> None:
        """Takes a document out of the library."""
        with _as_problems():
            path = f"/v1/documents/{quote(document_id, safe='')}"
            await _refuse_failure(await self._http.delete(path, timeout=QUICK))

    async def text(self, document_id: str, version_id: str) -> str:
        """The normalised text of one version, which spans index by code point."""
        with _as_problems():
            path = f"{version_path(document_id, version_id)}/text"
            response = await self._http.get(path, timeout=QUICK)
            await _refuse_failure(response)
            return response.content.decode("utf-8")

    async def readiness(self) -> Readiness:
        """What answers, and from how much."""
        with _as_problems():
            response = await self._http.get("/readyz", timeout=QUICK)
            await _refuse_failure(response)
            return Readiness.model_validate_json(response.content)


def run_path(run_id: str) -> str:
    """The API's path of one ingest run."""
    return f"/v1/ingest-runs/{quote(run_id, safe='')}"


def version_path(document_id: str, version_id: str) -> str:
    """The API's path of one version; `/text` and `/source` lie below it."""
    return f"/v1/documents/{quote(document_id, safe='')}/versions/{quote(version_id, safe='')}"


def _parse(event: httpx2.ServerSentEvent, schemas: Mapping[str, type[EventT]]) -> EventT:
    """The event as its schema has it; an `error` event is raised as the problem it carries."""
    if event.event == "error":
        problem = _ProblemBody.model_validate_json(event.data)
        raise _raised(problem, problem.status)
    schema = schemas.get(event.event)
    if schema is None:
        raise ValueError(event.event)
    return schema.model_validate_json(event.data)


async def _refuse_failure(response: httpx2.Response) -> None:
    if response.is_success:
        return
    await response.aread()
    raise _raised(_read_problem(response), response.status_code)


def _read_problem(response: httpx2.Response) -> _ProblemBody:
    try:
        return _ProblemBody.model_validate_json(response.content)
    except ValidationError:
        return _ProblemBody(title=f"The server answered {response.status_code}")


def _raised(problem: _ProblemBody, status: int) -> ApiProblem:
    return ApiProblem(problem.title, problem.detail, status, problem.request_id)


@contextmanager
def _as_problems() -> Iterator[None]:
    """Turns what the network and a malformed reply raise into problems that say what to do."""
    try:
        yield
    except httpx2.ConnectError as error:
        raise ApiProblem(
            "The server cannot be reached",
            "Check that `attache serve` is running and reachable, then try again.",
        ) from error
    except httpx2.TimeoutException as error:
        raise ApiProblem(
            "The server took too long",
            "It may be busy taking in documents. Wait a moment, then try again.",
        ) from error
    except httpx2.HTTPError as error:
        raise ApiProblem(
            "The connection was lost", "The server stopped in the middle of its reply. Try again."
        ) from error
    except ValueError as error:  # a ValidationError or a UnicodeDecodeError is one as well
        raise ApiProblem(
            "The reply could not be read",
            "The page and the server may be of different versions. Reload the page; if that does "
            "not help, restart the server.",
        ) from error
