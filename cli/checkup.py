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

from api.upkeep_schemas import CheckOut, FindingOut
from assistant.errors import AssistantError
from assistant.settings import Settings
from cli.console import note, results
from cli.examining import Examination
from cli.exits import Exits
from cli.setup import settings_for_command
from cli.telling import telling
from cli.wire import print_json

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
    mended: list[FindingOut] = Field(default_factory=list, description="what was mended just now")
    findings: list[FindingOut] = Field(default_factory=list, description="what the stores lack")
    problems: list[str] = Field(default_factory=list)
    last_run: str | None = Field(default=None, description="how the last ingest was cut short")
    contents_read: bool = Field(
        default=False, description="whether every original file and vector was read through"
    )


def examine(*, repair: bool, deep: bool, as_json: bool) -> Exits:
    """Writes what was found, and mends it where asked; `INCOMPLETE` where something is wrong."""
    checkup = Checkup(
        version=version("attache"), python=platform.python_version(), platform=sys.platform
    )
    _packages(checkup)
    try:
        settings = settings_for_command()
    except AssistantError as error:
        checkup.problems.append(str(error))
    else:
        with telling("Comparing the stores…") as tell:
            examination = Examination(settings, tell, repair=repair, deep=deep)
            _library(checkup, settings, examination)
            checkup.last_run = examination.last_run()
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


def _library(checkup: Checkup, settings: Settings, examination: Examination) -> None:
    checkup.home = str(settings.home)
    checkup.embedder = settings.embedder
    checkup.answerer = settings.chat_model or "extractive"
    try:
        found = examination.carry_out()
    except AssistantError as error:
        checkup.problems.append(str(error))
        found = examination.of_ledger()
    checkup.in_use = found.in_use
    checkup.embedder = found.embedder or checkup.embedder
    checkup.answerer = found.answerer or checkup.answerer
    checkup.mended = found.mended
    checkup.problems.extend(text for text in found.problems if text not in checkup.problems)
    if found.report is not None:
        _stores(checkup, found.report)
        # The ledger alone, which is read where the stores are not free, tells no such thing.
        checkup.contents_read = examination.deep and found.report.originals is not None
    _disk(checkup, settings)


def _stores(checkup: Checkup, report: CheckOut) -> None:
    checkup.documents, checkup.chunks = report.documents, report.chunks
    checkup.indexed_vectors, checkup.indexed_postings = report.vectors, report.postings
    checkup.findings = report.findings
    for finding in report.findings:
        names = f" ({', '.join(finding.examples)})" if finding.examples else ""
        checkup.problems.append(f"{finding.what}: {finding.count}{names}. {finding.advice}")


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
    for finding in checkup.mended:
        line = f"{finding.what}: {finding.count}"
        console.print(Text.assemble(("mended ", "green"), line), soft_wrap=True)
    for problem in checkup.problems:
        console.print(Text.assemble(("✗ ", "bold red"), problem), soft_wrap=True)
    if checkup.last_run:
        console.print(Text.assemble(("! ", "bold yellow"), checkup.last_run), soft_wrap=True)
    if not checkup.problems:
        console.print(Text("✓ all is well", style="green"))
    if checkup.documents and not checkup.contents_read:
        note("The contents of original files were not read, only their sizes. --deep reads them.")


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
