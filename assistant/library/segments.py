"""Parts of a table of all passages, in files most of which are mapped: vectors, signs, words.

A segment is written once. Its rows are passages of versions that ever stood; which of them stand
at a time is not its business.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from mmap import mmap
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.library.embeddings import FLOAT
from assistant.records import Records, RecordWriter, read_at_random, written
from assistant.types import ChunkId, DocumentId, StoredChunk, VersionId

FIELDS = ("text", "headings", "title")
VersionKey = tuple[DocumentId, VersionId]
T = TypeVar("T", bound=np.generic)
Terms = Callable[[str], Sequence[str]]

_VECTORS = "vectors.f4"
_VERSIONS = "versions.json"
_TOKENS, _CHUNKS = "tokens.u1", "chunks.txt"
_WORD = 64
_NAME = 32
# Lengths are kept in a byte, as Lucene and Tantivy keep them: exact up to 40, then in steps that
# double every eight.
_EXACT = 24
_LENGTHS = [*range(_EXACT)]
_LENGTHS += [_EXACT + (i if i < 16 else (8 | i & 7) << (i >> 3) - 1) for i in range(256 - _EXACT)]
LENGTHS = np.array(_LENGTHS, dtype=np.int64)
"""What the byte of a length stands for."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The mapped files. Arrays are by row but for the words, which are by term.

    `signs` has shape `(words, rows)`: the signs of a vector's numbers, 64 in a word. The postings
    of the term `terms[i]` are `rows[starts[i]:starts[i + 1]]`, in ascending order, with how often
    each has the term, and all their places one after the other from `spots[i]` on. `said` are the
    numbers of the terms as they are said, row by row, of a row in the order of `FIELDS`; row `i`
    begins at `begins[i]`, and `lengths[f, i]` of its terms are of field `f`. `records` are the
    chunks themselves, as `written` has them.
    """

    folder: Path
    versions: tuple[VersionKey, ...]
    names: NDArray[np.uint64]
    version: NDArray[np.int32]
    vectors: NDArray[np.float32]
    signs: NDArray[np.uint64]
    tokens: Records
    records: Records
    bare: NDArray[np.bool_]
    terms: NDArray[np.uint64]
    starts: NDArray[np.int64]
    spots: NDArray[np.int64]
    rows: NDArray[np.int32]
    times: NDArray[np.uint16]
    places: NDArray[np.uint16]
    said: NDArray[np.int32]
    begins: NDArray[np.int64]
    lengths: NDArray[np.int32]
    norms: NDArray[np.uint8]
    order: NDArray[np.int64]
    firsts: NDArray[np.uint64]

    def named(self, rows: NDArray[np.int64]) -> list[ChunkId]:
        """The chunks in these rows."""
        told = self.names[rows].astype(">u8").tobytes().hex()
        return [ChunkId(told[i : i + _NAME]) for i in range(0, len(told), _NAME)]

    def find(self, firsts: NDArray[np.uint64], seconds: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The rows of chunks, whose names are in two halves; -1 of those it has not."""
        if not len(self.order):
            return np.full(len(firsts), -1)
        at = np.minimum(np.searchsorted(self.firsts, firsts), len(self.firsts) - 1)
        rows = self.order[at]
        same = (self.names[rows, 0] == firsts) & (self.names[rows, 1] == seconds)
        return np.where(same, rows, -1)

    def numbers(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The numbers of terms by their keys; -1 of those that no row has."""
        if not len(self.terms):
            return np.full(len(keys), -1)
        at = np.minimum(np.searchsorted(self.terms, keys), len(self.terms) - 1)
        return np.where(self.terms[at] == keys, at, -1)


@dataclass(frozen=True, slots=True)
class Row:
    """A passage to be written: `vector` and the `tokens`' signs are None where none are kept."""

    stored: StoredChunk
    vector: NDArray[np.float32] | None
    tokens: bytes | None = None


def halves(names: Sequence[ChunkId]) -> NDArray[np.uint64]:
    """The names of chunks, each as two numbers."""
    both = bytes.fromhex("".join(names))
    return np.frombuffer(both, dtype=">u8").astype(np.uint64).reshape(-1, 2)


@lru_cache(maxsize=8192)
def term_key(field: str, term: str) -> int:
    """A number for a term in a field."""
    digest = blake2b(f"{field}\n{term}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def signs_of(vectors: NDArray[np.float32]) -> NDArray[np.uint64]:
    """The signs of vectors `(n, dimension)`, of shape `(words, n)`."""
    bits = np.packbits(vectors > 0, axis=1)
    words = -(-vectors.shape[1] // _WORD)
    padded = np.zeros((len(vectors), words * 8), dtype=np.uint8)
    padded[:, : bits.shape[1]] = bits
    return np.ascontiguousarray(padded.view(np.uint64).reshape(len(vectors), words).T)


def write(folder: Path, rows: Iterable[Row], terms: Terms) -> None:
    """Writes a segment into an empty folder. Raises `OSError`."""
    versions: dict[VersionKey, int] = {}
    names: list[ChunkId] = []
    of_version: list[int] = []
    vectors: list[NDArray[np.float32] | None] = []
    words = _Words(terms)

    # Signs and texts go to their files as they come: those of all rows would fill the memory.
    with RecordWriter(folder, _TOKENS) as tokens, RecordWriter(folder, _CHUNKS) as chunks:
        for row in rows:
            stored = row.stored
            key = (stored.document_id, stored.version_id)
            of_version.append(versions.setdefault(key, len(versions)))
            names.append(stored.chunk.chunk_id)
            vectors.append(row.vector)
            words.add(stored)
            tokens.add(row.tokens)
            chunks.add(written(stored))
    _save_vectors(folder, vectors)
    np.save(folder / "names.npy", halves(names))
    np.save(folder / "version.npy", np.array(of_version, dtype=np.int32))
    words.save(folder)
    (folder / _VERSIONS).write_text(json.dumps(list(versions)), encoding="utf-8")


def read(folder: Path) -> Segment:
    """The segment in a folder.

    Raises:
        OSError: a file is missing.
        ValueError: a file is not whole.
    """
    versions = json.loads((folder / _VERSIONS).read_text(encoding="utf-8"))
    names = np.load(folder / "names.npy")
    bare = np.load(folder / "bare.npy")
    # What holds nothing cannot be mapped.
    flat = (
        _scattered(np.memmap(folder / _VECTORS, dtype=FLOAT, mode="r"))
        if (folder / _VECTORS).stat().st_size
        else np.empty(0, dtype=FLOAT)
    )
    vectors = flat.reshape(len(names), -1 if len(names) else 0)
    lengths = np.load(folder / "lengths.npy")
    totals = lengths.sum(0, dtype=np.int64)
    order = np.argsort(names[:, 0], kind="stable")
    norms = np.searchsorted(LENGTHS, lengths, side="right") - 1
    return Segment(
        folder=folder,
        versions=tuple((DocumentId(d), VersionId(v)) for d, v in versions),
        names=names,
        version=np.load(folder / "version.npy"),
        vectors=vectors,
        signs=np.load(folder / "signs.npy"),
        tokens=Records(folder, _TOKENS),
        records=Records(folder, _CHUNKS),
        bare=bare,
        terms=np.load(folder / "terms.npy"),
        starts=np.load(folder / "starts.npy"),
        spots=np.load(folder / "spots.npy"),
        rows=_mapped(folder / "rows.npy", np.int32),
        times=_mapped(folder / "times.npy", np.uint16),
        places=_mapped(folder / "places.npy", np.uint16),
        said=_scattered(np.load(folder / "said.npy", mmap_mode="r")),
        begins=np.cumsum(totals) - totals,
        lengths=lengths,
        norms=norms.astype(np.uint8),
        order=order,
        firsts=names[order, 0],
    )


def _mapped(path: Path, kind: type[T]) -> NDArray[T]:
    # As a plain array: the class that says it is mapped costs more at every slice than reading.
    return np.asarray(np.load(path, mmap_mode="r"), dtype=kind)


def _scattered(found: NDArray[T]) -> NDArray[T]:
    """The same as a plain array, of which here and there a row is looked at."""
    if isinstance(found.base, mmap):
        read_at_random(found.base)
    return np.asarray(found)


def _save_vectors(folder: Path, vectors: Sequence[NDArray[np.float32] | None]) -> None:
    known = [vector for vector in vectors if vector is not None]
    nothing = np.zeros(len(known[0]) if known else 0, dtype=FLOAT)
    matrix = np.array([nothing if v is None else v for v in vectors], dtype=FLOAT)
    matrix = matrix.reshape(len(vectors), len(nothing))
    with (folder / _VECTORS).open("wb") as file:
        file.write(matrix.tobytes())
    np.save(folder / "signs.npy", signs_of(matrix))
    np.save(folder / "bare.npy", np.array([vector is None for vector in vectors], dtype=bool))


class _Words:
    """Collects where every term stands."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._numbers: dict[tuple[str, str], int] = {}
        self._said: list[NDArray[np.int32]] = []
        self._counts: list[list[int]] = []
        self._known: dict[tuple[str, str], NDArray[np.int32]] = {}

    def add(self, stored: StoredChunk) -> None:
        headings = "\n".join(stored.chunk.headings)
        said = [
            self._numbered("text", stored.chunk.text),
            self._remembered("headings", headings),
            self._remembered("title", stored.metadata.title),
        ]
        self._counts.append([len(each) for each in said])
        self._said.append(np.concatenate(said))

    def _remembered(self, field: str, text: str) -> NDArray[np.int32]:
        # One chunk after the other has the same title and headings.
        if (field, text) not in self._known:
            self._known = {k: v for k, v in self._known.items() if k[0] != field}
            self._known[field, text] = self._numbered(field, text)
        return self._known[field, text]

    def _numbered(self, field: str, text: str) -> NDArray[np.int32]:
        numbers = self._numbers
        found = [numbers.setdefault((field, t), len(numbers)) for t in self._terms(text)]
        return np.array(found, dtype=np.int32)

    def save(self, folder: Path) -> None:
        keys = np.array([term_key(*each) for each in self._numbers], dtype=np.uint64)
        lengths = np.array(self._counts, dtype=np.int32).reshape(-1, len(FIELDS))
        rank = np.empty(len(keys), dtype=np.int32)
        rank[np.argsort(keys)] = np.arange(len(keys), dtype=np.int32)
        said = np.concatenate([*self._said, np.empty(0, dtype=np.int32)])
        self._said = []
        said = rank[said]
        np.save(folder / "said.npy", said)
        totals = lengths.ravel()
        begins = np.cumsum(totals) - totals
        places = np.arange(len(said)) - np.repeat(begins, totals)
        rows = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths.sum(1))
        order = np.argsort(said, kind="stable")
        said, rows = said[order], rows[order]
        places = np.minimum(places[order], 65_535).astype(np.uint16)
        is_new = np.ones(len(said), dtype=bool)
        is_new[1:] = (said[1:] != said[:-1]) | (rows[1:] != rows[:-1])
        first = np.flatnonzero(is_new)
        ends = np.arange(len(keys) + 1)
        np.save(folder / "terms.npy", np.sort(keys))
        np.save(folder / "starts.npy", np.searchsorted(said[first], ends))
        np.save(folder / "spots.npy", np.searchsorted(said, ends))
        np.save(folder / "rows.npy", rows[first])
        times = np.diff(np.append(first, len(said)))
        np.save(folder / "times.npy", np.minimum(times, 65_535).astype(np.uint16))
        np.save(folder / "places.npy", places)
        np.save(folder / "lengths.npy", np.ascontiguousarray(lengths.T))
