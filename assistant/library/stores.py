"""A library as the stores it is kept in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.closing import Closing
from assistant.library.ledger import SqlLedger
from assistant.library.originals import Originals
from assistant.library.spool import Spool
from assistant.phrases import phrase
from assistant.ports import LexicalIndex, VectorIndex

if TYPE_CHECKING:
    # Publishing needs no index of its own, and this one takes seconds to import.
    from assistant.library.indexes import Indexes


class VectorStore(VectorIndex, Protocol):
    """A vector index that holds resources until it is closed."""

    def close(self) -> None:
        """Lets go of what the index holds open."""

    def unload(self) -> None:
        """Gives back memory until the index is needed again."""


@dataclass(frozen=True, slots=True)
class Library(Closing):
    """The ledger, which is the truth, the two indexes derived from it, and the original files.

    `embedder` is the name of the embedder whose vectors the index holds. `indexes` are the folders
    of the two, for what rebuilds them.
    """

    ledger: SqlLedger
    vectors: VectorStore
    lexical: LexicalIndex
    files: Originals
    spool: Spool
    embedder: str
    indexes: "Indexes"

    def lacking(self, began: float) -> str | None:
        """What could not be searched since a reading of `time.monotonic`, in a sentence."""
        if not self.indexes.vectors.lacked_since(began):
            return None
        return phrase("words-only")

    def close(self) -> None:
        """Closes every store."""
        try:
            self.vectors.close()
        finally:
            self.ledger.close()
