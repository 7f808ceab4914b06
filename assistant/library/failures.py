"""Sources that could not be read, as the ledger remembers them."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from assistant.library.schema import FailureRow
from assistant.types import KnownFailure, SourceFailure


def remember(connection: Connection, failures: Sequence[KnownFailure]) -> None:
    """Remembers these failures, in place of earlier ones of the same sources."""
    forget(connection, [known.failure.source for known in failures])
    rows = [
        {
            "source_uri": known.failure.source,
            "source_size": known.size,
            "source_mtime_ns": known.mtime_ns,
            "loader": known.loader,
            "error": known.failure.error,
            "detail": known.failure.detail,
        }
        for known in failures
    ]
    if rows:
        connection.execute(insert(FailureRow), rows)


def forget(connection: Connection, source_uris: Sequence[str]) -> None:
    """Forgets the failures of these sources."""
    for uri in source_uris:
        connection.execute(delete(FailureRow).where(FailureRow.source_uri == uri))


def known(connection: Connection) -> dict[str, KnownFailure]:
    """Every failure, by the URI of its source."""
    rows = connection.execute(
        select(
            FailureRow.source_uri,
            FailureRow.source_size,
            FailureRow.source_mtime_ns,
            FailureRow.loader,
            FailureRow.error,
            FailureRow.detail,
        )
    )
    return {
        row.source_uri: KnownFailure(
            failure=SourceFailure(row.source_uri, row.error, row.detail),
            size=row.source_size,
            mtime_ns=row.source_mtime_ns,
            loader=row.loader,
        )
        for row in rows
    }
