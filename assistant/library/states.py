"""The states a library was in: what stood between two changes, and how far back that is known."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)

from assistant.errors import AsOfPrunedError
from assistant.library import embeddings
from assistant.library.database import Database
from assistant.library.reading import batches
from assistant.library.schema import (
    ChunkRow,
    DocumentRow,
    FactRow,
    UtcDateTime,
    ValidityRow,
    VersionRow,
)
from assistant.library.segments import VersionKey
from assistant.library.views import Standing
from assistant.types import ChunkId, DocumentId, Metadata, VersionId

HORIZON = "horizon"
"""The fact that names the earliest moment whose state is still whole."""

_UNTIL = bindparam("until", type_=UtcDateTime)
_HORIZON = select(FactRow.value).where(FactRow.key == HORIZON).scalar_subquery().label("horizon")


def _last_moments(*, until: bool) -> Select[str, datetime, datetime]:
    """Asked for every question, so one statement, built once."""
    columns = {"began": ValidityRow.valid_from, "ceased": ValidityRow.valid_to}
    began, ceased = (
        (last.where(column <= _UNTIL) if until else last).scalar_subquery().label(name)
        for name, column, last in ((n, c, select(func.max(c))) for n, c in columns.items())
    )
    return select(_HORIZON, began, ceased)


_LAST, _LAST_UNTIL = _last_moments(until=False), _last_moments(until=True)


class States:
    """What stood when, for many threads at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._now: tuple[int, datetime | None] | None = None

    def at(self, as_of: datetime) -> datetime | None:
        """The name of the state at a time: the last change until then; None before the first.

        All times between two changes have the same state, and no later change alters it.

        Raises:
            AsOfPrunedError: what stood then was pruned.
        """
        with self._database.read() as connection:
            earliest, *changes = _moments(connection, as_of)
            if earliest is not None and as_of < earliest:
                raise AsOfPrunedError(
                    f"Versions that stood at {_shown(as_of)} were pruned, so what the library "
                    f"said then is not known any more. Ask about {_shown(earliest)} or later."
                )
            return _last([earliest, *changes])

    def now(self) -> datetime | None:
        """The name of the state the library is in; None where nothing ever stood."""
        written, known = self._database.written(), self._now
        if known is not None and known[0] == written:
            return known[1]
        with self._database.read() as connection:
            state = _last(_moments(connection, None))
        self._now = None if written is None else (written, state)
        return state

    def horizon(self) -> datetime | None:
        """The earliest moment that can be asked about; None where nothing was pruned yet."""
        with self._database.read() as connection:
            return horizon(connection)

    def standing(self, state: datetime) -> list[tuple[ChunkId, bytes]]:
        """The chunks that stood, with the keys of their texts, always in the same order."""
        stood = (
            select(ChunkRow.chunk_id, ChunkRow.text_key)
            .join(
                ValidityRow,
                and_(
                    ValidityRow.document_id == ChunkRow.document_id,
                    ValidityRow.version_id == ChunkRow.version_id,
                ),
            )
            .where(valid_at(state))
            .order_by(ChunkRow.document_id, ChunkRow.ordinal, ChunkRow.chunk_id)
        )
        with self._database.read() as connection:
            return [(ChunkId(chunk_id), key) for chunk_id, key in connection.execute(stood)]

    def versions(self) -> list[VersionKey]:
        """Every version that ever stood, in the order they first did."""
        ever = select(ValidityRow.document_id, ValidityRow.version_id)
        with self._database.read() as connection:
            rows = connection.execute(ever.order_by(ValidityRow.validity_id))
            return list(dict.fromkeys((DocumentId(d), VersionId(v)) for d, v in rows))

    def standing_versions(self, state: datetime) -> dict[VersionKey, Standing]:
        """The versions that stood, with what filters ask of them."""
        stood = (
            select(
                VersionRow.document_id,
                VersionRow.version_id,
                func.coalesce(ValidityRow.title, VersionRow.title).label("title"),
                VersionRow.issuer,
                VersionRow.published_on,
                VersionRow.marking,
                VersionRow.language,
                ValidityRow.source_uri,
                VersionRow.label,
                DocumentRow.label.label("now"),
            )
            .join(DocumentRow, DocumentRow.document_id == VersionRow.document_id)
            .join(
                ValidityRow,
                and_(
                    ValidityRow.document_id == VersionRow.document_id,
                    ValidityRow.version_id == VersionRow.version_id,
                ),
            )
            .where(valid_at(state))
        )
        with self._database.read() as connection:
            return {
                (DocumentId(row.document_id), VersionId(row.version_id)): Standing(
                    Metadata(row.title, row.issuer, row.published_on, row.marking, row.language),
                    row.source_uri,
                    (row.label, row.now),
                )
                for row in connection.execute(stood)
            }

    def any_retired(self) -> bool:
        """Whether the library keeps versions that do not stand."""
        stands = exists().where(
            DocumentRow.document_id == VersionRow.document_id,
            DocumentRow.current_version_id == VersionRow.version_id,
        )
        with self._database.read() as connection:
            retired = select(VersionRow.version_id).where(~stands).limit(1)
            return connection.scalar(retired) is not None

    def vectors(
        self, embedder: str, chunk_ids: Sequence[ChunkId]
    ) -> dict[ChunkId, NDArray[np.float32]]:
        """The kept vectors of these chunks, each of shape `(dimension,)`."""
        keys: dict[ChunkId, bytes] = {}
        with self._database.read() as connection:
            # Two steps: joined, the database reads every vector.
            for batch in batches(chunk_ids):
                named = select(ChunkRow.chunk_id, ChunkRow.text_key)
                rows = connection.execute(named.where(ChunkRow.chunk_id.in_(batch)))
                keys.update((ChunkId(name), key) for name, key in rows)
            kept = embeddings.get(connection, embedder, list(keys.values()))
        return {chunk_id: kept[key] for chunk_id, key in keys.items() if key in kept}


def valid_at(as_of: datetime) -> ColumnElement[bool]:
    """The periods that hold this moment."""
    return and_(
        ValidityRow.valid_from <= as_of,
        or_(ValidityRow.valid_to.is_(None), ValidityRow.valid_to > as_of),
    )


def last_change(connection: Connection, until: datetime | None = None) -> datetime | None:
    """When something last began or ceased to stand, at or before a time; None before the first."""
    return _last(_moments(connection, until)[1:])


def horizon(connection: Connection) -> datetime | None:
    """The earliest moment that can be asked about; None where nothing was pruned yet."""
    kept = connection.scalar(select(FactRow.value).where(FactRow.key == HORIZON))
    return None if kept is None else datetime.fromisoformat(kept)


def _moments(
    connection: Connection, until: datetime | None
) -> tuple[datetime | None, datetime | None, datetime | None]:
    """The horizon, and when something last began and last ceased to stand, at or before a time."""
    found = _LAST if until is None else _LAST_UNTIL
    row = connection.execute(found, {} if until is None else {"until": until}).one()
    earliest = None if row.horizon is None else datetime.fromisoformat(row.horizon)
    return earliest, row.began, row.ceased


def _last(moments: Iterable[datetime | None]) -> datetime | None:
    return max((each for each in moments if each is not None), default=None)


def _shown(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
