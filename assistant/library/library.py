"""Opens a library: its stores, checked against the embedder and swept of what a crash left."""

import logging
import secrets
from contextlib import ExitStack
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from assistant.errors import EmbeddingMismatchError, LibraryDamagedError
from assistant.library.backup_restore import RESTORING
from assistant.library.files import ORIGINALS
from assistant.library.indexes import POSTINGS, VECTORS, Indexes, Places, in_folders
from assistant.library.ledger import MOVING, SqlLedger, open_ledger
from assistant.library.originals import Originals, open_originals
from assistant.library.recover import sweep
from assistant.library.reindexing import keep_indexed
from assistant.library.servers import Servers
from assistant.library.spool import Spool
from assistant.library.stores import Library

__all__ = ["ORIGINALS", "POSTINGS", "VECTORS", "Library", "open_library"]

INCOMING = "incoming"
_LIBRARY = "library"
IN_FILES = Servers()

logger = logging.getLogger(__name__)


def open_library(
    home: Path,
    encoder_name: str,
    *,
    ledger: SqlLedger | None = None,
    mend: bool = False,
    servers: Servers = IN_FILES,
) -> Library:
    """The library in a data directory this process holds, ready for questions.

    What the indexes lack is added from the ledger. One that cannot be read is rebuilt where `mend`
    is set. A ledger that is open already can be handed over: the library closes it then, unless
    this raises.

    Raises:
        EmbeddingMismatchError: the library has no complete index of this embedder.
        LibraryDamagedError: a store cannot be opened, or the ledger was lost.
        LibraryInUseError: another process works with the ledger on its server.
    """
    with ExitStack() as opened:
        if ledger is None:
            ledger = open_ledger(home, servers.database_url)
            opened.callback(ledger.close)
        if ledger.fact(MOVING) is not None:
            raise unfinished_copy(ledger.place)
        together = ledger.server is not None and servers.chroma is not None
        alone = _come_in(ledger, together=together)
        files = open_originals(home, servers.files, servers.files_options)
        if alone:
            _refuse_lost_ledger(ledger, files)
        indexes = Indexes(_places(home, ledger, servers), ledger, encoder_name, mend=mend)
        opened.callback(indexes.close)
        spool = Spool(home / INCOMING)
        Spool(home / RESTORING).clear()
        if not alone:
            spool.clear()
        library = Library(
            ledger, indexes.vectors, indexes.lexical, files, spool, encoder_name, indexes
        )
        if alone:
            _settle_embedder(library)
        else:
            _require_embedder(library)
        if together and alone:
            ledger.sharing.share()
        opened.pop_all()
    return library


def unfinished_copy(place: str) -> LibraryDamagedError:
    """The error for a copy that was cut short."""
    return LibraryDamagedError(
        f"{place} is a copy that was cut short. Run the same `attache migrate` again: it goes on "
        "where it was."
    )


def _come_in(ledger: SqlLedger, *, together: bool) -> bool:
    """Whether nobody else is there. Several may be only where all they write is on servers."""
    if together:
        return ledger.sharing.join()
    ledger.sharing.hold()
    return True


def _require_embedder(library: Library) -> None:
    """Passes where others, who are there already, have the same embedder."""
    built_with = library.ledger.embedder()
    if built_with != library.embedder:
        raise EmbeddingMismatchError(
            f"The library is in use with the embedder {built_with!r}, and {library.embedder!r} is "
            "configured. Set ATTACHE_EMBEDDER to the same in all its processes."
        )


def _places(home: Path, ledger: SqlLedger, servers: Servers) -> Places:
    """Where the indexes are: in folders of the data directory, or on servers."""
    places = in_folders(home)
    if ledger.server is not None:
        words = import_module("assistant.library.postgres_words")
        places = replace(places, postings=words.PostgresPlace(ledger.server))
    if servers.chroma is None:
        return places
    served = import_module("assistant.library.chroma_server")
    prefix = f"attache-{_library_id(ledger)}"
    return replace(places, vectors=served.ChromaServer(servers.chroma, prefix))


def _library_id(ledger: SqlLedger) -> str:
    """What tells this library's collections from those of others on one server."""
    known = ledger.fact(_LIBRARY)
    if known is None:
        known = secrets.token_hex(4)
        ledger.set_fact(_LIBRARY, known)
    return known


def _refuse_lost_ledger(ledger: SqlLedger, files: Originals) -> None:
    """Stops where sweeping would remove everything, because nothing is known of anything.

    The first opening names the embedder before anything is put into the other stores.
    """
    if ledger.embedder() is not None or not ledger.is_empty():
        return
    if next(files.names(), None) is None:
        return
    raise LibraryDamagedError(
        f"The ledger {ledger.place} is new, but {files.place} holds the original files "
        "of a library. Put the ledger back, restore a backup with `attache restore FILE`, or "
        "choose another ATTACHE_HOME. Nothing was removed."
    )


def _settle_embedder(library: Library) -> None:
    """Sweeps, and makes the indexes complete: always for an embedder the library comes back to."""
    ledger, name = library.ledger, library.embedder
    built_with = ledger.embedder()
    if built_with is None:
        ledger.set_embedder(name)
    sweep(library, opening=True)
    is_other = built_with not in (None, name)
    moved = not library.indexes.are_where_they_were
    if not (is_other or moved) and not library.indexes.are_remembered:
        keep_indexed(library)  # an earlier program kept the vectors nowhere else
    lacking = library.indexes.complete() if is_other or moved or not _agree(library) else 0
    if lacking and is_other:
        raise EmbeddingMismatchError(
            f"The library was built with the embedder {built_with!r}, and {name!r} is configured: "
            f"{lacking} passages have no vector of it. Set ATTACHE_EMBEDDER back, run "
            "`attache reindex` to embed them, or choose another ATTACHE_HOME."
        )
    if lacking:
        logger.warning(
            "%d passages have no vector and are found by their words only. "
            "`attache doctor --repair` embeds them.",
            lacking,
        )
    library.indexes.remember()
    if is_other:
        ledger.set_embedder(name)
    library.indexes.tidy()


def _agree(library: Library) -> bool:
    """Whether the indexes hold as much as the ledger; `attache doctor` compares them exactly."""
    chunks = library.ledger.chunk_count()
    vectors, postings = library.vectors.count(), library.lexical.count()
    if chunks == vectors == postings:
        return True
    if vectors == postings == 0 and not library.indexes.are_remembered:
        logger.info("The indexes are new here: they are filled from the ledger.")
        return False
    logger.warning(
        "The ledger holds %d chunks, but there are %d vectors and %d postings: "
        "completing them from the ledger.",
        chunks,
        vectors,
        postings,
    )
    return False
