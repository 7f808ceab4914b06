"""`attache ingest --watch`: a run at first, and one after each change."""

from pathlib import Path

from assistant.errors import ConfigurationError, IngestError
from assistant.runs import RunRequest
from assistant.settings import Settings
from cli.changes import Changes
from cli.console import complain, note
from cli.exits import Exits
from cli.ingesting import tell
from cli.intake import Intake, opened_intake
from cli.setup import settings_for_command
from ingest.mirror import path_of
from ingest.sources import is_address

_LOOK_S = 0.5


def watch(request: RunRequest, *, as_json: bool) -> Exits:
    """Takes in what is there, then each change as it is made, until Ctrl-C.

    Raises:
        ConfigurationError: there is nothing to watch.
        LibraryInUseError: another command holds the data directory.
        LibraryError: a store cannot be opened or written, or the paths not watched.
    """
    paths = [path_of(name) or Path(name) for name in request.sources if not is_address(name)]
    if not paths:
        raise ConfigurationError(
            "Addresses of the web cannot be watched. Name a folder, or leave --watch out."
        )
    settings = settings_for_command()
    # Watched before the first run begins: what changes during a run is met in the next.
    changes = Changes(paths, settings.home)
    try:
        _go_on(settings, request, changes, as_json=as_json)
    except KeyboardInterrupt:
        pass  # the ordinary end of a watch
    finally:
        changes.close()
    return Exits.DONE


def _go_on(settings: Settings, request: RunRequest, changes: Changes, *, as_json: bool) -> None:
    with opened_intake(settings) as intake:
        ended = _take_in(intake, request, as_json=as_json)
        # Addresses are fetched once: no change of theirs is seen.
        local = tuple(name for name in request.sources if not is_address(name))
        again = RunRequest(request.kind, local)
        note("Watching for changes. Ctrl-C stops it.")
        while not ended:
            if changes.wait(_LOOK_S):
                ended = _take_in(intake, again, as_json=as_json)


def _take_in(intake: Intake, request: RunRequest, *, as_json: bool) -> bool:
    """Takes in what changed; whether Ctrl-C ended it. What cannot be trusted is said and left."""
    try:
        run = intake.take_in(request)
    except IngestError as error:
        complain(str(error))
        return False
    return tell(run, as_json=as_json, on_one_line=True) is Exits.INTERRUPTED
