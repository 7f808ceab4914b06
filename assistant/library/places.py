"""Sources that are no documents of their own: containers and copies, as the ledger knows them."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from assistant.library.reading import batches
from assistant.library.rows import look, look_values
from assistant.library.schema import PlaceRow
from assistant.types import DocumentId, KnownPlace


def remember(connection: Connection, places: Sequence[KnownPlace]) -> None:
    """Remembers these places, in place of what was known of the same sources."""
    forget(connection, [place.source_uri for place in places])
    rows = [
        {
            "source_uri": place.source_uri,
            "document_id": place.document_id,
            "container_uri": place.container_uri,
            **look_values(place.look),
        }
        for place in places
    ]
    if rows:
        connection.execute(insert(PlaceRow), rows)


def forget(connection: Connection, source_uris: Sequence[str]) -> None:
    """Forgets these places."""
    for batch in batches(source_uris):
        connection.execute(delete(PlaceRow).where(PlaceRow.source_uri.in_(batch)))


def end_copies(connection: Connection, source_uris: Sequence[str]) -> None:
    """Forgets that these sources were copies: they are documents now."""
    for batch in batches(source_uris):
        connection.execute(
            delete(PlaceRow).where(
                PlaceRow.source_uri.in_(batch), PlaceRow.document_id.is_not(None)
            )
        )


def known(connection: Connection) -> dict[str, KnownPlace]:
    """Every place, by the URI of its source."""
    rows = connection.execute(select(*PlaceRow.__table__.columns)).mappings()
    return {
        row["source_uri"]: KnownPlace(
            source_uri=row["source_uri"],
            look=look(row),
            document_id=None if row["document_id"] is None else DocumentId(row["document_id"]),
            container_uri=row["container_uri"],
        )
        for row in rows
    }
