"""The two indexes of a library: which are in use, and fresh ones that take their place."""

import logging
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from assistant.errors import LibraryDamagedError, LibraryError
from assistant.library.completing import complete_postings, complete_vectors
from assistant.library.current import CurrentPostings, CurrentVectors
from assistant.library.derived import Folders, IndexPlace, StoredPostings, StoredVectors
from assistant.library.ledger import SqlLedger
from assistant.library.lexical import TantivyIndex
from assistant.library.vectors import ChromaIndex

logger = logging.getLogger(__name__)

VECTORS = "vectors"
POSTINGS = "postings"
_PLACES = "indexes-at"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Places:
    """Where the indexes of both kinds are kept."""

    vectors: IndexPlace[StoredVectors]
    postings: IndexPlace[StoredPostings]


@dataclass(frozen=True, slots=True)
class Fresh:
    """Empty indexes beside those in use, which are not in use yet."""

    vectors: StoredVectors
    lexical: StoredPostings


def in_folders(home: Path) -> Places:
    """Both kinds in folders of the data directory."""
    vectors: IndexPlace[StoredVectors] = Folders(home, VECTORS, _open_vectors)
    postings: IndexPlace[StoredPostings] = Folders(home, POSTINGS, TantivyIndex)
    return Places(vectors, postings)


class Indexes:
    """Both indexes of one embedder. The ledger remembers the name of each.

    One that no name leads to is of a rebuilding that was cut short, or was replaced.
    """

    def __init__(
        self, places: Places, ledger: SqlLedger, embedder: str, *, mend: bool = False
    ) -> None:
        self._places = places
        self._ledger = ledger
        self.embedder = embedder
        self._mend = mend
        vectors = self._open(self._vectors_fact, self._vectors_name(), places.vectors)
        try:
            name = ledger.fact(places.postings.fact) or self._first_name(places.postings)
            lexical = self._open(places.postings.fact, name, places.postings)
        except LibraryError:
            vectors.close()
            raise
        self.vectors = CurrentVectors(vectors)
        self.lexical = CurrentPostings(lexical)

    @property
    def _vectors_fact(self) -> str:
        return f"{self._places.vectors.fact}:{self.embedder}"

    @property
    def are_remembered(self) -> bool:
        """Whether the ledger has the names of both."""
        facts = self._vectors_fact, self._places.postings.fact
        return None not in [self._ledger.fact(each) for each in facts]

    @property
    def are_where_they_were(self) -> bool:
        """Whether the library was last opened with indexes in the same places."""
        return self._ledger.fact(_PLACES) in (None, self._where)

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
            self._ledger.set_fact(self._vectors_fact, vectors.name)
            self._ledger.set_fact(self._places.postings.fact, lexical.name)
        self._ledger.set_fact(_PLACES, self._where)

    def fresh(self) -> Fresh:
        """Empty indexes beside those in use.

        Raises:
            LibraryError: they cannot be made.
        """
        vectors = self._places.vectors.open(_new_name(self._places.vectors))
        try:
            return Fresh(vectors, self._places.postings.open(_new_name(self._places.postings)))
        except LibraryError:
            vectors.close()
            raise

    def switch(self, fresh: Fresh) -> None:
        """Lets the fresh indexes answer from now on, and removes those that did."""
        self._ledger.set_fact(self._places.postings.fact, fresh.lexical.name)
        self._ledger.set_fact(self._vectors_fact, fresh.vectors.name)
        self.lexical.exchange(fresh.lexical)
        self.vectors.exchange(fresh.vectors).close()
        self.tidy()

    def drop(self, fresh: Fresh) -> None:
        """Gives fresh indexes up."""
        fresh.vectors.close()
        self._places.vectors.remove(fresh.vectors.name)
        self._places.postings.remove(fresh.lexical.name)

    def tidy(self) -> None:
        """Removes the indexes that nothing leads to."""
        vectors, postings = self._places.vectors, self._places.postings
        _tidy(vectors, set(self._ledger.facts(f"{vectors.fact}:").values()))
        _tidy(postings, set(self._ledger.facts(postings.fact).values()))

    def close(self) -> None:
        """Lets go of both."""
        self.vectors.close()
        self._places.vectors.close()
        self._places.postings.close()

    @property
    def _where(self) -> str:
        return f"{self._places.vectors.fact} {self._places.postings.fact}"

    def _vectors_name(self) -> str:
        place = self._places.vectors
        named = self._ledger.fact(self._vectors_fact)
        if named is not None:
            return named
        # What was built before there were several embedders has no name yet.
        first = self._ledger.embedder() in (None, self.embedder)
        return self._first_name(place) if first else _new_name(place)

    def _first_name(self, place: IndexPlace[T]) -> str:
        return place.fact if isinstance(place, Folders) else _new_name(place)

    def _open(self, fact: str, name: str, place: IndexPlace[T]) -> T:
        try:
            return place.open(name)
        except LibraryDamagedError as error:
            if not self._mend:
                raise
            logger.warning("%s It is rebuilt from the ledger.", error)
        fresh = _new_name(place)
        opened = place.open(fresh)
        self._ledger.set_fact(fact, fresh)
        return opened


def _tidy(place: IndexPlace[T], named: set[str]) -> None:
    for name in place.names() if named else ():
        if name not in named:
            place.remove(name)


def _open_vectors(folder: Path) -> ChromaIndex:
    index = ChromaIndex(folder)
    try:
        index.probe()
    except LibraryDamagedError:
        index.close()
        raise
    return index


def _new_name(place: IndexPlace[T]) -> str:
    return place.new_name(secrets.token_hex(4))
