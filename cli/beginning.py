"""A library that is opened to be asked once: an empty one begins with the starter documents."""

from assistant.backends import Backends, open_backends
from assistant.library.lock import DirectoryLock
from assistant.settings import Settings
from cli.console import messages
from cli.importing import heavy_imports


def open_begun(settings: Settings, purpose: str, held: DirectoryLock | None = None) -> Backends:
    """The library, with the starter documents in it where it was empty and they are wanted.

    A directory that the caller holds already stays with the caller.

    Raises:
        ConfigurationError: a setting cannot be used.
        LibraryError: the library is in use, cannot be opened, or not begun.
    """
    with messages().status("Opening the library…"):
        backends = open_backends(settings, purpose, held)
    try:
        if settings.starter and backends.library.ledger.is_empty():
            _begin(backends, settings)
    except BaseException:
        backends.close()
        raise
    return backends


def _begin(backends: Backends, settings: Settings) -> None:
    with heavy_imports():  # what reads documents is needed this once
        from cli.starter import begin_with_starter  # noqa: PLC0415

    begin_with_starter(backends, settings)
