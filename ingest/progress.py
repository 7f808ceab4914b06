"""How far an ingest run is, told to whoever watches it."""

from typing import Protocol


class Progress(Protocol):
    """Told how far a run is."""

    def started(self, total_sources: int, total_bytes: int) -> None:
        """The run begins; so much is to be read."""

    def worked(self, size: int) -> None:
        """As many bytes of the sources as this are read, split and embedded."""

    def advanced(self, source: str) -> None:
        """One source is done: taken in, unchanged or failed."""

    def finished(self) -> None:
        """The run is over, whether all went well or not."""


class Silent:
    """A `Progress` that says nothing."""

    def started(self, total_sources: int, total_bytes: int) -> None:
        """Says nothing."""

    def worked(self, size: int) -> None:
        """Says nothing."""

    def advanced(self, source: str) -> None:
        """Says nothing."""

    def finished(self) -> None:
        """Says nothing."""


silent = Silent()
