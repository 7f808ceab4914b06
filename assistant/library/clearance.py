"""What of the library somebody may read, as the ledger knows it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, exists, select

from assistant.access.labels import Labels, admits
from assistant.library.schema import DocumentRow, VersionRow
from assistant.types import DocumentId, Readable, VersionId


def labels(
    connection: Connection, document_id: DocumentId, readable: Readable | None
) -> Labels | None:
    """What a document and its versions are kept under; None of one that is not to be read.

    One look tells that there is no document, and the same that there is one which is not to be
    read, so that the time it takes does not tell which.
    """
    asked = select(DocumentRow.label).where(DocumentRow.document_id == document_id)
    now: str | None = connection.scalar(asked)
    if now is None or not admits(readable, now):
        return None
    own = select(VersionRow.version_id, VersionRow.label)
    rows = connection.execute(own.where(VersionRow.document_id == document_id))
    return Labels(now, {VersionId(version_id): label for version_id, label in rows})


def opened(connection: Connection, readable: Readable | None) -> Sequence[ColumnElement[bool]]:
    """The conditions that leave the versions that may be read.

    There are few labels in a library, however many versions, so they are judged one by one here
    and the database compares them: what they mean, it need not know.
    """
    if readable is None:
        return ()
    conditions: list[ColumnElement[bool]] = []
    for table in (VersionRow, DocumentRow):
        known = connection.scalars(select(table.label).distinct())
        conditions.append(table.label.in_([each for each in known if admits(readable, each)]))
    own, now = conditions
    document = exists().where(DocumentRow.document_id == VersionRow.document_id, now)
    return own, document.correlate(VersionRow)
