"""Whether a library is whole: its ledger in itself, and its four stores beside each other."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator, Set
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from tantivy import Query

from assistant.library.ledger import LEDGER_FILE
from assistant.library.lexical import TantivyIndex
from assistant.library.library import INCOMING, ORIGINALS, open_library
from assistant.library.stores import Library
from assistant.library.vectors import ChromaIndex
from assistant.types import Filters
from tests.editions import MARK, Marks, Told

_Vectors: TypeAlias = dict[str, NDArray[np.float32]]
_FLOAT = np.dtype("<f4")
# Each of these finds nothing in a library that is whole.
_QUESTIONS = {
    "a version that never stood": (
        "SELECT document_id FROM versions v WHERE NOT EXISTS (SELECT 1 FROM validities p "
        "WHERE p.document_id = v.document_id AND p.version_id = v.version_id)"
    ),
    "a document without versions": (
        "SELECT document_id FROM documents WHERE document_id NOT IN "
        "(SELECT document_id FROM versions)"
    ),
    "a version without its text": (
        "SELECT v.document_id FROM versions v LEFT JOIN texts t USING (document_id, version_id) "
        "WHERE t.text IS NULL"
    ),
    "a text without its version": (
        "SELECT t.document_id FROM texts t LEFT JOIN versions v USING (document_id, version_id) "
        "WHERE v.version_id IS NULL"
    ),
    "a version with more or fewer passages than it says": (
        "SELECT v.document_id FROM versions v WHERE v.chunks != (SELECT count(*) FROM chunks c "
        "WHERE c.document_id = v.document_id AND c.version_id = v.version_id)"
    ),
    "a span that is not the passage's text": (
        "SELECT c.chunk_id FROM chunks c JOIN texts t USING (document_id, version_id) "
        'WHERE substr(t.text, c.start + 1, c."end" - c.start) != c.text'
    ),
    "a passage without a version": (
        "SELECT c.chunk_id FROM chunks c LEFT JOIN versions v USING (document_id, version_id) "
        "WHERE v.version_id IS NULL"
    ),
    "a passage whose vector is not kept": (
        "SELECT chunk_id FROM chunks WHERE text_key NOT IN (SELECT text_key FROM embeddings)"
    ),
    "a document with two standing periods": (
        "SELECT document_id FROM validities WHERE valid_to IS NULL "
        "GROUP BY document_id HAVING count(*) > 1"
    ),
    "a place at which two documents stand": (
        "SELECT source_uri FROM validities WHERE valid_to IS NULL "
        "GROUP BY source_uri HAVING count(*) > 1"
    ),
    "periods that overlap": (
        "SELECT a.document_id FROM validities a JOIN validities b ON a.document_id = b.document_id "
        "AND a.valid_from < b.valid_from AND (a.valid_to IS NULL OR a.valid_to > b.valid_from)"
    ),
    "a document that names another version than stands": (
        "SELECT d.document_id FROM documents d LEFT JOIN validities p "
        "ON p.document_id = d.document_id AND p.valid_to IS NULL "
        "WHERE d.current_version_id IS NOT p.version_id "
        "OR (p.source_uri IS NOT NULL AND p.source_uri != d.source_uri)"
    ),
    "a copy of no document": (
        "SELECT source_uri FROM places WHERE document_id IS NOT NULL "
        "AND document_id NOT IN (SELECT document_id FROM documents)"
    ),
    "an item of no run": (
        "SELECT item_id FROM run_items WHERE run_id NOT IN (SELECT run_id FROM runs)"
    ),
}


@dataclass(frozen=True, slots=True)
class Stood:
    """What stood at a time."""

    at: datetime
    said: frozenset[Told]
    passages: frozenset[str]


def phase(home: Path) -> str:
    """What a killed run was at, read from the ledger before anybody puts it in order."""
    if not (home / LEDGER_FILE).exists():
        return "before the ledger"
    with closing(sqlite3.connect(home / LEDGER_FILE)) as ledger:
        if not ledger.execute("SELECT 1 FROM sqlite_master WHERE name = 'runs'").fetchone():
            return "before the tables"
        run = ledger.execute(
            "SELECT run_id, state FROM runs ORDER BY started_at DESC, rowid DESC LIMIT 1"
        ).fetchone()
        if run is None or run[1] != "running":
            return "before or after the run"
        staged = ledger.execute(_QUESTIONS["a version that never stood"]).fetchone()
        items = ledger.execute("SELECT 1 FROM run_items WHERE run_id = ?", run[:1]).fetchone()
        began = ledger.execute("SELECT started_at FROM runs WHERE run_id = ?", run[:1]).fetchone()
        stood = "SELECT 1 FROM validities WHERE valid_from >= ? OR valid_to >= ?"
        published = ledger.execute(stood, (*began, *began)).fetchone()
    if staged:
        return "staged, not published"
    return "partly published" if items or published else "copied and read"


def standing(library: Library) -> Stood:
    """What stands now."""
    return _stood(library, datetime.now(UTC))


def faults(home: Path, embedder: str, before: Stood, new: Set[Told]) -> list[str]:
    """What is wrong with a library whose run to the new edition was cut short.

    Opens the library as every command does, which puts it in order.
    """
    with open_library(home, embedder) as library:
        now = standing(library).said
        found = [
            *_neither_old_nor_new(now, before.said, new),
            *_stores(home, library),
            *ledger_faults(home),
        ]
        if before.said and _stood(library, before.at) != before:
            found.append("the library as it stood before the run is another")
    return found


def unlike(home: Path, embedder: str, new: Set[Told]) -> list[str]:
    """In what a library differs from the new edition, once a run to it is done."""
    with open_library(home, embedder) as library:
        now = standing(library).said
        found = [*_stores(home, library), *ledger_faults(home)]
        found.extend(f"{uri} is not new: {marks[:2]}…" for uri, marks in now - new)
        times = Counter(marks for _, marks in now)
        expected = {marks for _, marks in new}
        found.extend(f"stands {times[one]} times: {one[:2]}" for one in expected if times[one] != 1)
        unended = library.ledger.runs.unended()
        found.extend(f"the run {run.run_id} is {run.state}" for run in unended)
    return found


def ledger_faults(home: Path) -> Iterator[str]:
    """What contradicts itself in the ledger."""
    with closing(sqlite3.connect(home / LEDGER_FILE)) as ledger:
        for fault, question in _QUESTIONS.items():
            rows = ledger.execute(question).fetchall()
            if rows:
                yield f"{fault}: {len(rows)}, as {rows[0][0]}"
        if ledger.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            yield "the ledger's file is damaged"
        if ledger.execute("PRAGMA foreign_key_check").fetchall():
            yield "a foreign key leads nowhere"


def _neither_old_nor_new(now: Set[Told], before: Set[Told], new: Set[Told]) -> Iterator[str]:
    allowed = before | new
    for uri, marks in now - allowed:
        yield f"{uri} is neither old nor new: {len(marks)} marks, {marks[:2]}…"
    times = Counter(marks for _, marks in now)
    places = Counter(marks for _, marks in allowed)
    for marks in (marks for marks, count in times.items() if count > places[marks]):
        yield f"stands twice: {marks[:1]}"
    going_on = {uri for uri, _ in before} & {uri for uri, _ in new}
    staying = {marks for uri, marks in before if uri not in going_on or (uri, marks) in new}
    for marks in staying & {marks for _, marks in new} - set(times):
        yield f"is lost: {marks[:1]}"
    for uri in going_on:
        if not {marks for where, marks in allowed if where == uri} & set(times):
            yield f"nothing stands any more for {uri}"


def _stores(home: Path, library: Library) -> Iterator[str]:
    with closing(sqlite3.connect(home / LEDGER_FILE)) as ledger:
        kept = ledger.execute(
            "SELECT chunk_id, vector FROM chunks JOIN embeddings USING (text_key)"
        ).fetchall()
        originals = {row[0] for row in ledger.execute("SELECT source_sha256 FROM versions")}
    expected = {chunk_id: np.frombuffer(vector, dtype=_FLOAT) for chunk_id, vector in kept}
    with library.indexes.vectors.use() as index:
        assert isinstance(index, ChromaIndex)
        found = index._collection.get(include=["embeddings"])
        yield from _unfindable(index, expected)
    assert found["embeddings"] is not None
    vectors = dict(zip(found["ids"], np.asarray(found["embeddings"]), strict=True))
    yield from _differ("vectors", set(expected), list(found["ids"]))
    for chunk_id in expected.keys() & vectors.keys():
        if not np.allclose(expected[chunk_id], vectors[chunk_id], atol=1e-5):
            yield f"the vector of {chunk_id} is another"
    with library.indexes.lexical.use() as lexical:
        assert isinstance(lexical, TantivyIndex)
        searcher = lexical._index.searcher()
        hits = searcher.search(Query.all_query(), max(1, searcher.num_docs)).hits
        postings = [searcher.doc(address)["chunk_id"][0] for _, address in hits]
    yield from _differ("postings", set(expected), postings)
    yield from _differ("originals", originals, list(library.files.names()))
    yield from _files(home, originals)


def _unfindable(index: ChromaIndex, expected: _Vectors) -> Iterator[str]:
    """Passages whose own vector does not find them, or one with the same text."""
    if not expected:
        return
    asked = np.stack(list(expected.values()))
    found = index._collection.query(query_embeddings=asked, n_results=1, include=["distances"])
    assert found["distances"] is not None
    far = [row for row in found["distances"] if not row or row[0] > 1e-3]
    # The index is an approximate one: it may miss a passage, but not many.
    if len(far) > len(expected) * 0.02:
        yield f"{len(far)} of {len(expected)} passages are not found by their own vectors"


def _differ(store: str, expected: set[str], found: list[str]) -> Iterator[str]:
    if len(found) != len(set(found)):
        yield f"{store}: {len(found) - len(set(found))} are there twice"
    if missing := expected - set(found):
        yield f"{store}: {len(missing)} are missing"
    if orphans := set(found) - expected:
        yield f"{store}: {len(orphans)} are orphans"


def _files(home: Path, originals: set[str]) -> Iterator[str]:
    for path in (home / ORIGINALS).rglob("*"):
        if not path.is_file():
            continue
        if path.name not in originals:
            yield f"a stray file among the originals: {path.name}"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != path.name:
            yield f"the original {path.name} is not whole"
    if (home / INCOMING).exists() and any((home / INCOMING).iterdir()):
        yield "something is left on its way in"


def _stood(library: Library, at: datetime) -> Stood:
    said: set[Told] = set()
    cursor = None
    while True:
        page = library.ledger.documents(200, cursor, at)
        for one in page.items:
            text = library.ledger.text(one.document_id, one.version_id)
            said.add((one.source_uri.partition("#")[0], _marks(text)))
        if (cursor := page.next_cursor) is None:
            break
    with library.indexes.vectors.use() as index:
        assert isinstance(index, ChromaIndex)
        passages = library.ledger.chunks(index.ids(), at, Filters())
    return Stood(at, frozenset(said), frozenset(passages))


def _marks(text: str) -> Marks:
    return tuple((int(a), int(b), int(c)) for a, b, c in MARK.findall(text))
