"""What the ledger is asked of texts and their parts, on a connection that is given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, func, select

from assistant.library.absent import no_version
from assistant.library.clearance import opened
from assistant.library.filtering import passes
from assistant.library.periods import valid_at
from assistant.library.rows import (
    CHUNKS,
    SOURCES,
    SPANS,
    chunk,
    source_state,
    stored_chunk,
)
from assistant.library.schema import (
    ChunkRow,
    FactRow,
    TextRow,
    UtcDateTime,
    ValidityRow,
    VersionRow,
)
from assistant.types import (
    Chunk,
    ChunkId,
    DocumentId,
    Filters,
    Heading,
    Page,
    PlacedWord,
    SourceState,
    StoredChunk,
    VersionId,
)

T = TypeVar("T", str, bytes)

BATCH = 500
"""How many values one statement may name: SQL databases limit them."""

NEVER_VALID = ~exists().where(
    ValidityRow.document_id == VersionRow.document_id,
    ValidityRow.version_id == VersionRow.version_id,
)


# Asked for every question, so built once: building one takes a fifth of the time it runs.
_VALID_CHUNKS = CHUNKS.where(
    ChunkRow.chunk_id.in_(bindparam("chunk_ids", expanding=True)),
    valid_at(bindparam("as_of", type_=UtcDateTime)),
)

_SPAN = select(func.substr(TextRow.text, bindparam("first"), bindparam("length"))).where(
    TextRow.document_id == bindparam("document_id"), TextRow.version_id == bindparam("version_id")
)


def batches(ids: Sequence[T]) -> Iterator[list[T]]:
    """The ids, distinct, in lists short enough for one statement."""
    rest = iter(dict.fromkeys(ids))
    while batch := list(islice(rest, BATCH)):
        yield batch


def sources(connection: Connection) -> Mapping[str, SourceState]:
    """Every source whose document stands, by its URI."""
    states = map(source_state, connection.execute(SOURCES).mappings())
    return {state.source_uri: state for state in states}


def text(connection: Connection, document_id: DocumentId, version_id: VersionId) -> str:
    """The text of a version that stands or stood. Raises `DocumentNotFoundError`."""
    found: str | None = connection.scalar(
        select(TextRow.text).where(
            TextRow.document_id == document_id,
            TextRow.version_id == version_id,
            exists().where(
                ValidityRow.document_id == TextRow.document_id,
                ValidityRow.version_id == TextRow.version_id,
            ),
        )
    )
    if found is None:
        raise no_version(connection, document_id, version_id)
    return found


def span(
    connection: Connection, document_id: DocumentId, version_id: VersionId, start: int, end: int
) -> str | None:
    """Characters `[start, end)` of a version's text; None of one that is not kept."""
    asked = {"document_id": document_id, "version_id": version_id}
    place = {"first": start + 1, "length": end - start}
    found: str | None = connection.scalar(_SPAN, {**asked, **place})
    return found


def layout(
    connection: Connection, document_id: DocumentId, version_id: VersionId
) -> tuple[tuple[Page, ...], tuple[PlacedWord, ...]]:
    """The pages of a version's text, and the words recognised on them.

    Raises `DocumentNotFoundError`.
    """
    row = connection.execute(
        select(TextRow.pages, TextRow.words).where(
            TextRow.document_id == document_id, TextRow.version_id == version_id
        )
    ).one_or_none()
    if row is None:
        raise no_version(connection, document_id, version_id)
    pages = tuple(
        Page(int(number), int(start), int(end), confidence[0] if confidence else None)
        for number, start, end, *confidence in row.pages
    )
    words = tuple(
        PlacedWord(int(page), int(start), int(end), *box) for page, start, end, *box in row.words
    )
    return pages, words


def headings(
    connection: Connection, document_id: DocumentId, version_id: VersionId
) -> tuple[Heading, ...]:
    """The headings of a version's text, in order; none of one that is not kept."""
    found = connection.scalar(
        select(TextRow.headings).where(
            TextRow.document_id == document_id, TextRow.version_id == version_id
        )
    )
    return tuple(Heading(*each) for each in found or ())


def chunks(
    connection: Connection, chunk_ids: Sequence[ChunkId], as_of: datetime, filters: Filters
) -> dict[ChunkId, StoredChunk]:
    """Those of the chunks that were valid at `as_of` and pass the filters, in the order given."""
    conditions = [*_conditions(filters), *opened(connection, filters.readable)]
    named = filters.issuers or filters.languages or filters.markings or filters.folders
    asked = _VALID_CHUNKS.where(*conditions) if conditions else _VALID_CHUNKS
    found: dict[ChunkId, StoredChunk] = {}
    for batch in batches(chunk_ids):
        rows = connection.execute(asked, {"chunk_ids": batch, "as_of": as_of}).mappings()
        for stored in map(stored_chunk, rows):
            # Names are compared as people write them, which no two databases do alike.
            if not named or passes(stored, filters):
                found[stored.chunk.chunk_id] = stored
    return {chunk_id: found[chunk_id] for chunk_id in chunk_ids if chunk_id in found}


def neighbours(connection: Connection, stored: StoredChunk, reach: int) -> tuple[StoredChunk, ...]:
    """The chunks of the same version up to `reach` before and after, in order, with itself."""
    ordinal = stored.chunk.ordinal
    near = SPANS.where(
        ChunkRow.document_id == stored.document_id,
        ChunkRow.version_id == stored.version_id,
        ChunkRow.ordinal.between(ordinal - reach, ordinal + reach),
    ).order_by(ChunkRow.ordinal)
    rows = connection.execute(near).mappings()
    found = tuple(replace(stored, chunk=chunk(row)) for row in rows)
    # A library restored a moment ago may not have the version any more.
    return found or (stored,)


def around(
    connection: Connection,
    version: tuple[DocumentId, VersionId],
    place: tuple[int, int],
    before: int,
    after: int,
) -> tuple[Chunk, ...]:
    """The chunks in a span of a version's text, with some before and after it, in order."""
    of_it = (ChunkRow.document_id == version[0], ChunkRow.version_id == version[1])
    start, end = place
    first, last = (
        connection.scalar(select(end_of(ChunkRow.ordinal)).where(*of_it, within))
        for end_of, within in ((func.min, ChunkRow.end > start), (func.max, ChunkRow.start < end))
    )
    # Between two chunks, or outside all, the one before it is the last and the other the first.
    first = (-1 if last is None else last) + 1 if first is None else first
    last = first - 1 if last is None else last
    near = SPANS.where(*of_it, ChunkRow.ordinal.between(first - before, last + after))
    return tuple(map(chunk, connection.execute(near.order_by(ChunkRow.ordinal)).mappings()))


def known(connection: Connection, chunk_ids: Sequence[ChunkId]) -> set[ChunkId]:
    """Those of the chunks that have been staged."""
    found: set[ChunkId] = set()
    for batch in batches(chunk_ids):
        rows = connection.scalars(select(ChunkRow.chunk_id).where(ChunkRow.chunk_id.in_(batch)))
        found.update(map(ChunkId, rows))
    return found


def leftovers(connection: Connection) -> tuple[ChunkId, ...]:
    """The chunks of versions that never stood."""
    never_valid = select(ChunkRow.chunk_id).join(
        VersionRow,
        and_(
            VersionRow.document_id == ChunkRow.document_id,
            VersionRow.version_id == ChunkRow.version_id,
            NEVER_VALID,
        ),
    )
    return tuple(map(ChunkId, connection.scalars(never_valid)))


def fact(connection: Connection, key: str) -> str | None:
    """Something remembered of the library as a whole, by its name."""
    value: str | None = connection.scalar(select(FactRow.value).where(FactRow.key == key))
    return value


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.document_ids:
        yield VersionRow.document_id.in_(filters.document_ids)
    if filters.published_from:
        yield VersionRow.published_on >= filters.published_from
    if filters.published_to:
        yield VersionRow.published_on <= filters.published_to
