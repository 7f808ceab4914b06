"""The composition root of a worker, which takes in what a library on servers was sent."""

import signal
from contextlib import suppress
from threading import Event
from types import FrameType
from typing import NoReturn

from assistant.backends import open_backends
from assistant.errors import ConfigurationError
from cli.console import messages
from cli.queueing import serving_runs
from cli.setup import settings_for_command


def run_worker() -> None:
    """Takes in what any process of the library was sent, until told to stop.

    Raises:
        ConfigurationError: the library is not one that several processes share.
        LibraryError: it is in use or cannot be opened.
    """
    settings = settings_for_command()
    signal.signal(signal.SIGTERM, _stop)
    if not (settings.ledger_url and settings.chroma_url and settings.files):
        raise ConfigurationError(
            "`attache worker` is for a library on servers. Set ATTACHE_DATABASE_URL, "
            "ATTACHE_CHROMA_URL and ATTACHE_FILES; a library of one machine needs no worker."
        )
    with (
        open_backends(settings, "attache worker") as backends,
        serving_runs(settings, backends) as (runs, _),
    ):
        runs.resume()
        messages().print("Taking in what is sent. Ctrl-C stops it.")
        with suppress(KeyboardInterrupt, SystemExit):
            Event().wait()


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    """Ends the process by unwinding, so that what is open is closed; the default would not."""
    raise SystemExit(0)
