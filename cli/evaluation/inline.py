"""Texts of a judged set read in this process: nobody hostile wrote them, and there are many."""

from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path

from ingest.limits import Limits
from ingest.loaders.load import load
from ingest.parsed import Parsed, Reading
from ingest.sources import Source

_LIMITS = Limits()


class InlineParser:
    """Reads a file where it is asked to, and gives it the title that its set has for it."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles

    def parse(self, path: Path, name: str, room: Path, depth: int = 0) -> Future[Parsed]:
        """The document in a file, read by the time this returns."""
        parsed: Future[Parsed] = Future()
        source = Source(
            path.absolute().as_uri(),
            name,
            path.stat().st_size,
            0,
            path,
            None,
            self._titles.get(name),
        )
        try:
            parsed.set_result(load(source, Reading(_LIMITS, room, depth)))
        except Exception as error:  # noqa: BLE001 - it is for the one who waits for the result
            parsed.set_exception(error)
        return parsed
