"""Libraries of any size for `benchmarks.scale`, drawn around a real one.

Every chunk has a real chunk for a parent: its vector is the parent's with noise of the real
vectors' own covariance, its text half the parent's and half another's, and the signs of its tokens
are the parent's. A document's parents stand
beside each other, as the passages of a document do. All goes through the product's own publishing.
"""

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from assistant.backends import Backends
from assistant.library.ids import chunk_id, document_id, text_key, version_id
from assistant.library.library import open_library
from assistant.library.publish import publish_versions
from assistant.types import (
    Chunk,
    ChunkId,
    LoadedDocument,
    Look,
    Metadata,
    NewVersion,
)

CHUNKS = 40
"""Chunks of a document."""
FEWEST = 400
"""Documents of the smallest library: a smaller one is the beginning of a larger."""
PORTION = 125
"""Documents published at once."""
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
FIRST_DAY = date(2000, 1, 1)
DAYS = 10_000
NEAREST, FARTHEST = 0.9, 0.6
"""Cosines of a vector to its parent's."""
WIDE, NARROW, NEEDLE, OTHER = "wide", "narrow", "needle", "other"
"""Values that half of the documents have, one in a hundred, one in ten thousand, the others."""


@dataclass(frozen=True, slots=True)
class Real:
    """The chunks of a real library, in order: vectors `(n, dimension)` of unit length."""

    texts: Sequence[str]
    headings: Sequence[str]
    signs: Sequence[bytes | None]
    vectors: NDArray[np.float32]
    spread: NDArray[np.float32]

    def drawn(self, parents: NDArray[np.int64], seed: int) -> NDArray[np.float32]:
        """Vectors around those of the parents."""
        random = np.random.default_rng(seed)
        noise = random.standard_normal((len(parents), self.spread.shape[0])) @ self.spread
        near = self.vectors[parents]
        noise -= (noise * near).sum(1, keepdims=True) * near
        noise /= np.linalg.norm(noise, axis=1, keepdims=True)
        cosine = random.uniform(FARTHEST, NEAREST, (len(parents), 1))
        drawn = cosine * near + np.sqrt(1 - cosine**2) * noise
        drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
        return np.asarray(drawn, dtype=np.float32)


def read_real(home: Path, embedder: str) -> Real:
    """The chunks of the library in a data directory, with their kept vectors."""
    asked = (
        "SELECT text, headings, vector, signs FROM chunks JOIN embeddings USING (text_key) "
        "LEFT JOIN token_signs USING (embedder, text_key) "
        "WHERE embedder = ? AND length(text) > 80 ORDER BY document_id, ordinal"
    )
    with closing(sqlite3.connect(f"file:{home / 'ledger.db'}?mode=ro", uri=True)) as ledger:
        rows = ledger.execute(asked, (embedder,)).fetchall()
    vectors = np.array([np.frombuffer(row[2], dtype="<f4") for row in rows])
    centred = vectors - vectors.mean(0)
    spread = np.linalg.cholesky(np.cov(centred.T) + 1e-6 * np.eye(vectors.shape[1])).T
    texts, headings, _, signs = zip(*rows, strict=True)
    return Real(texts, headings, signs, vectors, spread.astype(np.float32))


@dataclass(frozen=True, slots=True)
class Drawn:
    """An edition of a document, with the vectors of its chunks and the signs of their tokens."""

    version: NewVersion
    vectors: Mapping[ChunkId, NDArray[np.float32]]
    signs: Mapping[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a library of a size is made; the same size gives the same library."""

    real: Real
    documents: int

    def share(self, number: int, kind: str) -> str:
        """What the document has of a kind of metadata, each kind by itself."""
        place = Random(f"{kind} {number}").random()
        if number % 10_000 == hash_of(kind) % FEWEST:
            return NEEDLE
        return WIDE if place < 0.5 else NARROW if place < 0.51 else OTHER

    def metadata(self, number: int) -> Metadata:
        """Of the document with this number."""
        return Metadata(
            title=f"Report {number}",
            issuer=self.share(number, "issuer"),
            published_on=FIRST_DAY + timedelta(days=Random(f"day {number}").randrange(DAYS)),
            marking=self.share(number, "marking"),
            language=self.share(number, "language"),
        )

    def version(self, number: int, edition: int) -> Drawn:
        """An edition of a document."""
        uri = f"scale:{number}"
        random = Random(f"{number} {edition}")
        count = random.randint(CHUNKS // 2, CHUNKS * 3 // 2)
        first = Random(uri).randrange(len(self.real.texts))
        parents = (first + np.arange(count)) % len(self.real.texts)
        texts = [self._text(int(p), f"{number}.{edition}.{i}") for i, p in enumerate(parents)]
        document = LoadedDocument("\n\n".join(texts), self.metadata(number), "text/plain")
        name, version = document_id(uri), version_id(document)
        chunks: list[Chunk] = []
        start = 0
        for i, text in enumerate(texts):
            end = start + len(text)
            identity = chunk_id(name, version, start, end)
            headings = (f"Part {i // 8}",)
            chunks.append(Chunk(identity, i, start, end, text, headings))
            start = end + 2
        look = Look(version, len(document.text), number, edition, "scale")
        vectors = self.real.drawn(parents, hash_of(f"{number} {edition}"))
        kept = {chunk.chunk_id: vector for chunk, vector in zip(chunks, vectors, strict=True)}
        told = zip(chunks, (self.real.signs[int(parent)] for parent in parents), strict=True)
        signs = {text_key(one.embedding_text): each for one, each in told if each is not None}
        return Drawn(NewVersion(name, version, uri, look, document, tuple(chunks)), kept, signs)

    def _text(self, parent: int, name: str) -> str:
        words = self.real.texts[parent].split()
        others = self.real.texts[Random(name).randrange(len(self.real.texts))].split()
        return " ".join([*words[: len(words) // 2], *others[len(others) // 2 :], f"({name})"])


def hash_of(text: str) -> int:
    """A number that is the same in every process."""
    return Random(text).getrandbits(31)


def portions(plan: Plan) -> Iterator[list[tuple[int, int]]]:
    """Documents and editions as they are published: in each portion a tenth was there before."""
    before: list[int] = []
    for start in range(0, plan.documents, PORTION):
        new = list(range(start, min(start + PORTION, plan.documents)))
        again = [(number, 1) for number in before[::10]]
        yield [(number, 0) for number in new] + again
        before = new


def moment(portion: int) -> datetime:
    """When a portion is published."""
    return BEGIN + timedelta(minutes=portion)


def fill(home: Path, embedder: str, plan: Plan, chunks: int) -> Iterator[tuple[int, float]]:
    """Publishes until there are so many chunks; gives chunks and seconds after each portion.

    What an earlier call published stays, so that a filling goes on where it was cut short.
    """
    with open_library(home, embedder) as library:
        had = library.ledger.fact("scale:portions")
        done = int(had or 0)
        total = library.ledger.chunk_count()
        for number, portion in enumerate(portions(plan)):
            if number < done or total >= chunks:
                continue
            made = [plan.version(document, edition) for document, edition in portion]
            vectors: dict[ChunkId, NDArray[np.float32]] = {}
            signs: dict[bytes, bytes] = {}
            for drawn in made:
                vectors.update(drawn.vectors)
                signs.update(drawn.signs)
            began = time.perf_counter()
            library.ledger.token_signs.keep(embedder, signs)
            publish_versions(library, [drawn.version for drawn in made], vectors, moment(number))
            library.ledger.set_fact("scale:portions", str(number + 1))
            total += len(vectors)
            yield total, time.perf_counter() - began


def publish(backends: Backends, drawn: Drawn) -> None:
    """Publishes an edition now, into a library that answers questions meanwhile."""
    match backends:
        case Backends(library=library):
            library.ledger.token_signs.keep(library.embedder, drawn.signs)
            publish_versions(library, [drawn.version], drawn.vectors)
