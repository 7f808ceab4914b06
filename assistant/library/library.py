"""Opens a library: its stores, checked against the embedder and swept of what a crash left."""

from contextlib import ExitStack
from pathlib import Path

from assistant.errors import EmbeddingMismatchError
from assistant.library.files import FileStore
from assistant.library.ledger import SqlLedger, open_ledger
from assistant.library.lexical import TantivyIndex
from assistant.library.recover import sweep
from assistant.library.spool import Spool
from assistant.library.stores import Library
from assistant.library.vectors import ChromaIndex

__all__ = ["Library", "open_library"]

VECTORS = "vectors"
POSTINGS = "postings"
ORIGINALS = "originals"
INCOMING = "incoming"


def open_library(home: Path, encoder_name: str, *, ledger: SqlLedger | None = None) -> Library:
    """The library in a data directory this process holds, ready for questions.

    A ledger that is open already can be handed over: the library closes it then, unless this
    raises.

    Raises:
        EmbeddingMismatchError: the library was built with another embedder.
        LibraryDamagedError: a store cannot be opened.
    """
    with ExitStack() as opened:
        if ledger is None:
            ledger = open_ledger(home)
            opened.callback(ledger.close)
        changed = _check_embedder(ledger, encoder_name)
        vectors = ChromaIndex(home / VECTORS)
        opened.callback(vectors.close)
        if changed:
            vectors.clear()
            ledger.set_embedder(encoder_name)
        lexical = TantivyIndex(home / POSTINGS)
        library = Library(
            ledger, vectors, lexical, FileStore(home / ORIGINALS), Spool(home / INCOMING), encoder_name
        )
        sweep(library)
        opened.pop_all()
    return library


def _check_embedder(ledger: SqlLedger, name: str) -> bool:
    """Whether the embedder is new to the library, which only an empty library allows."""
    built_with = ledger.embedder()
    if built_with is None or built_with == name:
        return built_with is None
    if ledger.is_empty():
        return True
    raise EmbeddingMismatchError(
        f"The library was built with the embedder {built_with!r}, and {name!r} is configured. "
        f"Set ATTACHE_EMBEDDER back, or rebuild the library by ingesting its documents again "
        "into another ATTACHE_HOME."
    )
