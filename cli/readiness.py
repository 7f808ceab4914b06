"""What has to work for a question to be answered, tried in earnest."""

import shutil
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

from api.readiness import Checks
from assistant.backends import Backends
from assistant.errors import LibraryDamagedError
from assistant.library.ledger import LEDGER_FILE
from assistant.settings import Settings

_TRIED = "attaché"
"""What is searched to see whether searching works."""
_LITTLE_ROOM = 16 * 1024 * 1024
"""Bytes from which on it is tried whether the disk takes more."""
_LOST = "Stop it, put it back or restore a backup, and start again."
_DERIVED = "Start it again: that makes the index anew from the ledger, and nothing is lost."
"""An index has another folder after it was rebuilt, so that its name is asked for each time."""


def checks_of(backends: Backends, settings: Settings) -> Checks:
    """The parts of the library, each tried, and its files looked for.

    A process that has a file open goes on reading it after somebody took it away, and nothing that
    it writes there is kept.
    """
    on_disk, served = settings.ledger_url is None, settings.chroma_url is not None
    library, encoder, home = backends.library, backends.encoder, settings.home
    ledger_file = home / LEDGER_FILE

    def ledger() -> None:
        if on_disk:
            _require_there(ledger_file, _LOST)
            _require_ledger(ledger_file)
        library.ledger.count()
        library.ledger.audit.probe()
        if on_disk and shutil.disk_usage(home).free < _LITTLE_ROOM:
            # What is asked is written down before it is answered, and then not answered.
            library.ledger.require_room()

    def vectors() -> None:
        if not served:
            with library.indexes.vectors.use() as index:
                _require_there(home / index.name, _DERIVED)
        library.vectors.search(encoder.embed_query(_TRIED), 1)

    def postings() -> None:
        if on_disk:
            with library.indexes.lexical.use() as index:
                _require_there(home / index.name, _DERIVED)
        library.lexical.search(_TRIED, 1)

    return Checks(
        {
            "ledger": ledger,
            "embedder": partial(encoder.embed_query, _TRIED),
            "vectors": vectors,
            "postings": postings,
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


def _require_there(place: Path, advice: str) -> None:
    """Raises `LibraryDamagedError` for a place that is gone."""
    if not place.exists():
        raise LibraryDamagedError(f"{place} was taken away under the server. {advice}")
