"""The part of `attache ingest` that needs models and indexes."""

from rich.console import Console

from assistant.backends import open_backends
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
        run = IngestRun(
            backends.library,
            backends.encoder,
            max_bytes=settings.max_upload_mb * MEGABYTE,
            default_marking=settings.default_marking,
        )
        return run.run(planned, IngestProgress(console))
