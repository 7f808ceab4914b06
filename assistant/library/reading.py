"""The ledger's questions: each function asks one on a connection it is given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from assistant.access.labels import Labels, admits
from assistant.errors import DocumentNotFoundError
from assistant.library.filtering import passes
from assistant.library.listing import Place, place_after
from assistant.library.rows import (
    CHUNKS,
    PERIODS,
    SOURCES,
    SPANS,
    chunk,
    source_state,
    stored_chunk,
    version,
)
from assistant.library.schema import (
    ChunkRow,
    DocumentRow,
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
    DocumentPage,
    Filters,
    Heading,
    Page,
    PlacedWord,
    Readable,
    SourceState,
    StoredChunk,
    Version,
    VersionId,
)

T = TypeVar("T", str, bytes)

BATCH = 500
"""How many values one statement may name: SQL databases limit them."""

NEVER_VALID = ~exists().where(
    ValidityRow.document_id == VersionRow.document_id,
    ValidityRow.version_id == VersionRow.version_id,
)


def _valid_at(as_of: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    return and_(
        ValidityRow.valid_from <= as_of,
        or_(ValidityRow.valid_to.is_(None), ValidityRow.valid_to > as_of),
    )


# Asked for every question, so built once: building one takes a fifth of the time it runs.
_VALID_CHUNKS = CHUNKS.where(
    ChunkRow.chunk_id.in_(bindparam("chunk_ids", expanding=True)),
    _valid_at(bindparam("as_of", type_=UtcDateTime)),
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


def documents(
    connection: Connection,
    limit: int,
    after: Place | None,
    as_of: datetime | None,
    readable: Readable | None = None,
) -> DocumentPage:
    """Up to `limit` versions standing at `as_of`, by title, from the place after `after` on."""
    stood = ValidityRow.valid_to.is_(None) if as_of is None else _valid_at(as_of)
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
            _valid_at(as_of),
        )
    documents, chunks = connection.execute(standing).one()
    return int(documents), int(chunks)


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


def no_version(
    connection: Connection, document_id: DocumentId, version_id: VersionId
) -> DocumentNotFoundError:
    """The error that says the library has no such version, or has it no longer."""
    at = connection.scalar(
        select(FactRow.value).where(FactRow.key == pruned_key(document_id, version_id))
    )
    if at is not None:
        return DocumentNotFoundError(
            f"Version {version_id!r} of document {document_id!r} was pruned on {at[:10]}: it is "
            "not kept any more. List the document's versions to see which are."
        )
    return DocumentNotFoundError(
        f"The library has no version {version_id!r} of document {document_id!r}. "
        "List the document's versions to see which there are."
    )


def pruned_key(document_id: DocumentId, version_id: VersionId) -> str:
    """The name of the fact that this version was pruned; its value is when."""
    return f"pruned:{document_id}:{version_id}"


def no_document(connection: Connection, document_id: DocumentId) -> DocumentNotFoundError:
    """The error that says the library has no such document, or has it no longer."""
    pruned = FactRow.key.startswith(f"pruned:{document_id}:", autoescape=True)
    at = connection.scalar(select(func.max(FactRow.value)).where(pruned))
    if at is not None:
        return DocumentNotFoundError(
            f"Document {document_id!r} was removed, and its last version was pruned on {at[:10]}. "
            "Ingest its source again to have it back."
        )
    return DocumentNotFoundError(
        f"The library has no document {document_id!r}. List the documents to see which there are."
    )


def fact(connection: Connection, key: str) -> str | None:
    """Something remembered of the library as a whole, by its name."""
    value: str | None = connection.scalar(select(FactRow.value).where(FactRow.key == key))
    return value


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


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.document_ids:
        yield VersionRow.document_id.in_(filters.document_ids)
    if filters.published_from:
        yield VersionRow.published_on >= filters.published_from
    if filters.published_to:
        yield VersionRow.published_on <= filters.published_to
