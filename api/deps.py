"""What the routes are given: one `Services`, put on the app by its composition root."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Protocol

from fastapi import Depends, Request
from fastapi import Path as PathParam

from api.schemas import WITHOUT_NUL
from assistant.chain import Retrieved
from assistant.ports import Ledger
from assistant.runs import Run, RunRequest
from assistant.settings import Settings
from assistant.types import AnswerEvent, DocumentId, Question, RunId, VersionId


class AnswersQuestions(Protocol):
    """The assistant, as the routes see it."""

    def ask(self, question: Question) -> AsyncIterator[AnswerEvent]:
        """The passages, the text as it is composed, and last the whole answer."""

    async def search(self, question: Question) -> Retrieved:
        """The passages, best first, and the question as it was searched."""


class KeepsFiles(Protocol):
    """The original files, by the hash of their bytes."""

    def path(self, sha256: str) -> Path:
        """Where the bytes lie. Raises `DocumentNotFoundError`."""


class TakesIn(Protocol):
    """The ingest runs of this server."""

    def start(self, request: RunRequest) -> RunId:
        """Puts a run in the queue and returns its name."""

    def start_upload(self, names: tuple[str, ...], fill: Callable[[Path], None]) -> RunId:
        """Puts a run over sent files in the queue; `fill` writes them, named by number."""

    def wait(self, run_id: RunId, timeout_s: float | None = None) -> Run:
        """The run once it ended, or as it is when the time is over."""

    def cancel(self, run_id: RunId) -> bool:
        """Asks a run to stop; whether it had not ended yet. Raises `RunNotFoundError`."""

    def retry(self, run_id: RunId) -> RunId:
        """Begins a run over what an earlier one left undone."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a route may use.

    `remove` blocks a moment. `answerer` and `embedder` are names to show.
    """

    settings: Settings
    assistant: AnswersQuestions
    ledger: Ledger
    files: KeepsFiles
    runs: TakesIn
    remove: Callable[[DocumentId], None]
    answerer: str
    embedder: str
    version: str


def services_of(request: Request) -> Services:
    """The services of the app that took this request."""
    services: Services = request.app.state.services
    return services


ServicesDep = Annotated[Services, Depends(services_of)]
DocumentIdDep = Annotated[
    DocumentId, PathParam(pattern=WITHOUT_NUL, description="`document_id` of a listing or citation")
]
VersionIdDep = Annotated[
    VersionId, PathParam(pattern=WITHOUT_NUL, description="`version_id` of a listing or citation")
]
