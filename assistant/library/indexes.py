"""The folders of the two indexes: which are in use, and fresh ones that take their place."""

import logging
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from assistant.errors import LibraryDamagedError
from assistant.library.completing import complete_postings, complete_vectors
from assistant.library.current import CurrentPostings, CurrentVectors
from assistant.library.ledger import SqlLedger
from assistant.library.lexical import TantivyIndex
from assistant.library.vectors import ChromaIndex

logger = logging.getLogger(__name__)

VECTORS = "vectors"
POSTINGS = "postings"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fresh:
    """Empty indexes in folders of their own, which are not in use yet."""

    vectors: ChromaIndex
    lexical: TantivyIndex


class Indexes:
    """Both indexes of one embedder. The ledger remembers the name of the folder of each.

    A folder that no name leads to is of a rebuilding that was cut short, or was replaced.
    """

    def __init__(self, home: Path, ledger: SqlLedger, embedder: str, *, mend: bool = False) -> None:
        self._home = home
        self._ledger = ledger
        self.embedder = embedder
        self._mend = mend
        vectors = self._open(self._vectors_fact, self._vectors_name(), _open_vectors)
        try:
            lexical = self._open(POSTINGS, ledger.fact(POSTINGS) or POSTINGS, TantivyIndex)
        except LibraryDamagedError:
            vectors.close()
            raise
        self.vectors = CurrentVectors(vectors)
        self.lexical = CurrentPostings(lexical)

    @property
    def _vectors_fact(self) -> str:
        return f"{VECTORS}:{self.embedder}"

    @property
    def are_remembered(self) -> bool:
        """Whether the ledger has the names of both folders."""
        return None not in (self._ledger.fact(self._vectors_fact), self._ledger.fact(POSTINGS))

    def complete(self) -> int:
        """Makes both hold exactly what the ledger has; returns how many vectors it lacks for that.

        Only while nobody publishes: what is being written looks like what nobody wants.
        """
        wanted = self._ledger.catalogue.published()
        with self.vectors.use() as vectors, self.lexical.use() as lexical:
            lacking = complete_vectors(vectors, self._ledger, self.embedder, wanted)
            complete_postings(lexical, self._ledger, wanted)
        return lacking

    def remember(self) -> None:
        """Writes down that these are complete and in use."""
        with self.vectors.use() as vectors, self.lexical.use() as lexical:
            self._ledger.set_fact(self._vectors_fact, vectors.folder.name)
            self._ledger.set_fact(POSTINGS, lexical.folder.name)

    def fresh(self) -> Fresh:
        """Empty indexes beside those in use.

        Raises:
            LibraryDamagedError: their folders cannot be made.
        """
        vectors = ChromaIndex(self._home / _new_name(VECTORS))
        try:
            return Fresh(vectors, TantivyIndex(self._home / _new_name(POSTINGS)))
        except LibraryDamagedError:
            vectors.close()
            raise

    def switch(self, fresh: Fresh) -> None:
        """Lets the fresh indexes answer from now on, and removes those that did."""
        self._ledger.set_fact(POSTINGS, fresh.lexical.folder.name)
        self._ledger.set_fact(self._vectors_fact, fresh.vectors.folder.name)
        self.lexical.exchange(fresh.lexical)
        self.vectors.exchange(fresh.vectors).close()
        self.tidy()

    def drop(self, fresh: Fresh) -> None:
        """Gives fresh indexes up."""
        fresh.vectors.close()
        for folder in (fresh.vectors.folder, fresh.lexical.folder):
            shutil.rmtree(folder, ignore_errors=True)

    def tidy(self) -> None:
        """Removes the folders of indexes that nothing leads to."""
        known = {VECTORS: self._ledger.facts(f"{VECTORS}:"), POSTINGS: self._ledger.facts(POSTINGS)}
        for kind, facts in known.items():
            named = set(facts.values())
            for folder in [self._home / kind, *self._home.glob(f"{kind}-*")]:
                if named and folder.name not in named:
                    shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Lets go of both folders."""
        self.vectors.close()

    def _vectors_name(self) -> str:
        named = self._ledger.fact(self._vectors_fact)
        if named is not None:
            return named
        # What was built before there were several embedders has no name yet.
        first = self._ledger.embedder() in (None, self.embedder)
        return VECTORS if first else _new_name(VECTORS)

    def _open(self, fact: str, name: str, open_at: Callable[[Path], T]) -> T:
        try:
            return open_at(self._home / name)
        except LibraryDamagedError as error:
            if not self._mend:
                raise
            logger.warning("%s It is rebuilt from the ledger.", error)
        fresh = _new_name(name.partition("-")[0])
        opened = open_at(self._home / fresh)
        self._ledger.set_fact(fact, fresh)
        return opened


def _open_vectors(folder: Path) -> ChromaIndex:
    index = ChromaIndex(folder)
    try:
        index.probe()
    except LibraryDamagedError:
        index.close()
        raise
    return index


def _new_name(kind: str) -> str:
    return f"{kind}-{secrets.token_hex(4)}"
