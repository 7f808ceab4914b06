"""What the nodes of a cluster do with one source: fetch it, read it apart, split and embed it."""

import hashlib
import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import AssistantError, IngestError, SourceTooLargeError
from assistant.library.ids import text_key
from assistant.library.reindexing import embedded
from assistant.library.spool import too_large
from assistant.ports import TextEncoder
from assistant.types import Chunk, DocumentId, LoadedDocument, Look, VersionId
from ingest.apart.pool import ParserPool
from ingest.chunking import split
from ingest.limits import Limits
from ingest.loaders.version import LOADER_VERSION
from ingest.parsed import Parsed
from ingest.reading import opened
from ingest.sources import Source

Row = dict[str, int | bytes]
"""`number` names the source, `result` is a pickled `Result`."""


@dataclass(frozen=True, slots=True)
class Handed:
    """The bytes of a source, as they are read once, with the times from before; or why not."""

    look: Look
    data: bytes
    name: str = ""
    depth: int = 0
    error: IngestError | None = None
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Inside:
    """A document inside a source, with its bytes."""

    name: str
    file_name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one source; chunks still have to be named by their document.

    `vectors` and the signs of tokens are by the key of their text.
    """

    handed: Handed
    error: Exception | None = None
    document: LoadedDocument | None = None
    inside: tuple[Inside, ...] = ()
    warnings: tuple[str, ...] = ()
    chunks: tuple[Chunk, ...] = ()
    vectors: Mapping[bytes, NDArray[np.float32]] | None = None
    signs: Mapping[bytes, bytes] | None = None


class Fetches(Protocol):
    """Brings the bytes of a source to the node that reads it."""

    def __call__(self, number: int) -> Handed:
        """The source of this number."""


class Desk:
    """Hands out sources where they lie: on the machine that the ingest was begun on."""

    def __init__(self, sources: Sequence[Source], known: Mapping[int, str], max_bytes: int) -> None:
        self._sources = sources
        self._known = known
        self._max_bytes = max_bytes

    def hand(self, number: int) -> Handed:
        """The bytes of a source; none where its content is known already."""
        source = self._sources[number]
        nothing = Look("", source.size, source.mtime_ns, source.ctime_ns, LOADER_VERSION)
        try:
            with opened(source) as (file, look):
                data = file.read(self._max_bytes + 1)
        except IngestError as error:
            return Handed(nothing, b"", source.name, source.depth, error)
        if len(data) > self._max_bytes:
            refused = SourceTooLargeError(too_large(source.size, self._max_bytes))
            return Handed(nothing, b"", source.name, source.depth, refused)
        sha256 = hashlib.sha256(data).hexdigest()
        look = replace(look, sha256=sha256, size=len(data))
        same = self._known.get(number) == sha256
        return Handed(look, data, source.name, source.depth, is_known=same)


class Reading:
    """Reads sources one after the other, by a process apart with limits and no network."""

    def __init__(self, fetch: Fetches, limits: Limits) -> None:
        self._fetch = fetch
        self._parsers = ParserPool(limits, 1)

    def __call__(self, row: Row) -> Row:
        """What the source of this number says, not split yet."""
        handed = self._fetch(int(row["number"]))
        return {"number": row["number"], "result": pickle.dumps(self._read(handed))}

    def _read(self, handed: Handed) -> Result:
        if handed.error is not None or handed.is_known:
            return Result(handed, handed.error)
        try:
            with TemporaryDirectory(prefix="attache-ray-") as room:
                return self._parsed(handed, Path(room))
        except AssistantError as error:
            return Result(handed, error)
        except Exception as error:  # noqa: BLE001 - one source's fault must not end the run
            return Result(handed, error)

    def _parsed(self, handed: Handed, room: Path) -> Result:
        path, folder = room / "source", room / "members"
        path.write_bytes(handed.data)
        folder.mkdir()
        parsed: Parsed = self._parsers.parse(path, handed.name, folder, handed.depth).result()
        return Result(
            handed,
            document=parsed.document,
            inside=tuple(
                Inside(one.name, one.file_name, one.path.read_bytes()) for one in parsed.members
            ),
            warnings=parsed.warnings,
        )


class Embedding:
    """Splits what was read and embeds each text, with an embedder that it opens once."""

    def __init__(self, open_encoder: Callable[[], TextEncoder]) -> None:
        self._encoder = open_encoder()

    def __call__(self, batch: dict[str, NDArray[np.object_]]) -> dict[str, object]:
        """The results with their chunks and vectors."""
        results = [pickle.loads(each) for each in batch["result"]]  # noqa: S301 - our own nodes'
        done = [pickle.dumps(self._embedded(result)) for result in results]
        return {"number": batch["number"], "result": done}

    def _embedded(self, result: Result) -> Result:
        if result.document is None:
            return result
        try:
            return self._split(result, result.document)
        except Exception as error:  # noqa: BLE001 - it is for the process that publishes
            return replace(result, document=None, inside=(), error=error)

    def _split(self, result: Result, document: LoadedDocument) -> Result:
        # Documents and versions are named by who publishes them.
        chunks = split(document, DocumentId(""), VersionId(""), self._encoder)
        texts = {text_key(chunk.embedding_text): chunk.embedding_text for chunk in chunks}
        # Texts of like length go together, because the encoder pads a batch to its longest.
        keys = sorted(texts, key=lambda key: len(texts[key]))
        vectors, signs = embedded(self._encoder, [texts[key] for key in keys]) if keys else ([], [])
        return replace(
            result,
            chunks=chunks,
            vectors={
                key: np.asarray(vector, dtype=np.float32)
                for key, vector in zip(keys, vectors, strict=True)
            },
            signs=dict(zip(keys, signs, strict=False)),
        )
