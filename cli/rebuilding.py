"""Rebuilding the indexes: in this process, or in the server that holds the data directory."""

from time import monotonic

from api.upkeep_schemas import ReindexOut
from assistant.backends import open_encoder
from assistant.library.ledger import open_ledger
from assistant.library.library import open_library
from assistant.library.lock import DirectoryLock
from assistant.library.reindexing import keep_vectors, reindex
from assistant.library.servers import servers_of
from assistant.ports import TextEncoder
from assistant.settings import Settings
from cli.console import counted, note, results
from cli.control import RunningServer, hold_or_find
from cli.exits import Exits
from cli.keeping import reindex_out
from cli.setup import settings_for_command
from cli.telling import Telling, telling
from cli.wire import print_json

PURPOSE = "attache reindex"


def rebuild(*, as_json: bool) -> Exits:
    """Rebuilds both indexes and writes what was done.

    Raises:
        LibraryInUseError: a command that is no server holds the data directory.
        LibraryError: a store cannot be read or written.
        ModelError: the embedder is behind an API and fails.
    """
    settings = settings_for_command()
    holder = hold_or_find(settings.home, PURPOSE)
    with telling("Rebuilding the indexes…") as tell:
        if isinstance(holder, DirectoryLock):
            with holder:
                report = _here(settings, tell)
        else:
            report = _there(settings, holder, tell)
    if as_json:
        print_json(report)
    else:
        _print(report)
    return Exits.DONE


def _here(settings: Settings, tell: Telling) -> ReindexOut:
    encoder, began = open_encoder(settings), monotonic()
    embedded = 0
    if _is_other(settings, encoder):
        # Without vectors of all passages the library does not open, and with them it is built.
        embedded = _embed(settings, encoder, tell)
    with open_library(
        settings.home, encoder.name, mend=True, servers=servers_of(settings)
    ) as library:
        if embedded:
            elapsed = round(monotonic() - began, 3)
            chunks = library.vectors.count()
            return ReindexOut(
                embedder=encoder.name, chunks=chunks, embedded=embedded, elapsed_s=elapsed
            )
        return reindex_out(reindex(library, encoder, quiet=library.ledger.sharing.alone, tell=tell))


def _there(settings: Settings, server: RunningServer, tell: Telling) -> ReindexOut:
    encoder, began = open_encoder(settings), monotonic()
    if not _is_other(settings, encoder):
        return ReindexOut.model_validate(server.call("POST", "/v1/maintenance/reindex", {}, tell))
    embedded = _embed(settings, encoder, tell)
    ledger = open_ledger(settings.home, settings.ledger_url)
    try:
        chunks = len(ledger.catalogue.published())
    finally:
        ledger.close()
    return ReindexOut(
        embedder=encoder.name,
        chunks=chunks,
        embedded=embedded,
        elapsed_s=round(monotonic() - began, 3),
        in_use=False,
    )


def _is_other(settings: Settings, encoder: TextEncoder) -> bool:
    """Whether the library was last opened with another embedder."""
    ledger = open_ledger(settings.home, settings.ledger_url)
    try:
        return ledger.embedder() not in (None, encoder.name)
    finally:
        ledger.close()


def _embed(settings: Settings, encoder: TextEncoder, tell: Telling) -> int:
    """Keeps vectors in the ledger, which takes them also beside a server that writes."""
    ledger = open_ledger(settings.home, settings.ledger_url)
    try:
        return keep_vectors(ledger, encoder, tell)
    finally:
        ledger.close()


def _print(report: ReindexOut) -> None:
    results().print(
        f"{counted(report.chunks, 'passage')} indexed with {report.embedder}, {report.embedded} of "
        f"them embedded anew, in {report.elapsed_s:.1f} s"
        if report.in_use
        else f"{report.embedded} texts embedded with {report.embedder} in {report.elapsed_s:.1f} s",
        soft_wrap=True,
    )
    if not report.in_use:
        note(
            "The running server goes on with its own embedder. Restart it with this "
            "ATTACHE_EMBEDDER: the index is built from these vectors as it starts."
        )
