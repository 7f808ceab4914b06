"""How far long work is, on standard error: a line that changes on a terminal, else one at times."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console

from cli.console import messages

_LINE_EVERY_S = 10.0


class Telling:
    """Shows what is told, as `assistant.library.telling.Tell` has it."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._status = console.status("")
        self._spoken = monotonic()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Shows that so many of how many are done."""
        line = f"{what}: {done} of {total}" if total else what
        if self._console.is_terminal:
            self._status.update(line)
        elif monotonic() - self._spoken > _LINE_EVERY_S:
            self._spoken = monotonic()
            self._console.print(line)

    @contextmanager
    def shown(self, what: str) -> Iterator["Telling"]:
        """While inside, shows the work, named `what` until more is told."""
        self._status.update(what)
        with self._status:
            yield self


@contextmanager
def telling(what: str) -> Iterator[Telling]:
    """Shows work that begins now."""
    with Telling(messages()).shown(what) as told:
        yield told
