"""The signs of each text's tokens, as the ledger keeps them: the second stage looks at them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, exists, insert, select

from assistant.library.database import Database
from assistant.library.reading import NEVER_VALID, batches
from assistant.library.schema import ChunkRow, EmbeddingRow, TokenSignsRow, VersionRow
from assistant.types import ChunkId


class TokenSignsBook:
    """Signs by embedder and text. Texts without any are compared without them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, embedder: str, signs: Mapping[bytes, bytes]) -> None:
        """Keeps signs by the key of their text, in place of those kept before."""
        rows = [{"embedder": embedder, "text_key": k, "signs": v} for k, v in signs.items()]
        if not rows:
            return
        with self._database.write() as connection:
            for batch in batches(list(signs)):
                connection.execute(
                    delete(TokenSignsRow).where(
                        TokenSignsRow.embedder == embedder, TokenSignsRow.text_key.in_(batch)
                    )
                )
            connection.execute(insert(TokenSignsRow), rows)

    def get(self, embedder: str, chunk_ids: Sequence[ChunkId]) -> dict[ChunkId, bytes]:
        """The signs of those of the chunks whose texts have some."""
        # By a join, the database would look through all texts of the embedder.
        signs = select(TokenSignsRow.signs).where(
            TokenSignsRow.embedder == embedder, TokenSignsRow.text_key == ChunkRow.text_key
        )
        named = select(ChunkRow.chunk_id, signs.scalar_subquery())
        kept: dict[ChunkId, bytes] = {}
        with self._database.read() as connection:
            for batch in batches(chunk_ids):
                rows = connection.execute(named.where(ChunkRow.chunk_id.in_(batch)))
                kept.update((ChunkId(name), found) for name, found in rows if found is not None)
        return kept

    def of_texts(self, embedder: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The signs of those of the texts that have some, by the key of the text."""
        kept: dict[bytes, bytes] = {}
        named = select(TokenSignsRow.text_key, TokenSignsRow.signs)
        with self._database.read() as connection:
            for batch in batches(keys):
                rows = connection.execute(
                    named.where(
                        TokenSignsRow.embedder == embedder, TokenSignsRow.text_key.in_(batch)
                    )
                )
                kept.update((key, found) for key, found in rows)
        return kept

    def any(self, embedder: str) -> bool:
        """Whether the embedder tells tokens apart, as far as is known here."""
        with self._database.read() as connection:
            some = select(TokenSignsRow.text_key).where(TokenSignsRow.embedder == embedder)
            return connection.scalar(some.limit(1)) is not None

    def missing(self, embedder: str) -> list[bytes]:
        """The keys of published texts whose vectors are kept and whose signs are not."""
        signed = exists().where(
            TokenSignsRow.embedder == embedder, TokenSignsRow.text_key == ChunkRow.text_key
        )
        embedded = exists().where(
            EmbeddingRow.embedder == embedder, EmbeddingRow.text_key == ChunkRow.text_key
        )
        stood = exists().where(
            VersionRow.document_id == ChunkRow.document_id,
            VersionRow.version_id == ChunkRow.version_id,
            ~NEVER_VALID,
        )
        wanted = select(ChunkRow.text_key).where(stood, embedded, ~signed).distinct()
        with self._database.read() as connection:
            return list(connection.scalars(wanted))


def drop_unused(connection: Connection) -> None:
    """Forgets the signs of texts that no chunk has."""
    unused = ~exists().where(ChunkRow.text_key == TokenSignsRow.text_key)
    connection.execute(delete(TokenSignsRow).where(unused))
