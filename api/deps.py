"""What the routes are given: one `Services`, put on the app by its composition root."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

from fastapi import Depends, Request
from fastapi import Path as PathParam
from pydantic import BaseModel, JsonValue
from starlette.exceptions import HTTPException

from api.access import caller_of
from api.fields import WITHOUT_NUL
from api.given import GivenAnswers
from api.library import ReadsLibrary
from api.metrics import Metrics
from api.notes import Notes, nobody_notes
from api.readiness import Checks
from api.work import Work
from assistant.access.keys import OPERATOR, KeyRole
from assistant.conversations import KeepsConversations, KeepsFeedback
from assistant.grounding.checking import CheckedText, TextToCheck
from assistant.ports import KeepsAudit, KeepsKeys, KeepsRuns
from assistant.runs import Run, RunRequest
from assistant.settings import Settings
from assistant.stages import Retrieved
from assistant.types import (
    Answer,
    AnswerEvent,
    DocumentId,
    Page,
    PlacedWord,
    Question,
    RunId,
    VersionId,
)
from ingest.planned import IngestPlan

if TYPE_CHECKING:
    # Boxes are found in another process: this one does not load what reads PDF files.
    from ingest.parsed import Box

Tell = Callable[[str, int, int], None]
"""Told what is being done, and how many of how many are done."""


class AnswersQuestions(Protocol):
    """The assistant, as the routes see it."""

    def ask(self, question: Question) -> AsyncIterator[AnswerEvent]:
        """The passages, the text as it is composed, and last the whole answer."""

    async def search(self, question: Question) -> Retrieved:
        """The passages, best first, and the question as it was searched."""

    async def check(self, text: TextToCheck) -> CheckedText:
        """Each sentence of a text, held against the library or given passages."""


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


class FindsBoxes(Protocol):
    """Where spans stand on the pages of a PDF."""

    def __call__(
        self,
        path: Path,
        text: str,
        pages: Sequence[Page],
        words: Sequence[PlacedWord],
        start: int,
        end: int,
        /,
    ) -> "Sequence[Box]":
        """The boxes of `text[start:end]`, read from the file; blocks as long as that takes.

        Raises:
            IngestError: the file cannot be read.
        """


class DrawsPages(Protocol):
    """Pages of a PDF as images."""

    def __call__(self, path: Path, number: int, width: int, /) -> bytes:
        """A page, from 1, as PNG about `width` pixels wide; blocks as long as that takes.

        Raises:
            IngestError: the file cannot be read, or has no such page.
        """


class MaintenanceTask(Protocol):
    """Work on the library as a whole, for the operator of the server."""

    def __call__(self, body: Mapping[str, JsonValue], tell: Tell, /) -> BaseModel:
        """Does it and reports what was done; blocks as long as it takes.

        Raises:
            AssistantError: it cannot be done, or `body` does not say what to do.
        """


def _untraced(_answer: Answer) -> None:
    """Nobody follows what the server does."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a route may use.

    `remove` and `plan` block a moment. `answerer` and `embedder` are names to show. `token` is what
    the operator's requests carry; without one there are none. `maintenance` is by name. `notes`
    are of who asks for these services. `checks` say whether the server can answer. `trace` is told
    of each answer within its request.
    """

    settings: Settings
    assistant: AnswersQuestions
    ledger: ReadsLibrary
    files: KeepsFiles
    runs: TakesIn
    book: KeepsRuns
    conversations: KeepsConversations
    feedback: KeepsFeedback
    plan: Callable[[RunRequest], IngestPlan]
    uploads: Path
    remove: Callable[[DocumentId], None]
    answerer: str
    embedder: str
    version: str
    token: str = field(default="", repr=False)
    boxes: FindsBoxes | None = None
    pages: DrawsPages | None = None
    given: GivenAnswers = field(default_factory=GivenAnswers)
    keys: KeepsKeys | None = None
    audit: KeepsAudit | None = None
    notes: Notes = field(default_factory=nobody_notes)
    metrics: Metrics = field(default_factory=Metrics)
    maintenance: Mapping[str, MaintenanceTask] = field(default_factory=dict)
    work: Work = field(default_factory=Work)
    checks: Checks = field(default_factory=lambda: Checks({}))
    trace: Callable[[Answer], object] = _untraced


PERMITTED = "services"
"""Where in the state of a request the gate puts the services as its caller may use them."""


def services_of(request: Request) -> Services:
    """The services of the app that took this request, as its caller may use them."""
    services: Services = request.scope["state"][PERMITTED]
    return services


def require_operator(request: Request) -> None:
    """Passes for the operator of the server, and for administrators who may read everything.

    The operator's requests have the server's token, which nobody else can read. Without keys,
    being on the same machine is not enough: others may use it too.

    Raises:
        HTTPException: it is another's.
    """
    caller = caller_of(request)
    has_key = bool(caller.key_id) and caller.role is KeyRole.ADMINISTRATOR
    if caller is not OPERATOR and not (has_key and caller.readable is None):
        raise HTTPException(
            403,
            "This is for the operator of the server. Use the attache command on the server's "
            "machine, as the user who started it, or the key of an administrator with all "
            "clearances and groups",
        )


ServicesDep = Annotated[Services, Depends(services_of)]
OperatorOnly = Depends(require_operator)
RunIdDep = Annotated[
    RunId, PathParam(pattern=WITHOUT_NUL, description="`run_id` of a listing or report")
]
DocumentIdDep = Annotated[
    DocumentId, PathParam(pattern=WITHOUT_NUL, description="`document_id` of a listing or citation")
]
VersionIdDep = Annotated[
    VersionId, PathParam(pattern=WITHOUT_NUL, description="`version_id` of a listing or citation")
]
