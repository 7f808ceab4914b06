"""What has to work for a question to be answered, tried in earnest."""

import shutil
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

from api.readiness import Checks
from assistant.backends import Backends
from assistant.errors import LibraryDamagedError
from assistant.library.ledger import LEDGER_FILE, SqlLedger
from assistant.library.stores import Library
from assistant.ports import TextEncoder
from assistant.settings import Settings

_TRIED = "attaché"
"""What is searched to see whether searching works."""
_LITTLE_ROOM = 16 * 1024 * 1024
"""Bytes from which on it is tried whether the disk takes more."""
_LOST = "Stop it, put it back or restore a backup, and start again."
# An index has another folder after it was rebuilt, so that its name is asked for each time.
_DERIVED = "Start it again: that makes the index anew from the ledger, and nothing is lost."


def checks_of(backends: Backends, settings: Settings) -> Checks:
    """The parts of the library, each tried, and its files looked for.

    A process that has a file open goes on reading it after somebody took it away, and nothing that
    it writes there is kept.
    """
    library, encoder = backends.library, backends.encoder
    of_ledger = settings.home if settings.ledger_url is None else None
    of_vectors = settings.home if settings.chroma_url is None else None
    return Checks(
        {
            "ledger": partial(_try_ledger, library.ledger, of_ledger),
            "embedder": partial(encoder.embed_query, _TRIED),
            "vectors": partial(_try_vectors, library, encoder, of_vectors),
            "postings": partial(_try_postings, library, of_ledger),
        }
    )


def _try_ledger(ledger: SqlLedger, home: Path | None) -> None:
    """Raises where the ledger, in a file of the `home` or on a server, cannot be used."""
    if home is not None:
        _require_there(home / LEDGER_FILE, _LOST)
        _require_ledger(home / LEDGER_FILE)
    ledger.count()
    ledger.audit.probe()
    if home is not None and shutil.disk_usage(home).free < _LITTLE_ROOM:
        # What is asked is written down before it is answered, and then not answered.
        ledger.require_room()


def _try_vectors(library: Library, encoder: TextEncoder, home: Path | None) -> None:
    """Raises where the vectors, in a folder of the `home` or on a server, cannot be searched."""
    if home is not None:
        with library.indexes.vectors.use() as index:
            _require_there(home / index.name, _DERIVED)
    library.vectors.search(encoder.embed_query(_TRIED), 1)


def _try_postings(library: Library, home: Path | None) -> None:
    """Raises where the words, in a folder of the `home` or on a server, cannot be searched."""
    if home is not None:
        with library.indexes.lexical.use() as index:
            _require_there(home / index.name, _DERIVED)
    library.lexical.search(_TRIED, 1)


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


def _require_there(place: Path, advice: str) -> None:
    """Raises `LibraryDamagedError` for a place that is gone."""
    if not place.exists():
        raise LibraryDamagedError(f"{place} was taken away under the server. {advice}")
