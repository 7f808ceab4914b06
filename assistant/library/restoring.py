"""Lets an earlier version stand again, from now on, until its source says something new."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select, update

from assistant.errors import RestoreConflictError
from assistant.library.absent import no_document, no_version
from assistant.library.schema import DocumentRow, ValidityRow
from assistant.library.writing import (
    begin_period,
    free_place,
    label_of,
    restored_key,
    set_fact,
)
from assistant.types import DocumentId, VersionId


def restore(
    connection: Connection, document_id: DocumentId, version_id: VersionId | None, at: datetime
) -> VersionId:
    """Begins a period of a version that stood before; its chunks, vectors and postings are kept.

    Without a name, the version that stood before the present one, or of a removed document the
    last. Returns which it is.

    Raises:
        DocumentNotFoundError: there is no such document or version.
        RestoreConflictError: it stands already, or another document has its place.
    """
    periods = _periods(connection, document_id)
    chosen = _chosen(connection, periods, document_id, version_id)
    row = connection.execute(
        select(DocumentRow.source_uri, DocumentRow.source_sha256).where(
            DocumentRow.document_id == document_id
        )
    ).one()
    stands = periods[0]["valid_to"] is None
    place: str = row.source_uri if stands else periods[0]["source_uri"]
    if not stands:
        _require_free(connection, place, document_id)
        free_place(connection, place, document_id)
    restored = VersionId(chosen["version_id"])
    begin_period(connection, document_id, restored, place, at, chosen["title"])
    connection.execute(
        update(DocumentRow)
        .where(DocumentRow.document_id == document_id)
        .values(
            current_version_id=restored,
            source_uri=place,
            label=label_of(document_id, restored),
        )
    )
    # What the source says now was put aside on purpose: only a change of it counts.
    set_fact(connection, restored_key(document_id), row.source_sha256)
    return restored


def _periods(connection: Connection, document_id: DocumentId) -> Sequence[RowMapping]:
    """Every period of a document, newest first."""
    found = select(
        ValidityRow.version_id, ValidityRow.source_uri, ValidityRow.title, ValidityRow.valid_to
    ).where(ValidityRow.document_id == document_id)
    periods = connection.execute(found.order_by(ValidityRow.valid_from.desc())).mappings().all()
    if not periods:
        raise no_document(connection, document_id)
    return periods


def _chosen(
    connection: Connection,
    periods: Sequence[RowMapping],
    document_id: DocumentId,
    version_id: VersionId | None,
) -> RowMapping:
    standing = periods[0]["version_id"] if periods[0]["valid_to"] is None else None
    if version_id is not None and version_id == standing:
        raise RestoreConflictError(
            f"Version {version_id!r} stands already, so there is nothing to restore. "
            "List the document's versions and name an earlier one."
        )
    for period in periods:
        wanted = (
            period["version_id"] != standing
            if version_id is None
            else (period["version_id"] == version_id)
        )
        if wanted:
            return period
    if version_id is not None:
        raise no_version(connection, document_id, version_id)
    raise RestoreConflictError(
        f"Document {document_id!r} has no other version than the one that stands, so there is "
        "nothing to restore."
    )


def _require_free(connection: Connection, place: str, document_id: DocumentId) -> None:
    other = connection.scalar(
        select(DocumentRow.document_id).where(
            DocumentRow.source_uri == place,
            DocumentRow.document_id != document_id,
            DocumentRow.current_version_id.is_not(None),
        )
    )
    if other is not None:
        raise RestoreConflictError(
            f"Another document, {other!r}, stands at {place} now. Remove it first, then restore "
            "this one."
        )
