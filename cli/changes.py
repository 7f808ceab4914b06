"""Changes under watched paths, gathered into batches by a thread of its own."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

from watchfiles import Change, watch

from assistant.errors import LibraryError

_QUIET_MS = 700
_LONGEST_BATCH_MS = 5000
_LOOK_MS = 1000
_CLUTTER = (".", "~$")

_Identity = tuple[int, int] | None


class Changes:
    """The changes under some paths from the moment it is made; `apart` from those under one.

    A folder that goes away and comes back, as that of a disk that is mounted again, is a change.
    """

    def __init__(self, paths: Sequence[Path], apart: Path) -> None:
        self._paths = tuple(paths)
        self._apart = apart.resolve()
        self._batches: SimpleQueue[frozenset[str]] = SimpleQueue()
        self._ready = Event()
        self._stop = Event()
        self._error: Exception | None = None
        self._thread = Thread(target=self._work, name="changes", daemon=True)
        self._thread.start()
        self._ready.wait()

    def wait(self, timeout_s: float) -> frozenset[str]:
        """The paths that changed since the last call; none where nothing did in the time.

        Raises:
            LibraryError: the paths cannot be watched.
        """
        if self._error is not None:
            raise LibraryError(
                f"The folders cannot be watched: {self._error}. Where the system allows too few "
                "watches, raise fs.inotify.max_user_watches, or run without --watch now and then."
            ) from self._error
        changed: frozenset[str] = frozenset()
        try:
            changed = self._batches.get(timeout=timeout_s)
            while True:
                changed |= self._batches.get_nowait()
        except Empty:
            return changed

    def close(self) -> None:
        """Ends the watch."""
        self._stop.set()
        self._thread.join(timeout=2 * _LOOK_MS / 1000)

    def _work(self) -> None:
        try:
            while not self._stop.is_set():
                self._watch()
        except (OSError, RuntimeError) as error:
            self._error = error
        finally:
            self._ready.set()

    def _watch(self) -> None:
        """Watches until a path is another than it was: a watch does not follow it."""
        seen = self._identities()
        there = [path for path, identity in zip(self._paths, seen, strict=True) if identity]
        for changed in self._rounds(there):
            # The first round, empty or not, tells that the watch is on.
            self._ready.set()
            if changed:
                self._batches.put(changed)
            if self._identities() != seen:
                self._batches.put(frozenset(map(str, self._paths)))
                return

    def _rounds(self, there: Sequence[Path]) -> Iterator[frozenset[str]]:
        """What changed in a while, again and again; nothing, where nothing did."""
        if not there:
            while not self._stop.wait(_LOOK_MS / 1000):
                yield frozenset()
            return
        for changes in watch(
            *there,
            watch_filter=self._matters,
            step=_QUIET_MS,
            debounce=_LONGEST_BATCH_MS,
            stop_event=self._stop,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            yield frozenset(path for _, path in changes)

    def _matters(self, _change: Change, path: str) -> bool:
        changed = Path(path)
        return not changed.name.startswith(_CLUTTER) and not changed.is_relative_to(self._apart)

    def _identities(self) -> tuple[_Identity, ...]:
        return tuple(map(_identity, self._paths))


def _identity(path: Path) -> _Identity:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
