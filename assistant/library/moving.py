"""A whole library copied to another place: from files to servers, and back.

The source is held for that time and only read. Rows come first, then original files, and last the
indexes, which are filled from the copied ledger. A copy that was cut short says so of itself until
it is run again to its end.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from sqlalchemy import URL, delete

from assistant.errors import DocumentNotFoundError, LibraryError
from assistant.library.backup import copy_ledger
from assistant.library.carrying import FACTS, clear, copy_rows, count_rows, facts, write_facts
from assistant.library.checking import Finding, check
from assistant.library.comparing import Digest, digests, fingerprint
from assistant.library.database import Database
from assistant.library.ledger import LEDGER_FILE, MOVING, SqlLedger
from assistant.library.library import open_library, unfinished_copy
from assistant.library.lock import hold
from assistant.library.originals import Originals, open_originals
from assistant.library.postgres import address
from assistant.library.read_ledger import ReadLedger
from assistant.library.reading import fact
from assistant.library.servers import Servers
from assistant.library.sharing import Sharing
from assistant.library.telling import Tell, untold
from assistant.library.writing import set_fact

PURPOSE = "attache migrate"
_MOVED = "moved-from"
_EMBEDDER = "embedder"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a library is kept: its data directory, and what of it is on servers."""

    home: Path
    servers: Servers = field(default_factory=Servers)

    @property
    def files(self) -> Originals:
        """Its original files."""
        return open_originals(self.home, self.servers.files, self.servers.files_options)


@dataclass(frozen=True, slots=True)
class MoveReport:
    """What was copied and compared. `missing` counts originals the source itself lacks."""

    documents: int
    chunks: int
    vectors: int
    postings: int
    originals: int
    missing: int
    tables: dict[str, Digest]
    findings: tuple[Finding, ...]
    elapsed_s: float


def move(source: Place, target: Place, tell: Tell = untold) -> MoveReport:
    """Copies a library to a place where there is none, or goes on where that was cut short.

    Raises:
        LibraryInUseError: another process works with the one or the other.
        LibraryError: there is nothing to copy, the target holds another library, a store cannot be
            read or written, or the copy is not what the source is.
    """
    began = monotonic()
    with _held(source) as read:
        embedder = _require_movable(read)
        with _written(target) as write:
            compared = _carry_over(read, write, source, target, tell)
    with open_library(target.home, embedder, servers=target.servers) as library:
        _close_runs(library.ledger)
        found = check(library, deep=True, tell=tell)
    return MoveReport(
        documents=found.documents,
        chunks=found.chunks,
        vectors=found.vectors,
        postings=found.postings,
        originals=found.originals,
        missing=sum(one.count for one in found.findings if one.kind == "originals"),
        tables=compared,
        findings=found.findings,
        elapsed_s=round(monotonic() - began, 3),
    )


def _carry_over(
    read: Database, write: Database, source: Place, target: Place, tell: Tell
) -> dict[str, Digest]:
    print_of = fingerprint(read)
    with write.read() as connection:
        moved = fact(connection, _MOVED) == print_of and fact(connection, MOVING) is None
    before = digests(read, tell)
    if moved:
        return before
    _begin(write, print_of)
    copy_rows(read, write, tell)
    _copy_originals(read, source, target, tell)
    with read.read() as connection:
        remembered = facts(connection)
    with write.write() as connection:
        write_facts(connection, remembered)
    wrong = [name for name, found in digests(write, tell).items() if found != before[name]]
    if wrong:
        raise LibraryError(
            f"The copy is not what the source is: {', '.join(wrong)} differ. The source is as it "
            "was. Give an empty place, and run `attache migrate` again."
        )
    with write.write() as connection:
        connection.execute(delete(FACTS).where(FACTS.c.key == MOVING))
        set_fact(connection, _MOVED, print_of)
    return before


def _begin(write: Database, print_of: str) -> None:
    """Marks the target as a copy under way; one of a source that changed since begins anew."""
    with write.read() as connection:
        under_way = fact(connection, MOVING)
        holds = sum(count_rows(connection).values())
    if under_way is None and holds:
        raise LibraryError(
            f"{write.place} holds a library already. Give a folder or a database that is empty. "
            "Nothing was changed."
        )
    if under_way not in (None, print_of):
        clear(write)
    with write.write() as connection:
        set_fact(connection, MOVING, print_of)


def _copy_originals(read: Database, source: Place, target: Place, tell: Tell) -> None:
    names = sorted(ReadLedger(read).source_files())
    have, want = source.files, target.files
    for done, name in enumerate(names, start=1):
        _copy_original(have, want, name)
        tell("original files", done, len(names))


def _copy_original(have: Originals, want: Originals, name: str) -> None:
    try:
        want.size(name)
    except DocumentNotFoundError:
        try:
            want.renew(have.path(name), name)
        except DocumentNotFoundError:
            return  # the source has lost it: the check at the end says so


def _require_movable(read: Database) -> str:
    """The embedder of a library that can be copied."""
    with read.read() as connection:
        embedder, moving = fact(connection, _EMBEDDER), fact(connection, MOVING)
    if moving is not None:
        raise unfinished_copy(read.place)
    if embedder is None:
        raise LibraryError(f"There is no library in {read.place} to copy. Check ATTACHE_HOME.")
    waiting = [run for run in SqlLedger(read).runs.unended() if run.request.kind == "upload"]
    if waiting:
        raise LibraryError(
            f"{len(waiting)} uploads are not taken in yet. Start `attache serve`, let it finish "
            "them and stop it; then run `attache migrate` again."
        )
    return embedder


def _close_runs(ledger: SqlLedger) -> None:
    # Whoever carried these out is not here.
    for run in ledger.runs.unended():
        error = "The library was copied while the run was at work."
        ledger.runs.end(run.run_id, "interrupted", datetime.now(UTC), error=error)


@contextmanager
def _held(place: Place) -> Iterator[Database]:
    """The ledger of a library that nobody works with while inside; nothing in it changes."""
    with ExitStack() as held:
        if place.servers.database_url is None:
            if not (place.home / LEDGER_FILE).is_file():
                raise LibraryError(f"There is no library in {place.home}. Check ATTACHE_HOME.")
            held.enter_context(hold(place.home, PURPOSE))
            room = held.enter_context(TemporaryDirectory(prefix="attache-migrate-"))
            # A copy at one moment, which may be brought to this program's revision.
            copy_ledger(place.home / LEDGER_FILE, Path(room) / LEDGER_FILE)
            database = Database(_file(Path(room)))
            held.callback(database.close)
            database.migrate()
        else:
            database = Database(address(place.servers.database_url))
            held.callback(database.close)
            database.require_present()
            Sharing(database).hold()
        yield database


@contextmanager
def _written(place: Place) -> Iterator[Database]:
    """The ledger to copy to, which nobody else works with while inside."""
    with ExitStack() as held:
        held.enter_context(hold(place.home, PURPOSE))
        url = place.servers.database_url
        database = Database(_file(place.home) if url is None else address(url))
        held.callback(database.close)
        database.migrate()
        Sharing(database).hold()
        yield database


def _file(home: Path) -> URL:
    return URL.create("sqlite", database=str(home / LEDGER_FILE))
