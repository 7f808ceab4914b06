"""What the rows of a table say of themselves in columns for it, as records do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.access.ladders import UNREADABLE
from assistant.types import Metadata
from ingest.loaders import grid
from ingest.loaders.banners import banner
from ingest.loaders.metadata import groups_of, is_marking_key, marking_said, together

_GROUPS = "groups"


class Records:
    """Looks at the rows of tables as they pass for markings and groups of their own.

    A table is one document: it bears the marking of each of its rows, and is for those who are in
    the groups of every row that names some.
    """

    def __init__(self) -> None:
        self._markings: dict[str, None] = {}
        self._groups: set[tuple[str, ...]] = set()

    def watched(self, rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
        """The rows as they are."""
        names: dict[int, str] = {}
        for row in rows:
            own = {at: cell for at, cell in enumerate(row) if _is_own(cell)}
            filled = [cell for cell in row if cell]
            if len(filled) == 1 and (alone := banner(filled)):
                self._markings[alone] = None
            if own and grid.is_header(row):
                names = own
            else:
                self._take({name: row[at] for at, name in names.items() if at < len(row)})
            yield row

    def bear(self, metadata: Metadata) -> Metadata:
        """The metadata, with what the rows said."""
        marking = together([metadata.marking, *self._markings])
        if not self._groups:
            return replace(metadata, marking=marking)
        shared = set.intersection(*map(set, self._groups))
        if not shared:  # nobody may read each of its rows
            return replace(metadata, marking=together([marking, UNREADABLE]))
        return replace(metadata, marking=marking, groups=(*metadata.groups, *sorted(shared)))

    def _take(self, said: dict[str, str]) -> None:
        marking = marking_said(said, loosely=True)
        if marking:
            self._markings[marking] = None
        for name, value in said.items():
            if name.strip().lower() == _GROUPS and value:
                self._groups.add(groups_of(value))


def _is_own(cell: str) -> bool:
    return len(cell) <= grid.LONGEST_HEADER and (
        is_marking_key(cell) or cell.strip().lower() == _GROUPS
    )
