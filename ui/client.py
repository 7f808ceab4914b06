"""The API as the interface sees it: typed calls over HTTP, and problems a reader can act on."""

from collections.abc import AsyncGenerator, Mapping
from datetime import datetime
from typing import TypeVar
from urllib.parse import quote

import httpx2
from pydantic import BaseModel

from api.answer_schemas import AnswerOut, DeltaEvent, PassagesEvent, SearchResponse
from api.conversation_schemas import (
    ConversationList,
    ConversationOut,
    TurnRequest,
)
from api.document_schemas import BoxList, DiffOut, DocumentList, DocumentOut, VersionList
from api.question_schemas import FiltersBody, SearchRequest
from api.run_schemas import RunList, RunOut
from api.server_schemas import Readiness, SessionOut
from api.verify_schemas import VerifyResponse
from ui.problems import ApiProblem, ProblemBody, as_problems, refuse_failure

AskEvent = PassagesEvent | DeltaEvent | AnswerOut
ReplyT = TypeVar("ReplyT", bound=BaseModel)
Query = Mapping[str, str | int]

QUICK = httpx2.Timeout(30.0, connect=5.0)
# A chat model may be silent for a minute before the extractive answer takes its place.
ASKING = httpx2.Timeout(150.0, connect=5.0)

_EVENTS: dict[str, type[AskEvent]] = {
    "passages": PassagesEvent,
    "delta": DeltaEvent,
    "answer": AnswerOut,
}


class ApiClient:
    """The API, one method a call. Every failure leaves as an `ApiProblem`.

    `key` is the visitor's own, empty where there is none: the window may do what they may.
    """

    def __init__(self, http: httpx2.AsyncClient, key: str = "") -> None:
        self._http = http
        self.key = key
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    def with_key(self, key: str) -> "ApiClient":
        """The same API as the owner of this key sees it."""
        return ApiClient(self._http, key)

    async def ask(
        self,
        question: str,
        conversation_id: str,
        *,
        as_of: datetime | None = None,
        filters: FiltersBody | None = None,
        replaces: int | None = None,
    ) -> AsyncGenerator[AskEvent, None]:
        """The events of a streamed answer, in order; the last is the whole `AnswerOut`."""
        with as_problems():
            body = TurnRequest(
                question=question,
                as_of=as_of,
                top_k=None,
                filters=filters or FiltersBody(),
                stream=True,
                replaces=replaces,
            )
            sent = body.model_dump(mode="json", exclude_defaults=True)
            path = f"{conversation_path(conversation_id)}/turns"
            request = self._http.stream(
                "POST", path, json=sent, timeout=ASKING, headers=self._headers
            )
            async with request as response:
                await refuse_failure(response)
                async for event in httpx2.EventSource(response):
                    parsed = _parse(event)
                    yield parsed
                    if isinstance(parsed, AnswerOut):
                        return
        raise ApiProblem(
            "The answer broke off", "The server stopped before the answer was whole. Ask again."
        )

    async def begin(self) -> str:
        """The name of a new conversation."""
        made = await self._post("/v1/conversations", ConversationOut, {})
        return made.conversation_id

    async def conversations(
        self, words: str = "", cursor: str = "", citing: str = ""
    ) -> ConversationList:
        """The visitor's own conversations, last asked first."""
        query: dict[str, str | int] = {"limit": 50, "query": words, "citing": citing}
        return await self._get("/v1/conversations", ConversationList, _set(query, cursor=cursor))

    async def conversation(
        self, conversation_id: str, *, last: int, before: int = 0
    ) -> ConversationOut:
        """A conversation with its last turns, those before a number unless it is 0."""
        query: Query = {"last": last} | ({"before": before} if before else {})
        return await self._get(conversation_path(conversation_id), ConversationOut, query)

    async def check(self, text: str) -> VerifyResponse:
        """The text's sentences with their verdicts by the library."""
        return await self._post("/v1/verify", VerifyResponse, {"text": text}, ASKING)

    async def search(self, body: SearchRequest) -> SearchResponse:
        """The passages for a question."""
        sent = body.model_dump(mode="json", exclude_defaults=True)
        return await self._post("/v1/search", SearchResponse, sent)

    async def documents(
        self, cursor: str | None = None, *, limit: int = 200, removed: bool = False
    ) -> DocumentList:
        """One page of the library, or of what was removed from it, by title."""
        query: dict[str, str | int] = {"limit": limit} | ({"removed": "true"} if removed else {})
        return await self._get("/v1/documents", DocumentList, _set(query, cursor=cursor or ""))

    async def document(self, document_id: str) -> DocumentOut:
        """The version that stands, or the last that stood."""
        return await self._get(document_path(document_id), DocumentOut)

    async def versions(self, document_id: str) -> VersionList:
        """Every period of a document, newest first."""
        return await self._get(f"{document_path(document_id)}/versions", VersionList)

    async def difference(self, document_id: str, earlier: str, later: str) -> DiffOut:
        """How one version became another, with some of what stayed."""
        query: Query = {"from": earlier, "to": later, "context": 160}
        return await self._get(f"{document_path(document_id)}/diff", DiffOut, query)

    async def boxes(self, document_id: str, version_id: str, start: int, end: int) -> BoxList:
        """Where a span stands on the pages of a PDF."""
        path = f"{version_path(document_id, version_id)}/boxes"
        return await self._get(path, BoxList, {"start": start, "end": end})

    async def text(self, document_id: str, version_id: str) -> str:
        """The normalised text of one version, which spans index by code point."""
        with as_problems():
            path = f"{version_path(document_id, version_id)}/text"
            response = await self._http.get(path, timeout=QUICK, headers=self._headers)
            await refuse_failure(response)
            return response.content.decode("utf-8")

    async def runs(self, cursor: str = "") -> RunList:
        """Ingest runs, newest first."""
        return await self._get("/v1/ingest-runs", RunList, _set({"limit": 30}, cursor=cursor))

    async def run(self, run_id: str) -> RunOut:
        """One run with its report."""
        return await self._get(f"/v1/ingest-runs/{quote(run_id, safe='')}", RunOut)

    async def session(self) -> SessionOut:
        """As whom the API serves this visitor."""
        return await self._get("/v1/session", SessionOut)

    async def readiness(self) -> Readiness:
        """What answers, and from how much."""
        return await self._get("/readyz", Readiness)

    async def _get(self, path: str, schema: type[ReplyT], query: Query | None = None) -> ReplyT:
        with as_problems():
            response = await self._http.get(
                path, params=query, timeout=QUICK, headers=self._headers
            )
            await refuse_failure(response)
            return schema.model_validate_json(response.content)

    async def _post(
        self, path: str, schema: type[ReplyT], body: object, wait: httpx2.Timeout = QUICK
    ) -> ReplyT:
        with as_problems():
            response = await self._http.post(path, json=body, timeout=wait, headers=self._headers)
            await refuse_failure(response)
            return schema.model_validate_json(response.content)


def conversation_path(conversation_id: str) -> str:
    """The API's path of one conversation."""
    return f"/v1/conversations/{quote(conversation_id, safe='')}"


def document_path(document_id: str) -> str:
    """The API's path of one document."""
    return f"/v1/documents/{quote(document_id, safe='')}"


def version_path(document_id: str, version_id: str) -> str:
    """The API's path of one version; `/text` and `/source` lie below it."""
    return f"{document_path(document_id)}/versions/{quote(version_id, safe='')}"


def _set(query: dict[str, str | int], **more: str) -> Query:
    return query | {name: value for name, value in more.items() if value}


def _parse(event: httpx2.ServerSentEvent) -> AskEvent:
    """The event as its schema has it; an `error` event is raised as the problem it carries."""
    if event.event == "error":
        problem = ProblemBody.model_validate_json(event.data)
        raise problem.raised(problem.status)
    schema = _EVENTS.get(event.event)
    if schema is None:
        raise ValueError(event.event)
    return schema.model_validate_json(event.data)
