"""What the ledger is asked of versions over time: which stand, which stood, and how many."""

from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Connection, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from assistant.library.absent import no_document
from assistant.library.clearance import opened
from assistant.library.listing import Place, place_after
from assistant.library.rows import PERIODS, version
from assistant.library.schema import DocumentRow, ValidityRow, VersionRow
from assistant.types import DocumentId, DocumentPage, Readable, Version


def valid_at(as_of: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """The condition that a period of validity holds a moment."""
    return and_(
        ValidityRow.valid_from <= as_of,
        or_(ValidityRow.valid_to.is_(None), ValidityRow.valid_to > as_of),
    )


def documents(
    connection: Connection,
    limit: int,
    after: Place | None,
    as_of: datetime | None,
    readable: Readable | None = None,
) -> DocumentPage:
    """Up to `limit` versions standing at `as_of`, by title, from the place after `after` on."""
    stood = ValidityRow.valid_to.is_(None) if as_of is None else valid_at(as_of)
    return _page(connection, limit, after, readable, stood)


def removed(
    connection: Connection, limit: int, after: Place | None, readable: Readable | None = None
) -> DocumentPage:
    """Up to `limit` documents that do not stand any more, each by the version that stood last."""
    later = aliased(ValidityRow)
    stood_later = exists().where(
        later.document_id == ValidityRow.document_id, later.valid_from > ValidityRow.valid_from
    )
    last = ~stood_later.correlate(ValidityRow)
    return _page(connection, limit, after, readable, _gone(), last)


def count_removed(connection: Connection, readable: Readable | None = None) -> int:
    """How many documents do not stand any more and may be read."""
    latest = select(func.max(ValidityRow.valid_from)).where(
        ValidityRow.document_id == VersionRow.document_id
    )
    found = (
        select(func.count())
        .select_from(ValidityRow)
        .join(
            VersionRow,
            and_(
                VersionRow.document_id == ValidityRow.document_id,
                VersionRow.version_id == ValidityRow.version_id,
            ),
        )
        .where(
            _gone(),
            ValidityRow.valid_from == latest.correlate(VersionRow).scalar_subquery(),
            *opened(connection, readable),
        )
    )
    return int(connection.scalar(found) or 0)


def _gone() -> ColumnElement[bool]:
    return ~exists().where(
        DocumentRow.document_id == ValidityRow.document_id,
        DocumentRow.current_version_id.is_not(None),
    ).correlate(ValidityRow)


def _page(
    connection: Connection,
    limit: int,
    after: Place | None,
    readable: Readable | None,
    *which: ColumnElement[bool],
) -> DocumentPage:
    """The periods by title, from the place after `after` on."""
    found = PERIODS.where(*which, *opened(connection, readable))
    if after:
        found = found.where(
            or_(
                VersionRow.title_key > after.title_key,
                and_(
                    VersionRow.title_key == after.title_key,
                    VersionRow.document_id > after.document_id,
                ),
            )
        )
    # One more than asked tells whether there is a next page.
    found = found.order_by(VersionRow.title_key, VersionRow.document_id).limit(limit + 1)
    rows = connection.execute(found).mappings().all()
    page = rows[:limit]
    return DocumentPage(
        items=tuple(version(row) for row in page),
        next_cursor=place_after(page[-1]) if len(rows) > limit else None,
    )


def versions(connection: Connection, document_id: DocumentId) -> tuple[Version, ...]:
    """Every period of validity, newest first. Raises `DocumentNotFoundError`."""
    found = PERIODS.where(ValidityRow.document_id == document_id).order_by(
        ValidityRow.valid_from.desc()
    )
    rows = connection.execute(found).mappings().all()
    if not rows:
        raise no_document(connection, document_id)
    return tuple(version(row) for row in rows)


def retired(connection: Connection, beginning: str) -> tuple[DocumentId, ...]:
    """The documents that do not stand and whose names begin so."""
    found = (
        select(ValidityRow.document_id)
        .distinct()
        .join(DocumentRow, DocumentRow.document_id == ValidityRow.document_id)
    )
    found = found.where(
        DocumentRow.current_version_id.is_(None),
        DocumentRow.document_id.startswith(beginning, autoescape=True),
    )
    return tuple(map(DocumentId, connection.scalars(found)))


def count(
    connection: Connection, as_of: datetime | None = None, readable: Readable | None = None
) -> tuple[int, int]:
    """Documents that stand, or stood at a time, and may be read, and their chunks."""
    standing = select(func.count(), func.coalesce(func.sum(VersionRow.chunks), 0))
    standing = standing.where(*opened(connection, readable))
    if as_of is None:
        standing = standing.where(
            VersionRow.document_id == DocumentRow.document_id,
            VersionRow.version_id == DocumentRow.current_version_id,
        )
    else:
        standing = standing.where(
            VersionRow.document_id == ValidityRow.document_id,
            VersionRow.version_id == ValidityRow.version_id,
            valid_at(as_of),
        )
    documents, chunks = connection.execute(standing).one()
    return int(documents), int(chunks)
