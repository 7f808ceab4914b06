"""`attache reindex`: rebuilds the indexes from the ledger."""

import typer

from cli.importing import heavy_imports
from cli.options import AsJson


def reindex(as_json: AsJson = False) -> None:
    """Rebuilds both indexes from the ledger, also for another ATTACHE_EMBEDDER.

    The old indexes answer until the new ones are complete. Only texts whose vectors are not kept
    are embedded; a rebuilding that was cut short goes on where it was.
    """
    with heavy_imports():
        from cli.rebuilding import rebuild  # noqa: PLC0415

    raise typer.Exit(rebuild(as_json=as_json))
