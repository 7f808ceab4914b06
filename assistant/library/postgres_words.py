"""Postings by chunk in PostgreSQL's full-text search."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from sqlalchemy import Connection, TextClause
from sqlalchemy import text as sql

from assistant.library.database import Database
from assistant.library.lexical import MOST_TERMS, NOTHING_CARRIED, Words, comparable
from assistant.library.postgres_ranking import (
    COUNT,
    DELETE,
    FRENCH,
    INSERT,
    SEARCH,
    SOME,
    score,
    tables,
)
from assistant.library.reading import batches
from assistant.types import ChunkId, StoredChunk

_NAME = re.compile(r"word_index_[0-9a-f]{1,32}")
_APART = re.compile(r"[\W_]+")
# `ts_rank` of a word in one place is 1 / 1.645, and goes to 1 with many: as much as in BM25.
_SCALE = 1.64493406685
_LONGEST_PHRASE = 16
_ENOUGH = 5000
"""So many texts with the terms that weigh most are ranked; what has others only is left out."""
_TIMES = 10
"""At most so many times that number are ranked: where one word alone has more, a fixed sample."""
_CHUNKS, _LENGTH = " chunks", " length"
"""Names, which no term can have, of the number of chunks and of the terms in all of them."""


class PostgresPlace:
    """The tables of word indexes in a ledger's database."""

    def __init__(self, database: Database) -> None:
        self.fact = "word-index"
        self._database = database

    def open(self, name: str) -> "PostgresWords":
        """The index of this name, made where it is not there yet."""
        return PostgresWords(self._database, name)

    def new_name(self, token: str) -> str:
        """A name for a fresh index."""
        return f"word_index_{token}"

    def names(self) -> list[str]:
        """The indexes that are there."""
        found = sql(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            " AND tablename ~ '^word_index_[0-9a-f]+$'"
        )
        with self._database.read() as connection:
            return list(connection.scalars(found))

    def remove(self, name: str) -> None:
        """Removes an index."""
        assert _NAME.fullmatch(name)
        with self._database.write() as connection:
            connection.execute(sql(f"DROP TABLE IF EXISTS {name}, {name}_terms"))

    def close(self) -> None:
        """Holds nothing open: the connections are the ledger's."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What ranking must know of all chunks: how many, of how many terms, and of whom how many."""

    chunks: int
    length: float
    texts: Mapping[str, int]

    def rarity(self, term: str) -> float:
        """`ln(1 + (n - df + 0.5) / (df + 0.5))`, as BM25 weighs a term; above 0."""
        within = min(self.texts.get(term, 0), self.chunks)
        return log(1 + (self.chunks - within + 0.5) / (within + 0.5))


class PostgresWords(Words):
    """A table of word vectors with weights, and a GIN index on it.

    French texts are read by the French configuration, all others by the English one. The score is
    made of the ranking's own, term by term, each weighed by how rare it is and by the length of
    the text: it comes near BM25, which the later stages were fitted with. A large library is not
    read whole for a question's commonest words: `enough` texts are ranked, or up to ten times that.
    """

    def __init__(self, database: Database, name: str, enough: int = _ENOUGH) -> None:
        super().__init__()
        assert _NAME.fullmatch(name)
        self.name = name
        self._enough = enough
        self._database = database
        with database.write() as connection:
            for statement in tables(name):
                connection.execute(sql(statement))

    def add(self, chunks: Sequence[StoredChunk]) -> None:
        """Writes or overwrites these chunks in one transaction."""
        if not chunks:
            return
        rows = [
            {
                "id": stored.chunk.chunk_id,
                "configuration": _configuration(stored.metadata.language),
                "title": _words(stored.metadata.title),
                "headings": _words("\n".join(stored.chunk.headings)),
                "text": _words(stored.chunk.text),
                "length": len(self.terms(stored.chunk.text)),
            }
            for stored in chunks
        ]
        with self._database.write() as connection:
            self._forget(connection, [stored.chunk.chunk_id for stored in chunks])
            connection.execute(self._on(INSERT), rows)
            self._count(connection, [stored.chunk.chunk_id for stored in chunks], 1)

    def search(
        self, question: str, limit: int, carried: Mapping[str, float] = NOTHING_CARRIED
    ) -> list[tuple[ChunkId, float]]:
        """Chunks with a score near BM25's (0 or more, higher is better), best first.

        Any text is a question: operators, brackets and quotes are read as what they stand beside.
        `carried` are further terms by their weight beside one of the question, which is 1.
        """
        if limit < 1:
            return []
        terms = list(dict.fromkeys(self.question_terms(question)))
        with self._database.read() as connection:
            terms += [
                one for one in _french(connection, self.telling_words(question)) if one not in terms
            ]
            known = self._known(connection, [*terms, *carried])
            weights = dict(_weighed(terms, carried, known))
            phrases = dict(_phrases(self.compounds(question), known))
            asked = [*((_quoted(term), one) for term, one in weights.items()), *phrases.items()]
            if not asked:
                return []
            sought = [*map(_quoted, _telling(weights, known.texts, self._enough)), *phrases]
            most = _TIMES * self._enough
            some = SOME if known.chunks > most else ""
            found = connection.execute(
                self._on(SEARCH, score(len(weights), len(phrases)), some),
                {
                    **({"most": most} if some else {}),
                    "any": " | ".join(sought),
                    "mean": known.length / max(known.chunks, 1) or 1.0,
                    "limit": limit,
                    **{f"query{n}": query for n, (query, _) in enumerate(asked)},
                    **{f"weight{n}": weight for n, (_, weight) in enumerate(asked)},
                },
            )
            return [(ChunkId(name), float(score)) for name, score in found]

    def rarity(self, terms: Sequence[str]) -> list[float]:
        """How rare each term is, as BM25 weighs it; above 0, higher is rarer."""
        if not terms:
            return []
        with self._database.read() as connection:
            known = self._known(connection, terms)
        return [known.rarity(term) for term in terms]

    def remove(self, chunk_ids: Sequence[ChunkId]) -> None:
        """Forgets these chunks; unknown ones are no error."""
        if chunk_ids:
            with self._database.write() as connection:
                self._forget(connection, chunk_ids)

    def count(self) -> int:
        """How many chunks the index holds, valid or not."""
        with self._database.read() as connection:
            return connection.scalar(self._on("SELECT count(*) FROM {0}")) or 0

    def ids(self) -> list[ChunkId]:
        """Every chunk the index holds."""
        with self._database.read() as connection:
            return [*map(ChunkId, connection.scalars(self._on("SELECT chunk_id FROM {0}")))]

    def _on(self, statement: str, *parts: str) -> TextClause:
        """The statement on the tables of this index, whose name was looked at."""
        return sql(statement.format(self.name, *parts))

    def _forget(self, connection: Connection, chunk_ids: Sequence[ChunkId]) -> None:
        self._count(connection, chunk_ids, -1)
        for batch in batches(chunk_ids):
            connection.execute(self._on(DELETE), {"ids": batch})

    def _count(self, connection: Connection, chunk_ids: Sequence[ChunkId], sign: int) -> None:
        """Adds what these chunks hold to what is known of all, or takes it away."""
        for batch in batches(chunk_ids):
            connection.execute(self._on(COUNT), {"ids": batch, "sign": sign})

    def _known(self, connection: Connection, terms: Sequence[str]) -> _Known:
        asked = self._on("SELECT term, texts FROM {0}_terms WHERE term = ANY(:terms)")
        rows = connection.execute(asked, {"terms": [*terms, _CHUNKS, _LENGTH]})
        texts = {row.term: row.texts for row in rows}
        return _Known(texts.pop(_CHUNKS, 0), texts.pop(_LENGTH, 0), texts)


def _french(connection: Connection, words: Sequence[str]) -> list[str]:
    """The terms of a question's words as French texts have them."""
    found: list[str] | None = connection.scalar(FRENCH, {"question": _words(" ".join(words))})
    return found or []


def _weighed(
    terms: Sequence[str], carried: Mapping[str, float], known: _Known
) -> Iterator[tuple[str, float]]:
    """Each term with its weight; of too many, those that the fewest texts have."""
    if len(terms) > MOST_TERMS:
        present = [term for term in terms if known.texts.get(term)]
        terms = sorted(present, key=lambda term: known.texts[term])[:MOST_TERMS]
    for term, weight in {**carried, **dict.fromkeys(terms, 1.0)}.items():
        yield term, weight * known.rarity(term) * _SCALE


def _telling(weights: Mapping[str, float], texts: Mapping[str, int], enough: int) -> Iterator[str]:
    """The terms that weigh most, the first of all always, until so many texts have them."""
    counted = 0
    for term in sorted(weights, key=lambda one: -weights[one]):
        yield term
        counted += texts.get(term, 0)
        if counted >= enough:
            return


def _phrases(compounds: Sequence[Sequence[str]], known: _Known) -> Iterator[tuple[str, float]]:
    for parts in (compound[:_LONGEST_PHRASE] for compound in compounds):
        together = sum(map(known.rarity, parts))
        yield " <-> ".join(map(_quoted, parts)), together * _SCALE


def _quoted(term: str) -> str:
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _words(text: str) -> str:
    """The text as words with spaces between, which the server cannot take for an address or so."""
    return _APART.sub(" ", comparable(text))


def _configuration(language: str | None) -> str:
    return "attache_french" if (language or "").lower().startswith("fr") else "attache_english"
