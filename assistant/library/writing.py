"""The ledger's changes: each function makes one inside the transaction it is given."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, ScalarSelect, delete, insert, literal, select, update

from assistant.errors import DocumentNotFoundError
from assistant.library.ids import document_id
from assistant.library.rows import look_values
from assistant.library.schema import (
    DocumentRow,
    FactRow,
    ValidityRow,
    VersionRow,
)
from assistant.types import (
    DocumentId,
    Move,
    NewVersion,
    SourceState,
    VersionId,
)

_INSTANT = timedelta(microseconds=1)


def publish(connection: Connection, version: NewVersion, at: datetime) -> None:
    """Ends what stood of the document and starts the version, unless it stands there already.

    Where an earlier version was restored, that goes on to stand until its source says other bytes.
    """
    if _stays_restored(connection, version):
        look = update(DocumentRow).where(DocumentRow.document_id == version.document_id)
        connection.execute(look.values(**look_values(version.look)))
        return
    free_place(connection, version.source_uri, version.document_id)
    begin_period(connection, version.document_id, version.version_id, version.source_uri, at)
    connection.execute(
        update(DocumentRow)
        .where(DocumentRow.document_id == version.document_id)
        .values(
            source_uri=version.source_uri,
            container_uri=version.container_uri,
            current_version_id=version.version_id,
            label=label_of(version.document_id, version.version_id),
            **look_values(version.look),
        )
    )


def label_of(document_id: DocumentId, version_id: VersionId) -> ScalarSelect[str]:
    """What a version is kept under, as SQL."""
    return (
        select(VersionRow.label)
        .where(VersionRow.document_id == document_id, VersionRow.version_id == version_id)
        .scalar_subquery()
    )


def _stays_restored(connection: Connection, version: NewVersion) -> bool:
    """Whether the source says what was put aside; what it says otherwise ends the restoration."""
    key = restored_key(version.document_id)
    put_aside = connection.scalar(select(FactRow.value).where(FactRow.key == key))
    if put_aside is None:
        return False
    here = connection.scalar(
        select(DocumentRow.current_version_id).where(
            DocumentRow.document_id == version.document_id,
            DocumentRow.source_uri == version.source_uri,
        )
    )
    if here is not None and put_aside == version.look.sha256:
        return True
    connection.execute(delete(FactRow).where(FactRow.key == key))
    return False


def restored_key(document_id: DocumentId) -> str:
    """The name of the fact that a version was restored; its value is what was put aside."""
    return f"restored:{document_id}"


def move(connection: Connection, moved: Move, at: datetime) -> None:
    """Lets the standing version go on at another place, as a period of its own."""
    state = moved.state
    free_place(connection, moved.source_uri, state.document_id)
    begin_period(connection, state.document_id, state.version_id, moved.source_uri, at, moved.title)
    connection.execute(
        update(DocumentRow)
        .where(DocumentRow.document_id == state.document_id)
        .values(source_uri=moved.source_uri, container_uri=None, **look_values(moved.look))
    )


def free_place(connection: Connection, source_uri: str, document_id: DocumentId) -> None:
    """Takes the place from a retired document, so that another may have it."""
    connection.execute(
        update(DocumentRow)
        .where(DocumentRow.source_uri == source_uri, DocumentRow.document_id != document_id)
        .where(DocumentRow.current_version_id.is_(None))
        .values(source_uri=literal("former:") + DocumentRow.document_id)
    )


def begin_period(
    connection: Connection,
    document_id: DocumentId,
    version_id: VersionId,
    source_uri: str,
    at: datetime,
    title: str | None = None,
) -> None:
    """Ends the period that stands and begins one, unless it is the same.

    Periods of one document never overlap and never start at the same instant, also when the
    clock was set back: a period starts at `at` or, where that is too early, right after.
    """
    last = connection.execute(
        select(ValidityRow.validity_id, ValidityRow.version_id, ValidityRow.source_uri)
        .add_columns(ValidityRow.valid_from, ValidityRow.valid_to)
        .where(ValidityRow.document_id == document_id)
        .order_by(ValidityRow.valid_from.desc())
        .limit(1)
    ).one_or_none()
    start = at
    if last is not None and last.valid_to is None:
        if (last.version_id, last.source_uri) == (version_id, source_uri):
            return
        start = max(at, last.valid_from + _INSTANT)
        _end(connection, last.validity_id, start)
    elif last is not None:
        start = max(at, last.valid_to, last.valid_from + _INSTANT)
    connection.execute(
        insert(ValidityRow),
        {
            "document_id": document_id,
            "version_id": version_id,
            "source_uri": source_uri,
            "title": title,
            "valid_from": start,
            "valid_to": None,
        },
    )


def retire(connection: Connection, document_id: DocumentId, at: datetime) -> None:
    """Ends the standing version; raises `DocumentNotFoundError` where none stands."""
    standing = connection.execute(
        select(ValidityRow.validity_id, ValidityRow.valid_from).where(
            ValidityRow.document_id == document_id, ValidityRow.valid_to.is_(None)
        )
    ).one_or_none()
    if standing is None:
        raise DocumentNotFoundError(
            f"No version of document {document_id!r} stands, so there is nothing to remove. "
            "List the documents to see which there are."
        )
    _end(connection, standing.validity_id, max(at, standing.valid_from + _INSTANT))
    connection.execute(
        update(DocumentRow)
        .where(DocumentRow.document_id == document_id)
        .values(current_version_id=None)
    )


def touch(connection: Connection, states: Sequence[SourceState]) -> None:
    """Remembers how these sources look now; their versions stay what they are."""
    for state in states:
        connection.execute(
            update(DocumentRow)
            .where(DocumentRow.document_id == state.document_id)
            .values(**look_values(state.look))
        )


def new_document_id(connection: Connection, source_uri: str) -> DocumentId:
    """The document at this place, standing or retired, or a name for a new one."""
    known: str | None = connection.scalar(
        select(DocumentRow.document_id).where(DocumentRow.source_uri == source_uri)
    )
    taken = 0
    while known is None:
        # What began here and moved on keeps its name.
        name = document_id(source_uri, taken)
        gone = select(DocumentRow.document_id).where(DocumentRow.document_id == name)
        known = name if connection.scalar(gone) is None else None
        taken += 1
    return DocumentId(known)


def set_fact(connection: Connection, key: str, value: str) -> None:
    """Remembers something about the whole library."""
    connection.execute(delete(FactRow).where(FactRow.key == key))
    connection.execute(insert(FactRow), {"key": key, "value": value})


def _end(connection: Connection, validity_id: int, at: datetime) -> None:
    connection.execute(
        update(ValidityRow).where(ValidityRow.validity_id == validity_id).values(valid_to=at)
    )
