"""What the operator's commands have a running server do, by name: `POST /v1/maintenance/NAME`."""

from collections.abc import Mapping

from api.deps import MaintenanceTask
from assistant.backends import Backends
from assistant.settings import Settings
from cli.keeping import keeping_tasks
from cli.pruning import pruning_task
from ingest.queue import IngestQueue


def tasks(
    backends: Backends, settings: Settings, runs: IngestQueue
) -> Mapping[str, MaintenanceTask]:
    """The tasks over the opened library. Each that changes stores does so inside `runs.quiet()`."""
    return {
        **keeping_tasks(backends, settings, runs),
        "prune": pruning_task(backends, settings.home, runs.quiet),
    }
