"""Vectors by chunk in a folder: Chroma in this process, whose graph can leave the memory."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from threading import RLock

import chromadb
from chromadb.api import ClientAPI
from chromadb.api.client import Client
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings

from assistant.errors import LibraryDamagedError, LibraryError
from assistant.library.chroma import ChromaCollection, translated
from assistant.ports import Vector
from assistant.types import ChunkId

COLLECTION = "chunks"
_ROOM = 1 << 20
"""Bytes that must be free before a folder is closed to be opened anew."""


class ChromaIndex(ChromaCollection):
    """A Chroma collection in a folder that this process alone writes.

    Its graph stays in memory from the first reading on, two gigabytes for a million vectors.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._changing = RLock()
        self._users = 0
        self._loaded = True
        self._doubtful = False
        with translated(str(folder)):
            client = _connect(folder)
        assert isinstance(client, Client)  # the interface it is declared as cannot be closed
        try:
            super().__init__(client, folder.name, str(folder))
        except LibraryError:
            client.close()
            raise

    def add(self, chunk_ids: Sequence[ChunkId], vectors: Sequence[Vector]) -> None:
        """Writes or overwrites the vectors of these chunks; opens the folder anew after a failure.

        What Chroma began in the background on a full disk would keep the next writer waiting for
        ever. The folder stays open for searches until there is room to open it again.
        """
        if self._doubtful:
            self._reopen()
        try:
            super().add(chunk_ids, vectors)
        except LibraryDamagedError:
            self._doubtful = True
            raise

    def unload(self) -> None:
        """Gives back the memory of the graph, unless somebody uses it; who next does waits for it.

        A million vectors are read again in two to three seconds.
        """
        with self._changing:
            if not (self._users or self._doubtful):
                self._let_go()

    def close(self) -> None:
        """Lets go of the folder, so that it can be opened again in this process."""
        with self._changing:
            self._let_go()
            self._loaded = True  # whoever uses it now gets Chroma's error, not the folder again

    def _let_go(self) -> None:
        with self._changing:
            if self._loaded:
                self._client.close()
                self._loaded = False

    def _reopen(self) -> None:
        with translated(str(self.folder)), TemporaryFile(dir=self.folder) as file:
            file.write(bytes(_ROOM))
        self._let_go()
        self._doubtful = False

    @contextmanager
    def _translated(self) -> Iterator[None]:
        with self._changing:
            self._users += 1
        try:
            with super()._translated():
                self._load()
                yield
        finally:
            with self._changing:
                self._users -= 1

    def _load(self) -> None:
        with self._changing:
            if self._loaded:
                return
            client = _connect(self.folder)
            assert isinstance(client, Client)
            self._client, self._loaded = client, True
            try:
                self._collection = self._open()
                # Only reading brings the graph into memory. Who writes waits for it too, so that
                # a question about what is written does not.
                self._collection.count()
            except BaseException:
                self._let_go()
                raise

    def _stored_as(self) -> str:
        return COLLECTION


def _connect(folder: Path) -> ClientAPI:
    try:
        return chromadb.PersistentClient(
            path=str(folder), settings=Settings(anonymized_telemetry=False)
        )
    except BaseException:
        # Chroma remembers what it could not open, and would hand it out the next time.
        with suppress(AttributeError):
            SharedSystemClient._release_system(str(folder))  # noqa: SLF001
        raise
