"""What was read and split, collected into batches until it is time to publish one."""

from collections.abc import Callable

from assistant.library.stores import Library
from assistant.types import NewVersion
from ingest.embedding import Embed, Publisher
from ingest.rhythm import LEAST_CHUNKS, Rhythm
from ingest.tally import Tally

BATCH_DOCUMENTS = 32


class Outbox:
    """Hands versions to the publisher, in order; `published` is told of each that stands."""

    def __init__(
        self,
        library: Library,
        embed: Embed,
        tally: Tally,
        published: Callable[[NewVersion], None],
    ) -> None:
        self._versions: list[NewVersion] = []
        self._chunks = 0
        self._rhythm = Rhythm()
        self._told = published
        self._publisher = Publisher(
            library, embed, tally.worked, self._published, lambda: tally.cancelled
        )

    def add(self, version: NewVersion) -> None:
        """Puts a version into the batch that comes next."""
        self._rhythm.waits()
        self._versions.append(version)
        self._chunks += len(version.chunks)

    def hand_over(self) -> None:
        """Gives the batch to the publisher when it is full, or the publisher has nothing to do.

        Raises:
            LibraryError: an earlier batch could not be written.
            ModelError: an earlier batch could not be embedded.
        """
        full = self._chunks >= self._rhythm.most_chunks or len(self._versions) >= BATCH_DOCUMENTS
        worth_it = self._chunks >= LEAST_CHUNKS or self._rhythm.is_due
        if full or (worth_it and self._publisher.is_idle):
            self.flush()

    def flush(self) -> None:
        """Gives the batch to the publisher, however small it is. Raises what `hand_over` does."""
        if self._versions:
            versions, chunks = self._versions, self._chunks
            self._versions, self._chunks = [], 0
            self._rhythm.handed_over(len(versions), chunks)
            self._publisher.add(versions)

    def finish(self) -> None:
        """Waits until what was handed over is published. Raises what `hand_over` does."""
        self._publisher.finish()

    def stop(self) -> None:
        """Lets go of what is not published yet."""
        self._publisher.stop()

    def _published(self, version: NewVersion) -> None:
        self._rhythm.published()
        self._told(version)
