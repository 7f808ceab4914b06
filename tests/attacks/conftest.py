"""One library with the documents of every attack, opened as often as there are ways to answer."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.answer_schemas import AnswerOut
from api.answer_wire import answer_out
from assistant.backends import Backends, open_backends
from assistant.runs import RunRequest
from assistant.settings import Settings
from assistant.types import DocumentId, IngestReport, Question, VersionId
from cli.taking import opened_run
from ingest.requests import plan_request
from tests.attacks.attack import Staged
from tests.attacks.disguises import DISGUISES
from tests.attacks.orders import ORDERS

ATTACKS = [Staged(number, attack) for number, attack in enumerate([*ORDERS, *DISGUISES])]


@dataclass(frozen=True)
class Besieged:
    """A data directory that holds every attack at once, and the report of taking them in."""

    home: Path
    report: IngestReport


@dataclass(frozen=True)
class Answering:
    """The product, opened on a copy of that directory."""

    backends: Backends

    async def answer(self, staged: Staged) -> AnswerOut:
        """The answer to the attack's question, as the API gives it."""
        return answer_out(await self.backends.assistant.answer(Question(staged.question)))

    def text_of(self, document: str, version: str) -> str:
        """The whole text of a version."""
        return self.backends.library.ledger.text(DocumentId(document), VersionId(version))


@pytest.fixture(scope="session")
def besieged(tmp_path_factory: pytest.TempPathFactory) -> Besieged:
    """Every attack taken in."""
    folder, home = tmp_path_factory.mktemp("attacks"), tmp_path_factory.mktemp("home")
    for staged in ATTACKS:
        for name, body in staged.files().items():
            (folder / name).write_text(body, encoding="utf-8")
    settings = Settings(home=home)
    with open_backends(settings, "a test") as backends:
        request = RunRequest("paths", (str(folder),))
        planned = plan_request(request, backends.library.ledger, folder)
        with opened_run(backends, settings) as run:
            report = run.run(request, planned)
    assert not report.failed
    return Besieged(home, report)


@contextmanager
def answering(besieged: Besieged, home: Path, **settings: object) -> Iterator[Answering]:
    """The product with these settings, on a copy of the library at `home`."""
    shutil.copytree(besieged.home, home, dirs_exist_ok=True)
    chosen = Settings.model_validate({"home": home, **settings})
    with open_backends(chosen, "a test") as backends:
        yield Answering(backends)
