"""The states a library was in: what stood between two changes, and how far back that is known."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from assistant.errors import AsOfPrunedError
from assistant.library import embeddings
from assistant.library.database import Database
from assistant.library.reading import batches
from assistant.library.schema import (
    ChunkRow,
    DocumentRow,
    FactRow,
    ValidityRow,
    VersionRow,
)
from assistant.types import ChunkId

HORIZON = "horizon"
"""The fact that names the earliest moment whose state is still whole."""


class States:
    """What stood when, for many threads at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def at(self, as_of: datetime) -> datetime | None:
        """The name of the state at a time: the last change until then; None before the first.

        All times between two changes have the same state, and no later change alters it.

        Raises:
            AsOfPrunedError: what stood then was pruned.
        """
        with self._database.read() as connection:
            earliest = horizon(connection)
            if earliest is not None and as_of < earliest:
                raise AsOfPrunedError(
                    f"Versions that stood at {_shown(as_of)} were pruned, so what the library "
                    f"said then is not known any more. Ask about {_shown(earliest)} or later."
                )
            changes = [earliest, last_change(connection, as_of)]
            return max((each for each in changes if each is not None), default=None)

    def now(self) -> datetime | None:
        """The name of the state the library is in; None where nothing ever stood."""
        with self._database.read() as connection:
            changes = [horizon(connection), last_change(connection)]
            return max((each for each in changes if each is not None), default=None)

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
    changes: list[datetime] = []
    for column in (ValidityRow.valid_from, ValidityRow.valid_to):
        last = select(func.max(column))
        found = connection.scalar(last if until is None else last.where(column <= until))
        if found is not None:
            changes.append(found)
    return max(changes, default=None)


def horizon(connection: Connection) -> datetime | None:
    """The earliest moment that can be asked about; None where nothing was pruned yet."""
    kept = connection.scalar(select(FactRow.value).where(FactRow.key == HORIZON))
    return None if kept is None else datetime.fromisoformat(kept)


def _shown(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
