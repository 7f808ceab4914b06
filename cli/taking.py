"""The part of an ingest run that needs models and indexes."""

from rich.console import Console

from assistant.backends import Backends, open_backends
from assistant.settings import Settings
from assistant.types import IngestReport
from cli.progress import IngestProgress
from ingest.plan import IngestPlan
from ingest.run import IngestRun

MEGABYTE = 1024 * 1024


def run_plan(
    settings: Settings, planned: IngestPlan, purpose: str, console: Console
) -> IngestReport:
    """The report of a run, its progress drawn on the console. Raises what `open_backends` does."""
    with console.status("Opening the library…"):
        backends = open_backends(settings, purpose)
    with backends:
        return ingest_run(backends, settings).run(planned, IngestProgress(console))


def ingest_run(backends: Backends, settings: Settings) -> IngestRun:
    """A run over the opened library, with the limits of the settings."""
    return IngestRun(
        backends.library,
        backends.encoder,
        max_bytes=settings.max_upload_mb * MEGABYTE,
        default_marking=settings.default_marking,
    )
