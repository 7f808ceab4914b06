"""Documents that go on saying openly what another said before it was marked."""

from collections.abc import Iterator

from assistant.access.labels import label
from assistant.access.ladders import Ladders
from assistant.library.read_ledger import ReadLedger
from assistant.types import NewVersion

_OWNED = "upload:"


def left_open(
    version: NewVersion, sha256: str | None, ledger: ReadLedger, ladders: Ladders
) -> Iterator[str]:
    """A warning for each document that has bytes of an earlier version, and is open to more.

    `sha256` is of the bytes that the source had before. Who may not read everything is told of
    none: a name of a document may be closed to them.
    """
    told = version.document.metadata
    owned = version.source_uri.startswith(_OWNED) and "/" in version.source_uri
    if owned or sha256 is None or not (told.marking or told.groups):
        return
    now = label(told.marking, told.groups)
    if (known := ledger.labels(version.document_id)) is not None and known.now == now:
        return
    for name, place, own in ledger.left_open(version.document_id, sha256, now):
        marking, *groups = own.split("\n")
        if ladders.highest([told.marking, marking]) == ladders.highest([marking]) and (
            not told.groups or groups
        ):
            continue  # it is as high, and for some alone as well
        yield (
            f"What it said before stands in {place} too (document {name}), marked "
            f"{marking or 'with nothing'}. Mark that as well, or remove it."
        )
