"""Versions embedded together and published while the next are being embedded."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore

import numpy as np

from assistant.access.acting import acting
from assistant.library.ids import text_key
from assistant.library.publish import publish_versions
from assistant.library.stores import Library
from assistant.ports import Vector
from assistant.types import ChunkId, NewVersion

PORTION = 256
"""Chunks embedded between two signs of progress."""
AHEAD = 2
"""Batches that may be embedded or published at once: more would only fill the memory."""


Embed = Callable[[list[str]], tuple[list[list[float]], Sequence[bytes]]]
"""The vectors of texts, and the signs of their tokens where the embedder gives them."""


class CancelledError(Exception):
    """The run is to stop, so the rest of a batch is not embedded."""


class Publisher:
    """Embeds batches of versions in one thread and publishes them in another, in order.

    A text that was embedded before, in this library and by this embedder, keeps its vector.
    """

    def __init__(
        self,
        library: Library,
        embed: Embed,
        worked: Callable[[int], None],
        published: Callable[[NewVersion], None],
        stopping: Callable[[], bool],
    ) -> None:
        self._library = library
        self._embed_texts = embed
        self._worked = worked
        self._published = published
        self._stopping = stopping
        self._embedding = ThreadPoolExecutor(1, "embedding")
        # Who acts is known to this thread and to no other it starts.
        self._publishing = ThreadPoolExecutor(1, "publishing", acting.set, (acting.get(),))
        self._room = BoundedSemaphore(AHEAD)
        self._batches: list[Future[None]] = []

    @property
    def is_idle(self) -> bool:
        """Whether every batch so far is published."""
        return all(batch.done() for batch in self._batches)

    def add(self, versions: Sequence[NewVersion]) -> None:
        """Embeds and publishes the versions, as soon as fewer than two batches are on the way.

        Raises:
            LibraryError: an earlier batch could not be written.
            ModelError: an earlier batch could not be embedded.
        """
        self._room.acquire()
        self._check()
        done: Future[None] = Future()
        self._batches.append(done)
        self._embedding.submit(self._embed, tuple(versions), done)

    def finish(self) -> None:
        """Waits until all is published. Raises what `add` raises."""
        self._embedding.shutdown()
        self._publishing.shutdown()
        self._check()

    def stop(self) -> None:
        """Ends the threads; what is not published by then is left to the next run."""
        self._embedding.shutdown(cancel_futures=True)
        self._publishing.shutdown(cancel_futures=True)

    def _check(self) -> None:
        """Raises what a batch failed with."""
        ended = [batch for batch in self._batches if batch.done()]
        self._batches = [batch for batch in self._batches if not batch.done()]
        for batch in ended:
            batch.result()

    def _embed(self, versions: tuple[NewVersion, ...], done: Future[None]) -> None:
        try:
            vectors, signs = self._vectors(versions)
        except BaseException as error:  # noqa: BLE001 - raised again where the batch is waited for
            self._fail(done, error)
            return
        self._publishing.submit(self._publish, versions, vectors, signs, done)

    def _publish(
        self,
        versions: tuple[NewVersion, ...],
        vectors: dict[ChunkId, Vector],
        signs: dict[bytes, bytes],
        done: Future[None],
    ) -> None:
        try:
            self._library.ledger.token_signs.keep(self._library.embedder, signs)
            publish_versions(self._library, versions, vectors)
            for version in versions:
                self._published(version)
        except BaseException as error:  # noqa: BLE001 - raised again where the batch is waited for
            self._fail(done, error)
            return
        done.set_result(None)
        self._room.release()

    def _fail(self, done: Future[None], error: BaseException) -> None:
        # A run that was told to stop did not fail.
        if isinstance(error, CancelledError):
            done.set_result(None)
        else:
            done.set_exception(error)
        self._room.release()

    def _vectors(
        self, versions: Sequence[NewVersion]
    ) -> tuple[dict[ChunkId, Vector], dict[bytes, bytes]]:
        """The vectors of all chunks, each text embedded once, and the signs of fresh texts' tokens.

        Texts of like length go together, because the encoder pads a batch to its longest.
        """
        keys = {
            chunk.chunk_id: text_key(chunk.embedding_text)
            for version in versions
            for chunk in version.chunks
        }
        texts = {
            keys[chunk.chunk_id]: chunk.embedding_text
            for version in versions
            for chunk in version.chunks
        }
        known = self._library.ledger.embeddings(self._library.embedder, list(texts))
        fresh = sorted((key for key in texts if key not in known), key=lambda key: len(texts[key]))
        size = sum(version.look.size for version in versions)
        whole = sum(len(texts[key]) for key in fresh) or 1
        signs: dict[bytes, bytes] = {}
        for start in range(0, len(fresh), PORTION):
            if self._stopping():
                raise CancelledError
            portion = fresh[start : start + PORTION]
            vectors, read = self._embed_texts([texts[key] for key in portion])
            signs.update(zip(portion, read, strict=False))
            known |= {
                key: np.asarray(vector, dtype=np.float32)
                for key, vector in zip(portion, vectors, strict=True)
            }
            self._worked(round(size * sum(len(texts[key]) for key in portion) / whole))
        if not fresh:
            self._worked(size)
        return {chunk_id: known[key] for chunk_id, key in keys.items()}, signs
