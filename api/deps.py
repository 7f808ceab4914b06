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
from assistant.settings import Settings
from assistant.types import AnswerEvent, DocumentId, IngestReport, Question, VersionId
from ingest.sources import Source


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


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a route may use.

    `ingest` and `remove` block; `ingest` lets one run work at a time. `answerer` and `embedder`
    are names to show.
    """

    settings: Settings
    assistant: AnswersQuestions
    ledger: Ledger
    files: KeepsFiles
    ingest: Callable[[list[Source]], IngestReport]
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
