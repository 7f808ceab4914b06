"""Puts a library in order after a crash."""

import logging

from assistant.library.stores import Library

logger = logging.getLogger(__name__)


def sweep(library: Library, *, opening: bool = False) -> None:
    """Removes what was written for versions that never stood, and files no version came from.

    Only for a library that nobody writes to yet: a version being published looks like a leftover.
    An opening leaves files that are far away to `attache prune`: they only take room, and an
    object store of millions would be named in minutes, for which nobody should wait.
    """
    sweep_chunks(library)
    library.spool.clear()
    if library.files.is_near or not opening:
        sweep_files(library)


def sweep_files(library: Library) -> int:
    """Removes files that no version came from; returns how many."""
    return library.files.keep_only(library.ledger.source_files())


def sweep_chunks(library: Library) -> None:
    """Removes what was written for versions that never stood."""
    leftovers = library.ledger.leftovers()
    if leftovers:
        logger.info("Removing %d chunks an unfinished ingest run left.", len(leftovers))
        library.vectors.remove(leftovers)
        library.lexical.remove(leftovers)
    # Last, so that a sweep that is itself cut short is repeated.
    library.ledger.drop_leftovers()
