"""A small honest API for the page's tests: real spans of real texts, every event, every problem.

Words in the question choose what happens: "slow" and "steady" take their time, "fail" is
refused, "break" ends in an error event, "hostile" quotes markup, "mixed" is written and partly
unsupported, "unknown" abstains. Anything else is quoted from the library.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal
from uuid import uuid4

from fastapi import FastAPI, UploadFile
from fastapi.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from api.answer_schemas import (
    AnswerOut,
    CitationOut,
    DeltaEvent,
    PassageOut,
    PassagesEvent,
    SearchResponse,
    SentenceOut,
)
from api.conversation_schemas import TurnRequest
from api.document_schemas import DocumentList, DocumentOut
from api.question_schemas import AskRequest, SearchRequest
from api.run_schemas import (
    FailureOut,
    IngestReportOut,
    RunItemOut,
    RunList,
    RunOut,
    RunProgressOut,
    RunSummary,
    UploadAccepted,
)
from api.server_schemas import Readiness, SessionOut
from api.verify_schemas import VerifiedSentence, VerifyRequest, VerifyResponse
from tests.browser.fake_talk import Talks, add_talks, kept
from tests.browser.fake_versions import EARLIER, add_versions

ATTACHES = """Defence attachés abroad

The work of an attaché

A defence attaché is a serving officer accredited to the host state as part of a diplomatic \
mission. The attaché represents the chief of defence, reports on military developments and \
arranges visits, port calls and exercises. Contacts made in quiet years are what allow two armed \
forces to speak plainly in a crisis.

Limits of the post

An attaché observes openly and within the law of the host state. Espionage is not part of the \
post, and an attaché found to practise it is declared persona non grata. Accreditation to several \
states at once is common where budgets are small, and it thins the contact with each of them.
"""
CAPACITY = """Building capacity with partners

Purpose

Capacity building helps partners to provide for their own security. It covers training, advice \
on defence institutions, and help with equipment that partners can afford to keep.

Difficulties

Progress depends on political will in the partner state, which no adviser can supply. Donors \
often duplicate each other's courses. Staff rotate every few months, so that knowledge leaves \
with them. Results take a decade to show, while mandates are renewed every year.
"""
HOSTILE = """Minutes <img src=x onerror="window.hacked=1">

The delegate wrote <script>window.hacked=1</script> into the minutes. The clerk kept \
"<b onmouseover=window.hacked=1>" as it was said, with {{ braces }} and ${window.hacked=1} too.
"""
GONE = {"valid_to": datetime(2026, 2, 1, tzinfo=UTC)}
EVIL = "<img src=x onerror=window.hacked=1>"


@dataclass(frozen=True, slots=True)
class Held:
    """A document of the fake library."""

    document_id: str
    title: str
    text: str
    source_uri: str
    issuer: str | None = None
    published_on: date | None = None
    marking: str | None = None
    media_type: str = "text/markdown"
    pages: int = 0

    @property
    def version_id(self) -> str:
        return f"v-{self.document_id}"

    def out(self) -> DocumentOut:
        return DocumentOut(
            document_id=self.document_id,
            version_id=self.version_id,
            title=self.title,
            source_uri=self.source_uri,
            issuer=self.issuer,
            published_on=self.published_on,
            marking=self.marking,
            language="en",
            media_type=self.media_type,
            characters=len(self.text),
            chunks=max(1, len(self.text) // 400),
            pages=self.pages,
            valid_from=datetime(2026, 1, 5, tzinfo=UTC),
            valid_to=None,
        )


def starter() -> dict[str, Held]:
    documents = [
        Held(
            "attaches",
            "Defence attachés: duties and limits",
            ATTACHES,
            "file:///library/attaches.pdf",
            "Staff College",
            date(2021, 3, 9),
            "NATO UNCLASSIFIED",
            "application/pdf",
            12,
        ),
        Held(
            "capacity",
            "Defence and related security capacity building",
            CAPACITY,
            "https://example.org/papers/capacity.html",
            "Institute for Security Studies",
            date(2023, 7, 12),
            media_type="text/html",
        ),
        Held("hostile", f"Minutes {EVIL}", HOSTILE, f"javascript:alert(1)//{EVIL}.md", EVIL),
    ]
    return {document.document_id: document for document in documents}


@dataclass
class Library:
    """What the fake holds, what it was asked, and how many answers were cut short."""

    documents: dict[str, Held] = field(default_factory=starter)
    asked: list[AskRequest] = field(default_factory=list)
    abandoned: int = 0
    removed: dict[str, Held] = field(default_factory=dict)
    runs: dict[str, RunOut] = field(default_factory=dict)
    sent: dict[str, list[tuple[str, bytes]]] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)
    talks: Talks = field(default_factory=Talks)
    keys: dict[str, str] = field(default_factory=dict)
    role: str = "administrator"

    def stand_again(self, name: str) -> None:
        if name in self.removed:
            self.documents[name] = self.removed.pop(name)


def problem(
    status: int, title: str, detail: str, failed: list[FailureOut] | None = None
) -> Response:
    body: dict[str, object] = {
        "type": "urn:attache:problem:test",
        "title": title,
        "status": status,
        "detail": detail,
        "request_id": "req-42",
    }
    if failed:
        body["failed"] = [failure.model_dump() for failure in failed]
    return JSONResponse(body, status, media_type="application/problem+json")


def cite(held: Held, marker: int, quote: str, heading: str, page: int | None) -> CitationOut:
    start = held.text.index(quote)
    return CitationOut(
        marker=marker,
        document_id=held.document_id,
        version_id=held.version_id,
        title=held.title,
        source_uri=held.source_uri,
        issuer=held.issuer,
        published_on=held.published_on,
        marking=held.marking,
        page=page,
        headings=[held.title, heading],
        start=start,
        end=start + len(quote),
        quote=quote,
    )


def passage(held: Held, rank: int) -> PassageOut:
    start = held.text.find("\n\n") + 2
    return PassageOut(
        rank=rank,
        score=0.9 - rank / 10,
        document_id=held.document_id,
        version_id=held.version_id,
        title=held.title,
        source_uri=held.source_uri,
        issuer=held.issuer,
        published_on=held.published_on,
        marking=held.marking,
        page=2,
        headings=[held.title, "Limits of the post"],
        start=start,
        end=min(start + 400, len(held.text)),
        text=held.text[start : start + 400],
    )


def sentences_of(text: str, parts: list[tuple[str, list[int], str]]) -> list[SentenceOut]:
    found = []
    for words, markers, verdict in parts:
        shown = words + "".join(f" [{marker}]" for marker in markers)
        start = text.index(words)
        found.append(
            SentenceOut(
                text=shown,
                start=start,
                end=start + len(shown),
                citations=markers,
                verdict=verdict,  # type: ignore[arg-type]
                support=1.0 if verdict == "quoted" else 0.7,
            )
        )
    return found


def quoted(library: Library) -> tuple[str, list[tuple[str, list[int], str]], list[CitationOut]]:
    attaches, capacity = library.documents["attaches"], library.documents["capacity"]
    one = "The attaché represents the chief of defence, reports on military developments and "
    one += "arranges visits, port calls and exercises."
    two = (
        "Contacts made in quiet years are what allow two armed forces to speak plainly in a crisis."
    )
    three = "Progress depends on political will in the partner state, which no adviser can supply."
    four = "Donors often duplicate each other's courses."
    text = f"{one} [1] {two} [2]\n\nWhat stands in the way:\n- {three} [3]\n- {four} [4]"
    parts = [
        (one, [1], "quoted"),
        (two, [2], "quoted"),
        (three, [3], "quoted"),
        (four, [4], "quoted"),
    ]
    citations = [
        cite(attaches, 1, one, "The work of an attaché", 3),
        cite(attaches, 2, two, "The work of an attaché", 3),
        cite(capacity, 3, three, "Difficulties", None),
        cite(capacity, 4, four, "Difficulties", None),
    ]
    return text, parts, citations


def mixed(library: Library) -> tuple[str, list[tuple[str, list[int], str]], list[CitationOut]]:
    capacity = library.documents["capacity"]
    one = "Advisers cannot supply the political will on which progress depends."
    two = "Knowledge leaves when staff rotate."
    three = "Most programmes end within two years."
    text = f"{one} [1] {two} [2] {three}"
    parts = [(one, [1], "supported"), (two, [2], "supported"), (three, [], "unsupported")]
    citations = [
        cite(
            capacity,
            1,
            "Progress depends on political will in the partner state, which no adviser can supply.",
            "Difficulties",
            None,
        ),
        cite(
            capacity,
            2,
            "Staff rotate every few months, so that knowledge leaves with them.",
            "Difficulties",
            None,
        ),
    ]
    return text, parts, citations


def hostile(library: Library) -> tuple[str, list[tuple[str, list[int], str]], list[CitationOut]]:
    held = library.documents["hostile"]
    quote = "The delegate wrote <script>window.hacked=1</script> into the minutes."
    text = f"{quote} [1] {EVIL} ${{window.hacked=1}} {{{{constructor}}}} [2023]"
    return text, [(quote, [1], "quoted")], [cite(held, 1, quote, EVIL, None)]


def checked(library: Library, text: str) -> VerifyResponse:
    """Each line of the text with the next verdict, round and round."""
    held = library.documents["capacity"]
    place = cite(held, 1, "Donors often duplicate each other's courses.", "Difficulties", None)
    sentences, start = [], 0
    for number, line in enumerate(text.splitlines()):
        verdict: Literal["supported", "unsupported", "unchecked"]
        verdict = ("supported", "unsupported", "unchecked")[number % 3]
        problem = {"unsupported": f"The passage says “often”, {EVIL}.", "unchecked": "A heading."}
        sentences.append(
            VerifiedSentence(
                text=line,
                start=start,
                end=start + len(line),
                verdict=verdict,
                support=None if verdict == "unchecked" else 0.5,
                citations=[place] if verdict == "supported" else [],
                problem=problem.get(verdict),
                against=place if verdict == "unsupported" else None,
            )
        )
        start += len(line) + 1
    counts = Counter[str](one.verdict for one in sentences)
    return VerifyResponse(
        supported=not counts["unsupported"],
        counts=dict(counts),
        sentences=sentences,
        as_of=datetime.now(UTC),
        timings_ms={},
    )


def answer(library: Library, body: AskRequest) -> AnswerOut:
    """The answer; `conversation_id` names the conversation that it follows."""
    question = body.question.casefold()
    writes = {"mixed": mixed, "hostile": hostile}
    chosen = next((writes[word] for word in writes if word in question), quoted)
    text, parts, citations = chosen(library)
    abstained = "unknown" in question
    if abstained:
        text = "Nothing in the library answers this. The nearest passages are listed below."
        parts, citations = [], []
    standalone = body.question
    talk = library.talks.kept.get(body.conversation_id or "")
    if talk and talk.items:
        standalone = f"{body.question.rstrip('?')} about {talk.items[-1].question[:40]}?"
    unclear = "unclear" in question
    if unclear:
        text = "This does not say what it is about. Is one of these meant?"
        parts, citations, abstained = [], [], True
    return AnswerOut(
        id=uuid4().hex,
        conversation_id=body.conversation_id,
        question=body.question,
        standalone_question=standalone,
        answer=text,
        abstained=abstained,
        answered_by="small-model-1" if chosen is mixed else "extractive",
        sentences=sentences_of(text, parts),
        citations=citations,
        passages=[
            passage(held, rank) for rank, held in enumerate(list(library.documents.values())[:5], 1)
        ],
        as_of=body.as_of or datetime.now(UTC),
        marking=None if abstained else "NATO UNCLASSIFIED",
        prompt_version=None,
        timings_ms={"total": 21.4, "retrieve": 9.8},
        note=None,
        outcome="unclear" if unclear else "not_answered" if abstained else "answered",
        readings=["What do attachés report?", "What limits attachés?"] if unclear else [],
    )


def missing() -> Response:
    return problem(404, "Not there", "Reload the list: it is gone already.")


def event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {data}\n\n"


async def stream(library: Library, body: AskRequest) -> AsyncIterator[str]:
    asked = body.question.casefold()
    pause = 0.35 if "slow" in asked else 0.1 if "steady" in asked else 0.01
    whole = answer(library, body)
    finished = False
    try:
        await asyncio.sleep(pause)
        yield event(
            "passages",
            PassagesEvent(passages=whole.passages, marking=whole.marking).model_dump_json(),
        )
        for number, word in enumerate(whole.answer.split(" ")):
            await asyncio.sleep(pause)
            yield event("delta", DeltaEvent(text=word + " ").model_dump_json())
            if number == 5 and "break" in body.question.casefold():
                yield event(
                    "error",
                    json.dumps(
                        {
                            "title": "The model stopped",
                            "status": 503,
                            "detail": "Ask again in a minute.",
                            "request_id": "req-7",
                            "type": "x",
                        }
                    ),
                )
                finished = True
                return
        yield event("answer", whole.model_dump_json())
        finished = True
    finally:
        library.abandoned += not finished


def take_in(library: Library, files: list[tuple[str, bytes]], kind: str = "upload") -> RunOut:
    """A run over these files, under way; it goes on while it is followed."""
    run = RunOut(
        run_id=uuid4().hex,
        kind="upload",
        sources=[name for name, _ in files],
        force=kind == "retry",
        state="running",
        started_at=datetime.now(UTC),
        finished_at=None,
        progress=RunProgressOut(
            total_sources=len(files), done_sources=0, total_bytes=9, done_bytes=0
        ),
        counts={},
        error=None,
        report=None,
    )
    library.runs[run.run_id] = run
    library.sent[run.run_id] = files
    return run


def item_of(library: Library, number: int, name: str, content: bytes) -> RunItemOut:
    """What becomes of a file."""
    failed = b"\0" in content or not content
    if not failed:
        library.documents[name] = Held(name, name, content.decode(), f"upload:///{name}")
    return RunItemOut(
        number=number,
        source=f"upload:{name}",
        outcome="failed" if failed else "added",
        at=datetime.now(UTC),
        error="NoTextError" if failed else None,
        detail="The file holds no text. Save it with a text layer." if failed else None,
        document_id=None,
        version_id=None,
    )


async def follow(library: Library, run_id: str) -> AsyncIterator[str]:
    """The events of a run. A file with "slow" in its name takes its time, to be cancelled."""
    run, items = library.runs[run_id], list[RunItemOut]()
    files = library.sent[run_id]
    for number, (name, content) in enumerate(files, 1):
        for _ in range(100 if "slow" in name else 2):
            if run_id not in library.cancelled:
                await asyncio.sleep(0.1)
        if run_id in library.cancelled:
            break
        items.append(item_of(library, number, name, content))
        yield event("item", items[-1].model_dump_json())
        done = {"done_bytes": 9 * number // len(files), "done_sources": number}
        progress = run.progress.model_copy(update=done)
        yield event("progress", progress.model_dump_json())
    library.runs[run_id] = ended(run, items, cancelled=run_id in library.cancelled)
    yield event("report", library.runs[run_id].model_dump_json())


def ended(run: RunOut, items: list[RunItemOut], *, cancelled: bool) -> RunOut:
    """The run with its report."""
    failed = [
        FailureOut(source=item.source, error=item.error or "", detail=item.detail or "")
        for item in items
        if item.outcome == "failed"
    ]
    added = len(items) - len(failed)
    report = IngestReportOut(
        run_id=run.run_id,
        added=added,
        updated=0,
        unchanged=0,
        removed=0,
        failed=failed,
        chunks=added * 3,
        elapsed_s=0.2,
    )
    counts = {"added": added, "failed": len(failed)}
    state = "cancelled" if cancelled else "done"
    return run.model_copy(update={"state": state, "counts": counts, "report": report})


def page_of(library: Library, limit: int, first: int) -> DocumentList:
    held = sorted(library.documents.values(), key=lambda document: document.title)
    end = first + limit
    return DocumentList(
        items=[document.out() for document in held[first:end]],
        next_cursor=str(end) if end < len(held) else None,
        total=len(held),
    )


def gone(library: Library) -> DocumentList:
    items = [held.out().model_copy(update=GONE) for held in library.removed.values()]
    return DocumentList(items=items, next_cursor=None, total=len(items))


def build_fake_api(library: Library) -> FastAPI:
    """The fake API over `library`, which tests look into afterwards."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_asking(app, library)
    add_documents(app, library)
    return app


def add_asking(app: FastAPI, library: Library) -> None:
    def ask(name: str, body: TurnRequest) -> Response:
        asked = AskRequest.model_validate(
            body.model_dump(exclude={"replaces"}) | {"conversation_id": name}
        )
        library.asked.append(asked)
        if "fail" in body.question.casefold():
            return problem(503, "The library is busy", "Documents are being taken in. Wait.")
        events = kept(library.talks, name, stream(library, asked), body.replaces)
        return StreamingResponse(events, media_type="text/event-stream")

    add_talks(app, library.talks, ask, missing)

    @app.post("/v1/search")
    async def search(body: SearchRequest) -> SearchResponse:
        held = list(library.documents.values())
        return SearchResponse(
            question=body.question,
            standalone_question=body.question,
            as_of=datetime.now(UTC),
            passages=[passage(held[0], 1)],
            timings_ms={},
        )

    @app.post("/v1/verify")
    async def verify(body: VerifyRequest) -> VerifyResponse:
        return checked(library, body.text)

    @app.get("/v1/session", response_model=None)
    async def session() -> SessionOut:
        return SessionOut(name="local", role=library.role, keyed=False)  # type: ignore[arg-type]

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    async def readyz() -> Readiness:
        return Readiness(
            status="ready",
            version="0",
            answerer="extractive",
            embedder="default",
            documents=len(library.documents),
            chunks=412,
            home="/data",
        )


def add_documents(app: FastAPI, library: Library) -> None:
    @app.get("/v1/documents")
    async def documents(
        limit: int = 50, cursor: str | None = None, removed: bool = False
    ) -> DocumentList:
        return gone(library) if removed else page_of(library, limit, int(cursor or 0))

    @app.post("/v1/documents", status_code=202)
    async def upload(files: list[UploadFile], wait: bool = True) -> UploadAccepted:
        assert not wait, "the page follows its runs"
        run = take_in(library, [(file.filename or "", await file.read()) for file in files])
        return UploadAccepted(**run.model_dump(), refused=[])

    add_runs(app, library)
    add_versions(app, lambda name: _out(library, name), missing, library.stand_again)

    @app.delete("/v1/documents/{document_id}")
    async def remove(document_id: str) -> Response:
        held = library.documents.pop(document_id, None)
        if held is None:
            return problem(404, "No such document", "Reload the list: it is gone already.")
        library.removed[document_id] = held
        return Response(status_code=204)

    @app.get("/v1/documents/{document_id}/versions/{version_id}/text")
    @app.get("/v1/documents/{document_id}/versions/{version_id}/source")
    async def text(document_id: str, version_id: str) -> Response:
        held = library.documents.get(document_id)
        if held is None or version_id not in (held.version_id, EARLIER):
            return problem(404, "No such version", "Ask again for a current answer.")
        return PlainTextResponse(held.text)


def _out(library: Library, name: str) -> DocumentOut | None:
    held = library.documents.get(name)
    return held.out() if held else None


def add_runs(app: FastAPI, library: Library) -> None:
    @app.get("/v1/ingest-runs")
    async def runs() -> RunList:
        found = [
            RunSummary(**run.model_dump(exclude={"report", "force"}), more_sources=0)
            for run in reversed(library.runs.values())
        ]
        return RunList(items=found, next_cursor=None)

    @app.get("/v1/ingest-runs/{run_id}")
    async def run(run_id: str) -> RunOut:
        return library.runs[run_id]

    @app.get("/v1/ingest-runs/{run_id}/events")
    async def events(run_id: str) -> StreamingResponse:
        return StreamingResponse(follow(library, run_id), media_type="text/event-stream")

    @app.post("/v1/ingest-runs/{run_id}/cancel", status_code=202)
    async def cancel(run_id: str) -> RunOut:
        library.cancelled.add(run_id)
        return library.runs[run_id]

    @app.post("/v1/ingest-runs/{run_id}/retry", status_code=202)
    async def retry(run_id: str) -> RunOut:
        mended = [(name, content or b"Mended.") for name, content in library.sent[run_id]]
        return take_in(library, mended, "retry")
