"""What has to work for a question to be answered, tried in earnest."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from api.readiness import Checks
from assistant.backends import Backends
from assistant.errors import LibraryDamagedError
from assistant.library.indexes import POSTINGS, VECTORS
from assistant.library.ledger import LEDGER_FILE
from assistant.settings import Settings

_TRIED = "attaché"
"""What is searched to see whether searching works."""


def checks_of(backends: Backends, settings: Settings) -> Checks:
    """The parts of the library, each tried, and its files looked for.

    A process that has a file open goes on reading it after somebody took it away, and nothing that
    it writes there is kept.
    """
    on_disk, served = settings.ledger_url is None, settings.chroma_url is not None
    library, encoder, home = backends.library, backends.encoder, settings.home

    def ledger() -> None:
        if on_disk:
            _require_ledger(home / LEDGER_FILE)
        library.ledger.count()
        library.ledger.audit.probe()

    def vectors() -> None:
        library.vectors.search(encoder.embed_query(_TRIED), 1)

    def postings() -> None:
        library.lexical.search(_TRIED, 1)

    return Checks(
        {
            "ledger": _with(home / LEDGER_FILE, ledger) if on_disk else ledger,
            "embedder": partial(encoder.embed_query, _TRIED),
            "vectors": vectors if served else _with(home / VECTORS, vectors),
            "postings": _with(home / POSTINGS, postings) if on_disk else postings,
        }
    )


def _require_ledger(file: Path) -> None:
    """Raises `LibraryDamagedError` for a file that was written over: pages are kept in memory.

    By SQLite alone: a file that is opened and closed by other means in a process that has it as a
    database takes from that process every lock it holds on it.
    """
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as fresh:
            fresh.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        return  # busy, or away: the other checks tell
    except sqlite3.DatabaseError as error:
        raise LibraryDamagedError(f"{file} is damaged: {error}. Restore a backup.") from error


def _with(place: Path, check: Callable[[], object]) -> Callable[[], None]:
    """The check, which fails too where the place is not there any more."""

    def whole() -> None:
        if not place.exists():
            raise LibraryDamagedError(
                f"{place} was taken away under the server. Stop it, put it back or restore a "
                "backup, and start again."
            )
        check()

    return whole
