"""Copying a library to another place: the settings say where it is, the options where it goes."""

from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import BaseModel, SecretStr

from api.upkeep_schemas import FindingOut
from assistant.errors import ConfigurationError
from assistant.library.moving import Place, move
from assistant.library.servers import Servers, servers_of
from assistant.settings import Settings
from cli.console import counted, note, results
from cli.exits import Exits
from cli.setup import settings_for_command
from cli.telling import telling
from cli.wire import print_json

_DATABASE = "postgres"


class TableOut(BaseModel):
    """The rows of a table that are the same here and there, and the sum of their hashes."""

    rows: int
    sha256: str


class MigrateOut(BaseModel):
    """A library that was copied and compared; `missing` originals are lost in the source too."""

    place: str
    documents: int
    chunks: int
    vectors: int
    postings: int
    originals: int
    missing: int
    tables: dict[str, TableOut]
    findings: list[FindingOut]
    elapsed_s: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a library shall go: a folder or a database, and what is kept beside it."""

    to: str
    chroma: str | None = None
    originals: str | None = None
    home: Path | None = None


def move_library(wanted: Wanted, *, as_json: bool) -> Exits:
    """Copies the library and tells what was compared; `INCOMPLETE` where something is missing.

    Raises:
        ConfigurationError: the options do not go together.
        LibraryError: there is nothing to copy, it cannot be read, or the target not be written.
    """
    settings = settings_for_command()
    # A database and servers beside it need no folder here, but a few small files while it is made.
    with TemporaryDirectory(prefix="attache-migrate-") as room:
        target = target_of(settings, wanted, Path(room))
        source = Place(settings.home, servers_of(settings))
        with telling("Copying the library…") as tell:
            report = move(source, target, tell)
    out = MigrateOut.model_validate(asdict(report) | {"place": _shown(wanted.to)})
    if as_json:
        print_json(out)
    else:
        _print(out)
    return Exits.INCOMPLETE if report.findings else Exits.DONE


def target_of(settings: Settings, wanted: Wanted, room: Path) -> Place:
    """The place that was asked for; `room` is a folder for what is not worth keeping.

    Raises:
        ConfigurationError: no place is named, or something would be kept nowhere or where it is.
    """
    if not wanted.to.strip():
        raise ConfigurationError("--to is empty. Name a folder or a database for the copy.")
    folder = wanted.home or (None if wanted.to.startswith(_DATABASE) else Path(wanted.to))
    if folder is not None and folder.resolve() == settings.home.resolve():
        raise ConfigurationError(
            f"{folder} is where the library is. Name another folder for the copy."
        )
    if not wanted.to.startswith(_DATABASE):
        if wanted.home is not None:
            raise ConfigurationError("--home goes with a database. Name the folder by --to alone.")
        return Place(Path(wanted.to).absolute(), _servers(settings, wanted, None))
    if wanted.home is None and (wanted.chroma is None or wanted.originals is None):
        raise ConfigurationError(
            "A database holds neither vectors nor original files. Name where they shall be, "
            "--chroma and --originals, or the data directory that keeps them, --home."
        )
    home = room if wanted.home is None else wanted.home.absolute()
    return Place(home, _servers(settings, wanted, SecretStr(wanted.to)))


def _servers(settings: Settings, wanted: Wanted, database: SecretStr | None) -> Servers:
    """As the settings name them, at the new addresses: headers and certificates stay."""
    return servers_of(
        settings.model_copy(
            update={
                "database_url": database,
                "chroma_url": wanted.chroma,
                "files": _place(wanted.originals),
            }
        )
    )


def _place(originals: str | None) -> str | None:
    """An address as it is, a folder by its whole path."""
    if originals is None or "://" in originals:
        return originals
    return str(Path(originals).absolute())


def _shown(to: str) -> str:
    """The place without a password."""
    scheme, found, rest = to.partition("://")
    if not found:
        return to
    who, at, where = rest.rpartition("@")
    return f"{scheme}://{who.partition(':')[0]}{at}{where}"


def _print(out: MigrateOut) -> None:
    rows = sum(one.rows for one in out.tables.values())
    results().print(
        f"{counted(out.documents, 'document')} with {counted(out.originals, 'original file')} and "
        f"{counted(out.chunks, 'passage')}, {rows:,} rows compared, in "
        f"{out.elapsed_s:.1f} s: {out.place}",
        soft_wrap=True,
    )
    for finding in out.findings:
        note(f"{finding.what}: {finding.count}. {finding.advice}")
