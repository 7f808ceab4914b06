"""Puts a library in order after a crash."""

import logging

from assistant.library.stores import Library

logger = logging.getLogger(__name__)


def sweep(library: Library) -> None:
    """Removes what was written for versions that never stood, and files no version came from.

    Only for a library that nobody writes to yet: a version being published looks like a leftover.
    """
    sweep_chunks(library)
    library.spool.clear()
    library.files.keep_only(library.ledger.source_files())


def sweep_chunks(library: Library) -> None:
    """Removes what was written for versions that never stood."""
    leftovers = library.ledger.leftovers()
    if leftovers:
        logger.info("Removing %d chunks an unfinished ingest run left.", len(leftovers))
        library.vectors.remove(leftovers)
        library.lexical.remove(leftovers)
    # Last, so that a sweep that is itself cut short is repeated.
    library.ledger.drop_leftovers()
