"""A library as the stores it is kept in."""

from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from assistant.library.files import FileStore
from assistant.library.ledger import SqlLedger
from assistant.library.spool import Spool
from assistant.ports import LexicalIndex, VectorIndex

if TYPE_CHECKING:
    # Publishing needs no index of its own, and this one takes seconds to import.
    from assistant.library.indexes import Indexes


class VectorStore(VectorIndex, Protocol):
    """A vector index that holds resources until it is closed."""

    def close(self) -> None:
        """Lets go of what the index holds open."""


@dataclass(frozen=True, slots=True)
class Library:
    """The ledger, which is the truth, the two indexes derived from it, and the original files.

    `embedder` is the name of the embedder whose vectors the index holds. `indexes` are the folders
    of the two, for what rebuilds them.
    """

    ledger: SqlLedger
    vectors: VectorStore
    lexical: LexicalIndex
    files: FileStore
    spool: Spool
    embedder: str
    indexes: "Indexes"

    def close(self) -> None:
        """Closes every store."""
        try:
            self.vectors.close()
        finally:
            self.ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
