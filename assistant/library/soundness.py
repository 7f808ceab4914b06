"""Whether the ledger agrees with itself: its file, its periods and its spans."""

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, or_, select
from sqlalchemy import text as sql

from assistant.library.database import Database
from assistant.library.ids import text_key
from assistant.library.schema import ChunkRow, DocumentRow, TextRow, ValidityRow, VersionRow

_NAMES_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Original:
    """A file that versions were read from, and where the last of them was.

    Its size is known as long as a document's source was last seen with this content.
    """

    sha256: str
    source_uris: tuple[str, ...]
    size: int | None = None


class Soundness:
    """Examinations of the ledger, for many threads at once; nothing is changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def damage(self) -> tuple[str, ...]:
        """What the database itself finds wrong with its file; nothing where it is whole."""
        with self._database.read() as connection:
            if connection.dialect.name != "sqlite":
                return ()
            found = list(connection.scalars(sql(f"PRAGMA integrity_check({_NAMES_AT_MOST})")))
            broken = connection.execute(sql("PRAGMA foreign_key_check")).all()
        tables = Counter(str(row[0]) for row in broken)
        lost = [f"{number} rows of {table} refer to none" for table, number in tables.items()]
        return (*(line for line in found if line != "ok"), *lost)

    def wrong_periods(self) -> tuple[str, ...]:
        """The documents whose periods overlap, end before they begin, or do not fit what stands."""
        with self._database.read() as connection:
            return tuple(sorted({*_overlapping(connection), *_standing_otherwise(connection)}))

    def wrong_spans(self) -> tuple[str, ...]:
        """The chunks that are not what their span of the text says, or named for another text."""
        with self._database.read() as connection:
            return tuple(_wrong_spans(connection))

    def wrong_counts(self) -> tuple[str, ...]:
        """The versions that have fewer or more chunks than they were published with, or no text."""
        held = (
            select(ChunkRow.document_id, ChunkRow.version_id, func.count().label("held"))
            .group_by(ChunkRow.document_id, ChunkRow.version_id)
            .subquery()
        )
        same = and_(
            held.c.document_id == VersionRow.document_id, held.c.version_id == VersionRow.version_id
        )
        text = and_(
            TextRow.document_id == VersionRow.document_id,
            TextRow.version_id == VersionRow.version_id,
        )
        wrong = (
            select(VersionRow.document_id)
            .outerjoin(held, same)
            .outerjoin(TextRow, text)
            .where(
                or_(
                    func.coalesce(held.c.held, 0) != VersionRow.chunks,
                    TextRow.document_id.is_(None),
                )
            )
        )
        with self._database.read() as connection:
            return tuple(connection.scalars(wrong))

    def originals(self) -> tuple[Original, ...]:
        """The file of every version, and where sources of that content are or were."""
        named = (
            select(VersionRow.source_sha256, ValidityRow.source_uri)
            .join(
                ValidityRow,
                and_(
                    ValidityRow.document_id == VersionRow.document_id,
                    ValidityRow.version_id == VersionRow.version_id,
                ),
            )
            .order_by(ValidityRow.valid_from.desc())
        )
        sized = select(DocumentRow.source_sha256, DocumentRow.source_size)
        found: dict[str, dict[str, None]] = {}
        with self._database.read() as connection:
            sizes = {row.source_sha256: row.source_size for row in connection.execute(sized)}
            for sha256, source_uri in connection.execute(named):
                found.setdefault(sha256, {})[source_uri] = None
        return tuple(
            Original(sha256, tuple(uris), sizes.get(sha256)) for sha256, uris in found.items()
        )


def _overlapping(connection: Connection) -> Iterator[str]:
    following = func.lead(ValidityRow.valid_from).over(
        partition_by=ValidityRow.document_id, order_by=ValidityRow.valid_from
    )
    periods = select(
        ValidityRow.document_id,
        ValidityRow.valid_from,
        ValidityRow.valid_to,
        following.label("following"),
    ).subquery()
    wrong = select(periods.c.document_id).where(
        or_(
            periods.c.valid_to < periods.c.valid_from,
            periods.c.valid_to > periods.c.following,
            and_(periods.c.valid_to.is_(None), periods.c.following.is_not(None)),
        )
    )
    yield from connection.scalars(wrong)


def _standing_otherwise(connection: Connection) -> Iterator[str]:
    periods = connection.execute(
        select(ValidityRow.document_id, ValidityRow.version_id).where(
            ValidityRow.valid_to.is_(None)
        )
    )
    standing = {row.document_id: row.version_id for row in periods}
    documents = connection.execute(select(DocumentRow.document_id, DocumentRow.current_version_id))
    for document_id, version_id in documents:
        if standing.get(document_id) != version_id:
            yield document_id


def _wrong_spans(connection: Connection) -> Iterator[str]:
    chunks = select(
        ChunkRow.document_id,
        ChunkRow.version_id,
        ChunkRow.chunk_id,
        ChunkRow.start,
        ChunkRow.end,
        ChunkRow.context,
        ChunkRow.text,
        ChunkRow.text_key,
    ).order_by(ChunkRow.document_id, ChunkRow.version_id)
    of, text = None, ""
    for row in connection.execution_options(yield_per=2000).execute(chunks):
        if of != (row.document_id, row.version_id):
            of = (row.document_id, row.version_id)
            text = _text(connection, *of)
        embedded = f"{row.context}\n{row.text}" if row.context else row.text
        if text[row.start : row.end] != row.text or text_key(embedded) != row.text_key:
            yield row.chunk_id


def _text(connection: Connection, document_id: str, version_id: str) -> str:
    found: str | None = connection.scalar(
        select(TextRow.text).where(
            TextRow.document_id == document_id, TextRow.version_id == version_id
        )
    )
    return found or ""


def sample(names: Set[str] | tuple[str, ...]) -> tuple[str, ...]:
    """A few of the names, to show what is meant."""
    return tuple(sorted(names)[:5])
