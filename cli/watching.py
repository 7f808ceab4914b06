"""`attache ingest --watch`: a run at first, and one after each change."""

from contextlib import ExitStack
from pathlib import Path
from time import monotonic

from assistant.closing import Closing
from assistant.errors import (
    AssistantError,
    ConfigurationError,
    IngestError,
    LibraryError,
    LibraryInUseError,
)
from assistant.runs import Run, RunRequest
from assistant.settings import Settings
from cli.changes import Changes
from cli.console import complain, note
from cli.control import running_server
from cli.exits import Exits
from cli.ingesting import tell
from cli.intake import Intake, OwnIntake, ServerGoneError, opened_intake
from cli.setup import settings_for_command
from ingest.naming import place_of

_LOOK_S = 0.5
_FIRST_PAUSE_S = 2.0
_LONGEST_PAUSE_S = 30.0
_PATIENCE_S = 10.0
"""A server that is started anew finds its data directory free for so long."""


def watch(request: RunRequest, *, as_json: bool) -> Exits:
    """Takes in what is there, then each change as it is made, until Ctrl-C.

    What cannot be taken in because the server at work is gone waits, until it is back or its data
    directory is free.

    Raises:
        ConfigurationError: there is nothing to watch.
        LibraryInUseError: another command holds the data directory from the beginning.
        LibraryError: a store cannot be opened or written, or the paths not watched.
    """
    local = tuple(name for name in request.sources if _place(name) is not None)
    paths = [path for path in map(_place, local) if path is not None]
    if not paths:
        raise ConfigurationError(
            "Addresses of the web cannot be watched. Name a folder, or leave --watch out."
        )
    settings = settings_for_command()
    # Watched before the first run begins: what changes during a run is met in the next.
    changes = Changes(paths, settings.home)
    try:
        with _Hands(settings, as_json=as_json) as hands:
            # Addresses are fetched once: no change of theirs is seen.
            _go_on(hands, request, RunRequest(request.kind, local), changes)
    except KeyboardInterrupt:
        pass  # the ordinary end of a watch
    finally:
        changes.close()
    return Exits.DONE


def _go_on(hands: "_Hands", first: RunRequest, again: RunRequest, changes: Changes) -> None:
    waiting: RunRequest | None = None if hands.take_in(first) else first
    if not hands.stopped:
        note("Watching for changes. Ctrl-C stops it.")
    while not hands.stopped:
        if changes.wait(_LOOK_S):
            waiting = waiting or again
        if waiting is not None and hands.are_free() and hands.take_in(waiting):
            waiting = None


class _Hands(Closing):
    """Take in what changed: this process, or the server that holds the data directory.

    Where it was a server at first, this process holds the directory only while it works, so that
    a server can be started again.

    Raises as `opened_intake` where it is made.
    """

    def __init__(self, settings: Settings, *, as_json: bool) -> None:
        self._settings = settings
        self._as_json = as_json
        self._opened = ExitStack()
        self._intake: Intake | None = self._opened.enter_context(opened_intake(settings))
        self._is_alone = isinstance(self._intake, OwnIntake)
        self._gone_since: float | None = None
        self._is_waiting = False
        self._pause = _FIRST_PAUSE_S
        self._not_before = 0.0
        self.stopped = False

    def close(self) -> None:
        """Lets go of the server or of the data directory."""
        self._opened.close()

    def are_free(self) -> bool:
        """Whether it is time to try, after what was tried last could not be done."""
        return monotonic() >= self._not_before

    def take_in(self, request: RunRequest) -> bool:
        """Carries out a run; whether that is done with, be it well or not, or has to wait.

        Raises:
            AssistantError: it failed, and would fail again.
        """
        try:
            return self._take_in(request)
        except IngestError as error:  # what cannot be trusted is said and left
            complain(str(error))
            return True
        except AssistantError as error:
            if not isinstance(error, LibraryInUseError) and not error.retryable:
                raise
            self._wait(error)
            return False
        finally:
            if not self._is_alone:
                self._intake = None
                self._opened.close()

    def _take_in(self, request: RunRequest) -> bool:
        intake = self._intake = self._intake or self._found()
        try:
            run = intake.take_in(request)
        except LibraryInUseError:
            raise
        except LibraryError as error:
            if isinstance(intake, OwnIntake):
                raise
            self._is_well()
            complain(str(error))  # a run of the server failed, and the server is well
            return True
        self.stopped = intake.stopped
        if not self.stopped and _was_cut_short(run, intake):
            raise ServerGoneError
        self._is_well()
        tell(run, as_json=self._as_json, on_one_line=True)
        return True

    def _found(self) -> Intake:
        """What takes documents in now. Raises `LibraryInUseError` where that is nobody yet."""
        server = running_server(self._settings.home)
        if server is None or not server.is_alive():
            self._gone_since = self._gone_since or monotonic()
            if monotonic() < self._gone_since + _PATIENCE_S:
                raise ServerGoneError
        return self._opened.enter_context(opened_intake(self._settings))

    def _wait(self, error: AssistantError) -> None:
        """Puts the next attempt off, longer each time, and says why the first time."""
        if not self._is_waiting:
            said = "The server is gone." if isinstance(error, ServerGoneError) else str(error)
            complain(said)
            note("What changed is kept in mind, and taken in as soon as that is possible again.")
        self._is_waiting = True
        self._not_before = monotonic() + self._pause
        self._pause = min(2 * self._pause, _LONGEST_PAUSE_S)

    def _is_well(self) -> None:
        if self._is_waiting:
            note("Going on.")
        self._is_waiting, self._gone_since = False, None
        self._pause, self._not_before = _FIRST_PAUSE_S, 0.0


def _was_cut_short(run: Run, intake: Intake) -> bool:
    """Whether the end of a server ended the run, which nobody had asked to stop."""
    return run.state == "interrupted" or (run.state == "cancelled" and not intake.is_alive())


def _place(name: str) -> Path | None:
    try:
        return place_of(name)
    except IngestError:
        return None  # the first run says what is wrong with it
