"""The doctor's examination: opens all that a question needs, and reports what does not open."""

import platform
import re
import shutil
import sys
from importlib.metadata import PackageNotFoundError, requires, version

from pydantic import BaseModel, Field
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.backends import Backends, open_backends
from assistant.errors import AssistantError, LibraryInUseError
from assistant.library.ledger import LEDGER_FILE, open_ledger
from assistant.settings import Settings
from cli.console import results
from cli.exits import Exits
from cli.setup import settings_for_command
from cli.wire import print_json

PURPOSE = "attache doctor"
LEAST_FREE_BYTES = 500 * 1024 * 1024
_NAME = re.compile(r"[A-Za-z0-9._-]+")


class Checkup(BaseModel):
    """What was found. A field that could not be learnt is null; `problems` say what to do."""

    version: str
    python: str
    platform: str
    packages: dict[str, str] = Field(default_factory=dict, description="direct dependencies")
    home: str | None = None
    in_use: str | None = Field(default=None, description="who holds the data directory")
    embedder: str | None = None
    answerer: str | None = None
    documents: int | None = None
    chunks: int | None = None
    indexed_vectors: int | None = None
    indexed_postings: int | None = None
    problems: list[str] = Field(default_factory=list)


def examine(*, as_json: bool) -> Exits:
    """Writes what was found; `INCOMPLETE` where something is wrong."""
    checkup = Checkup(
        version=version("attache"), python=platform.python_version(), platform=sys.platform
    )
    _packages(checkup)
    try:
        settings = settings_for_command()
    except AssistantError as error:
        checkup.problems.append(str(error))
    else:
        _library(checkup, settings)
    if as_json:
        print_json(checkup)
    else:
        _print(checkup, results())
    return Exits.INCOMPLETE if checkup.problems else Exits.DONE


def _packages(checkup: Checkup) -> None:
    for requirement in requires("attache") or ():
        name = _NAME.match(requirement)
        if name is None or "extra ==" in requirement:
            continue
        try:
            checkup.packages[name[0]] = version(name[0])
        except PackageNotFoundError:
            checkup.problems.append(f"The package {name[0]} is not installed. Run `make install`.")


def _library(checkup: Checkup, settings: Settings) -> None:
    checkup.home = str(settings.home)
    checkup.embedder = settings.embedder
    checkup.answerer = settings.chat_model or "extractive"
    try:
        with open_backends(settings, PURPOSE) as backends:
            _backends(checkup, backends)
    except LibraryInUseError as error:
        # A running server is no ailment, and the ledger can be read beside it.
        checkup.in_use = str(error)
        _ledger(checkup, settings)
    except AssistantError as error:
        checkup.problems.append(str(error))
        _ledger(checkup, settings)
    _disk(checkup, settings)


def _backends(checkup: Checkup, backends: Backends) -> None:
    library = backends.library
    checkup.embedder, checkup.answerer = backends.encoder.name, backends.answerer.name
    checkup.documents, checkup.chunks = library.ledger.count()
    checkup.indexed_vectors, checkup.indexed_postings = (
        library.vectors.count(),
        library.lexical.count(),
    )
    staged = library.ledger.chunk_count()
    if not staged == checkup.indexed_vectors == checkup.indexed_postings:
        checkup.problems.append(
            f"The ledger holds {staged} passages of all versions, the indexes "
            f"{checkup.indexed_vectors} vectors and {checkup.indexed_postings} postings: some are "
            "not found. Ingest the documents again into another ATTACHE_HOME."
        )
    backends.encoder.embed_query("Does the embedder answer?")


def _ledger(checkup: Checkup, settings: Settings) -> None:
    if not (settings.home / LEDGER_FILE).is_file():
        return
    try:
        ledger = open_ledger(settings.home)
    except AssistantError as error:
        if str(error) not in checkup.problems:
            checkup.problems.append(str(error))
        return
    try:
        checkup.documents, checkup.chunks = ledger.count()
        checkup.embedder = ledger.embedder() or checkup.embedder
    finally:
        ledger.close()


def _disk(checkup: Checkup, settings: Settings) -> None:
    if not settings.home.is_dir():
        return
    free = shutil.disk_usage(settings.home).free
    if free < LEAST_FREE_BYTES:
        checkup.problems.append(
            f"The disk of {settings.home} has {free // 2**20} MB left. Make room before ingesting."
        )


def _print(checkup: Checkup, console: Console) -> None:
    table = Table.grid(padding=(0, 2))
    for name, value in _rows(checkup).items():
        if value is not None:
            table.add_row(Text(name, style="dim"), Text(str(value), overflow="fold"))
    console.print(table)
    for problem in checkup.problems:
        console.print(Text.assemble(("✗ ", "bold red"), problem), soft_wrap=True)
    if not checkup.problems:
        console.print(Text("✓ all is well", style="green"))


def _rows(checkup: Checkup) -> dict[str, str | int | None]:
    packages = ", ".join(f"{name} {number}" for name, number in checkup.packages.items())
    return {
        "attache": checkup.version,
        "python": f"{checkup.python} on {checkup.platform}",
        "packages": packages,
        "data": checkup.home,
        "in use": checkup.in_use,
        "embedder": checkup.embedder,
        "answers": checkup.answerer,
        "documents": checkup.documents,
        "passages": checkup.chunks,
        "vectors": checkup.indexed_vectors,
        "postings": checkup.indexed_postings,
    }
