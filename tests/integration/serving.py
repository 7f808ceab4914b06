"""The API in process, on a real ledger and real files, with one document in them."""

import hashlib
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.testclient import TestClient

from api.app import build_app
from api.deps import AnswersQuestions, Services
from assistant.library.files import FileStore
from assistant.library.ids import chunk_id, document_id, version_id
from assistant.library.ledger import LEDGER_FILE, SqlLedger, open_ledger
from assistant.library.originals import Originals
from assistant.runs import Run, RunProgress, RunRequest
from assistant.settings import Settings
from assistant.types import (
    Chunk,
    Filters,
    IngestReport,
    LoadedDocument,
    Look,
    Metadata,
    NewVersion,
    RunId,
    SourceFailure,
    StoredChunk,
)
from ingest.requests import UPLOADS, plan_request, retry_request
from tests.fakes import QuotingAssistant

TOKEN = "a-token-of-the-operator"
BASE = "http://127.0.0.1:8000"
TEXT = "Les attachés 🪖 de défense représentent l’armée. They also advise the ambassador."
WHEN = datetime(2026, 1, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Shelf:
    """A ledger and files that can be written to without an embedder."""

    ledger: SqlLedger
    files: Originals

    def put(
        self,
        name: str,
        text: str,
        at: datetime = WHEN,
        media_type: str = "text/markdown",
        marking: str | None = None,
        groups: tuple[str, ...] = (),
    ) -> StoredChunk:
        """Publishes the text under `upload:<name>` as one version of one chunk."""
        uri, data = f"upload:{name}", text.encode()
        metadata = Metadata(
            title=name,
            issuer="NATO",
            published_on=date(2025, 5, 1),
            marking=marking,
            groups=groups,
        )
        document = LoadedDocument(text, metadata, media_type)
        doc_id, ver_id = document_id(uri), version_id(document)
        chunk = Chunk(chunk_id(doc_id, ver_id, 0, len(text)), 0, 0, len(text), text)
        new = NewVersion(
            document_id=doc_id,
            version_id=ver_id,
            source_uri=uri,
            look=Look(self.files.put(data), len(data), 0, 0, "1"),
            document=document,
            chunks=(chunk,),
        )
        self.ledger.stage([new])
        self.ledger.publish([new], at)
        return self.ledger.chunks([chunk.chunk_id], at, Filters())[chunk.chunk_id]


@dataclass(frozen=True)
class ShelfRuns:
    """Takes sent files in at once, as they are; one that is not UTF-8 fails."""

    shelf: Shelf
    uploads: Path

    def start(self, request: RunRequest) -> RunId:
        """Begins a run that stays as it is, for its state to be looked at."""
        run_id = RunId(uuid.uuid4().hex)
        run = Run(run_id, request, "queued", datetime.now(UTC), RunProgress())
        self.shelf.ledger.runs.begin(run)
        return run_id

    def start_upload(self, names: tuple[str, ...], fill: Callable[[Path], None]) -> RunId:
        """A run that has ended when this returns."""
        run_id = self.start(RunRequest("upload", names))
        folder = self.uploads / run_id
        folder.mkdir(parents=True)
        fill(folder)
        failed: list[SourceFailure] = []
        for number, name in enumerate(names):
            try:
                text = (folder / str(number)).read_text("utf-8")
            except UnicodeDecodeError:
                failed.append(SourceFailure(name, "SourceUnreadableError", "Send UTF-8."))
            else:
                self.shelf.put(name, text, datetime.now(UTC))
        added = len(names) - len(failed)
        report = IngestReport(run_id, added, 0, 0, 0, tuple(failed), added, 0.1)
        self.shelf.ledger.runs.end(run_id, "done", datetime.now(UTC), report)
        shutil.rmtree(folder)
        return run_id

    def wait(self, run_id: RunId, timeout_s: float | None = None) -> Run:  # noqa: ARG002
        """The run as it is."""
        return self.shelf.ledger.runs.get(run_id)

    def cancel(self, run_id: RunId) -> bool:
        """Asks a run to stop."""
        return self.shelf.ledger.runs.request_cancel(run_id)

    def retry(self, run_id: RunId) -> RunId:
        """Begins a run that stays as it is."""
        return self.start(retry_request(self.shelf.ledger.runs.get(run_id)))


@cache
def _empty_ledger() -> bytes:
    """A ledger that nothing was written to: making its tables takes longer than most tests."""
    with TemporaryDirectory() as folder:
        open_ledger(Path(folder)).close()
        return (Path(folder) / LEDGER_FILE).read_bytes()


@contextmanager
def opened(home: Path) -> Iterator[Shelf]:
    """An empty shelf, or the one that was left there."""
    if not (home / LEDGER_FILE).exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        (home / LEDGER_FILE).write_bytes(_empty_ledger())
    ledger = open_ledger(home)
    try:
        yield Shelf(ledger, FileStore(home / "files"))
    finally:
        ledger.close()


def services(home: Path, shelf: Shelf, assistant: AnswersQuestions, **settings: object) -> Services:
    """Services on the shelf; `settings` change those of the product."""
    return Services(
        settings=Settings.model_validate({"home": home, **settings}),
        assistant=assistant,
        ledger=shelf.ledger,
        files=shelf.files,
        runs=ShelfRuns(shelf, home / UPLOADS),
        book=shelf.ledger.runs,
        conversations=shelf.ledger.conversations,
        feedback=shelf.ledger.feedback,
        plan=lambda request: plan_request(request, shelf.ledger, home / UPLOADS),
        uploads=home / UPLOADS,
        remove=lambda document_id: shelf.ledger.retire(document_id, datetime.now(UTC)),
        answerer="extractive",
        embedder="none",
        version="0.0.1",
        token=TOKEN,
    )


@contextmanager
def serving(
    home: Path,
    *,
    error: Exception | None = None,
    late_error: BaseException | None = None,
    **settings: object,
) -> Iterator[tuple[TestClient, Shelf, QuotingAssistant, StoredChunk]]:
    """A client of the API, what it serves from, the assistant, and the one document's chunk."""
    with opened(home) as shelf:
        stored = shelf.put("attachés.md", TEXT)
        assistant = QuotingAssistant(stored, error=error, late_error=late_error)
        app = build_app(services(home, shelf, assistant, **settings))
        with TestClient(app, base_url=BASE) as client:
            yield client, shelf, assistant, stored


def document_path(stored: StoredChunk) -> str:
    """The address of a document."""
    return f"/v1/documents/{stored.document_id}"


def version_path(stored: StoredChunk) -> str:
    """The address of a version."""
    return f"{document_path(stored)}/versions/{stored.version_id}"


def sha256(data: bytes) -> str:
    """The hash files are kept under."""
    return hashlib.sha256(data).hexdigest()
