"""The API as the interface sees it: typed calls over HTTP, and problems a reader can act on."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import quote

import httpx2
from pydantic import BaseModel, ValidationError

from api.schemas import (
    AnswerOut,
    AskRequest,
    DeltaEvent,
    DocumentList,
    FailureOut,
    HistoryTurn,
    IngestReportOut,
    PassagesEvent,
    Readiness,
)

AskEvent = PassagesEvent | DeltaEvent | AnswerOut

QUICK = httpx2.Timeout(15.0, connect=5.0)
# A chat model may be silent for a minute before the extractive answer takes its place.
ASKING = httpx2.Timeout(150.0, connect=5.0)
# Large scans take minutes to read and embed; the server reports once, at the end.
TAKING_IN = httpx2.Timeout(1800.0, connect=5.0)

_EVENTS: dict[str, type[PassagesEvent | DeltaEvent | AnswerOut]] = {
    "passages": PassagesEvent,
    "delta": DeltaEvent,
    "answer": AnswerOut,
}


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
                    parsed = _parse(event)
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

    async def upload(self, files: Sequence[tuple[str, bytes]]) -> IngestReportOut:
        """The report on these named files; one in which every file failed is a report too."""
        parts = [("files", (name, content)) for name, content in files]
        with _as_problems():
            response = await self._http.post("/v1/documents", files=parts, timeout=TAKING_IN)
            if response.is_success:
                return IngestReportOut.model_validate_json(response.content)
            problem = _read_problem(response)
            if not problem.failed:
                raise _raised(problem, response.status_code)
            return _report_of_failures(problem.failed)

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


def version_path(document_id: str, version_id: str) -> str:
    """The API's path of one version; `/text` and `/source` lie below it."""
    return f"/v1/documents/{quote(document_id, safe='')}/versions/{quote(version_id, safe='')}"


def _parse(event: httpx2.ServerSentEvent) -> AskEvent:
    """The event as its schema has it; an `error` event is raised as the problem it carries."""
    if event.event == "error":
        problem = _ProblemBody.model_validate_json(event.data)
        raise _raised(problem, problem.status)
    schema = _EVENTS.get(event.event)
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


def _report_of_failures(failed: list[FailureOut]) -> IngestReportOut:
    return IngestReportOut(
        run_id="",
        added=0,
        updated=0,
        unchanged=0,
        removed=0,
        failed=failed,
        chunks=0,
        elapsed_s=0.0,
    )


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
