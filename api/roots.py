"""Places on the server's disk as readers see them: the name below what was taken in.

Where the documents of a library lie on its server is nothing that a reader needs. What they see
tells two files of a folder apart, and begins with that folder's own name.
"""

from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from time import monotonic

from assistant.ports import KeepsRuns

_FILE = "file:"
_RUNS = 1000
_KEPT_S = 30.0


class Roots:
    """The folders that runs took in. For many threads at once."""

    def __init__(self, book: KeepsRuns) -> None:
        self._book = book
        self._guard = Lock()
        self._known: frozenset[str] = frozenset()
        self._looked: float | None = None

    def below(self, source_uri: str) -> str:
        """The address without what lies above the outermost folder that was taken in.

        Of a file that was taken in by itself, and where it is not known any more how one came in,
        that is its name. An address that is of no file stays as it is.
        """
        if not source_uri.lower().startswith(_FILE):
            return source_uri
        return self._below(source_uri, self._roots()) or _name(source_uri)

    def _below(self, source_uri: str, roots: frozenset[str]) -> str | None:
        place = source_uri.partition("#")[0]
        above = [place[:at] for at, sign in enumerate(place) if sign == "/"]
        root = next((one for one in above if one in roots), None)
        return None if root is None else source_uri[root.rindex("/") + 1 :]

    def _roots(self) -> frozenset[str]:
        with self._guard:
            now = monotonic()
            if self._looked is None or now - self._looked > _KEPT_S:
                self._known, self._looked = frozenset(self._found()), now
            return self._known

    def _found(self) -> Iterator[str]:
        for run in self._book.recent(_RUNS):
            for source in run.request.sources if run.request.kind != "upload" else ():
                if source.startswith(_FILE):
                    yield source.rstrip("/")
                elif Path(source).is_absolute():
                    yield Path(source).as_uri()


def _name(source_uri: str) -> str:
    """The last part of a place, with what names a part of an archive."""
    place, sign, member = source_uri.partition("#")
    return place.rstrip("/").rpartition("/")[2] + sign + member
