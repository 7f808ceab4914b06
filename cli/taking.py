"""What takes documents in: composed of models, indexes, readers and the rest of the settings."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from api.deps import DrawsPages, FindsBoxes
from assistant.access.ladders import Ladders
from assistant.backends import Backends, open_encoder
from assistant.errors import ConfigurationError
from assistant.library.spool import Spool
from assistant.settings import Settings
from assistant.types import Page, PlacedWord
from ingest.apart.pool import ParserPool
from ingest.limits import MEGABYTE, limits_of
from ingest.line import Line
from ingest.reading import Copier, Parser
from ingest.run import IngestRun, MakesLine
from ingest.spread.line import SpreadLine
from ingest.web.fetch import Fetcher

if TYPE_CHECKING:
    from ingest.parsed import Box
    from ingest.spread.cluster import RayCluster


def open_parsers(settings: Settings) -> ParserPool:
    """The processes that read documents, within the limits of the settings."""
    # One core is left to the embedder, which works at the same time.
    processes = settings.parse_workers or max(1, (os.cpu_count() or 2) - 1)
    return ParserPool(limits_of(settings), processes)


def ingest_run(
    backends: Backends,
    settings: Settings,
    parser: Parser,
    line: MakesLine = Line,
) -> IngestRun:
    """Runs over the opened library, as the settings say."""
    max_bytes = settings.max_upload_mb * MEGABYTE
    fetcher = Fetcher(max_bytes, settings.fetch_timeout_s, settings.networks())
    return IngestRun(
        backends.library,
        backends.encoder,
        parser,
        Copier(backends.library.spool, fetcher, max_bytes, limits_of(settings)),
        default_marking=settings.default_marking,
        unknown_marking=settings.unknown_marking,
        ladders=Ladders.read(settings.markings),
        line=line,
    )


@contextmanager
def opened_run(
    backends: Backends, settings: Settings, ray: str | None = None
) -> Iterator[IngestRun]:
    """The same, with readers of its own that end with it; on the Ray cluster at an address.

    Raises:
        ConfigurationError: there is no such cluster, or Ray is not installed.
    """
    with ExitStack() as opened:
        parsers = opened.enter_context(open_parsers(settings))
        if ray is None:
            yield ingest_run(backends, settings, parsers)
            return
        cluster = opened.enter_context(_cluster(settings, ray))
        yield ingest_run(backends, settings, parsers, partial(SpreadLine, cluster=cluster))


def _cluster(settings: Settings, ray: str) -> "RayCluster":
    try:
        # An extra, and seconds to import.
        from ingest.spread.cluster import Asked, RayCluster  # noqa: PLC0415
    except ImportError as error:
        raise ConfigurationError(
            "--ray needs the extra `cluster`, as in `pip install -e '.[cluster]'`."
        ) from error
    embedding = settings.model_copy(update={"embedder_threads": settings.embedder_threads or 1})
    asked = Asked(
        limits_of(settings),
        settings.max_upload_mb * MEGABYTE,
        partial(open_encoder, embedding),
        settings.ray_gpus,
    )
    return RayCluster(ray, asked)


def boxes_by(parsers: ParserPool, spool: Spool) -> FindsBoxes:
    """Where spans stand on pages, found by the processes that read documents."""

    def found(
        path: Path,
        text: str,
        pages: Sequence[Page],
        words: Sequence[PlacedWord],
        start: int,
        end: int,
    ) -> "Sequence[Box]":
        with spool.room() as room:
            return parsers.boxes(path, room, text, pages, words, start, end).result()

    return found


def pages_by(parsers: ParserPool) -> DrawsPages:
    """Pages of PDF files as images, drawn by the processes that read documents."""

    def drawn(path: Path, number: int, width: int) -> bytes:
        with TemporaryDirectory(prefix="attache-page-") as room:
            image = parsers.page_image(path, Path(room), number, width).result()
            return image.read_bytes()

    return drawn
