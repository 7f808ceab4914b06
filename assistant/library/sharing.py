"""What the processes of one library owe each other: who may be there, and whose turn it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from assistant.errors import LibraryInUseError
from assistant.library.database import Database
from assistant.library.postgres import Hold, Turn

_STARTING_S = 120.0
"""How long another process may take that opens the library first, and puts it in order."""
_LOOK_AGAIN_S = 0.25


class Sharing:
    """The turns of a ledger on a server; a ledger in a file is held by the lock of its folder."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.is_shared = False

    def hold(self) -> None:
        """Holds the library alone, until it is closed or shared.

        Raises:
            LibraryInUseError: another process is there; the message names it.
        """
        turns = self._database.turns
        if turns is None:
            return
        with self._database.translated():
            if not turns.take(Turn.LIBRARY):
                raise self._in_use(turns)

    def join(self) -> bool:
        """Is there with the others; whether there are none, and the library is to be put in order.

        Who is told so holds it alone, and says `share` when that is done.

        Raises:
            LibraryInUseError: another process holds it alone, and goes on to.
        """
        turns = self._database.turns
        assert turns is not None
        until = monotonic() + _STARTING_S
        with self._database.translated():
            while True:
                if turns.take(Turn.LIBRARY):
                    return True
                if turns.share(Turn.LIBRARY):
                    self.is_shared = True
                    return False
                if monotonic() > until:
                    raise self._in_use(turns)
                sleep(_LOOK_AGAIN_S)

    def share(self) -> None:
        """Lets others in."""
        turns = self._database.turns
        assert turns is not None
        with self._database.translated():
            turns.share(Turn.LIBRARY)
            turns.let_go(Turn.LIBRARY)
        self.is_shared = True

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While inside, no other process is there: for what changes the stores as a whole.

        Raises:
            LibraryInUseError: another one is.
        """
        turns = self._database.turns
        if turns is None or not self.is_shared:
            yield
            return
        with self._database.translated():
            if not turns.take(Turn.LIBRARY):
                raise self._in_use(turns)
        try:
            yield
        finally:
            with self._database.translated():
                turns.let_go(Turn.LIBRARY)

    @contextmanager
    def run(self, waits: Callable[[], bool]) -> Iterator[bool]:
        """Whether this process may carry a run out, after waiting for those of others.

        It waits as long as `waits` says so. Runs of one library are carried out one at a time.
        """
        turns = self._database.turns
        if turns is None:
            yield True
            return
        with self._database.translated():
            while not (ours := turns.take(Turn.RUN)) and waits():
                sleep(_LOOK_AGAIN_S)
        try:
            yield ours
        finally:
            if ours:
                with self._database.translated():
                    turns.let_go(Turn.RUN)

    def _in_use(self, turns: Hold) -> LibraryInUseError:
        return LibraryInUseError(
            f"The library on {self._database.place} is in use by {turns.who(Turn.LIBRARY)}. Stop "
            "it, or send documents to it if it is a server."
        )
