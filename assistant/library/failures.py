"""Sources that could not be read, as the ledger remembers them."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, null, select

from assistant.library.reading import batches
from assistant.library.rows import look
from assistant.library.schema import FailureRow
from assistant.types import KnownFailure, SourceFailure


def remember(connection: Connection, failures: Sequence[KnownFailure]) -> None:
    """Remembers these failures, in place of earlier ones of the same sources."""
    forget(connection, [known.failure.source for known in failures])
    rows = [
        {
            "source_uri": known.failure.source,
            "source_sha256": known.look.sha256,
            "source_size": known.look.size,
            "source_mtime_ns": known.look.mtime_ns,
            "source_ctime_ns": known.look.ctime_ns,
            "loader": known.look.loader,
            "error": known.failure.error,
            "detail": known.failure.detail,
        }
        for known in failures
    ]
    if rows:
        connection.execute(insert(FailureRow), rows)


def forget(connection: Connection, source_uris: Sequence[str]) -> None:
    """Forgets the failures of these sources."""
    for batch in batches(source_uris):
        connection.execute(delete(FailureRow).where(FailureRow.source_uri.in_(batch)))


def known(connection: Connection) -> dict[str, KnownFailure]:
    """Every failure, by the URI of its source."""
    rows = connection.execute(
        select(
            FailureRow.source_uri,
            FailureRow.source_sha256,
            FailureRow.source_size,
            FailureRow.source_mtime_ns,
            FailureRow.source_ctime_ns,
            FailureRow.loader,
            null().label("etag"),
            null().label("last_modified"),
            FailureRow.error,
            FailureRow.detail,
        )
    ).mappings()
    return {
        row["source_uri"]: KnownFailure(
            SourceFailure(row["source_uri"], row["error"], row["detail"]), look(row)
        )
        for row in rows
    }
