"""One process owns a data directory: vectors go stale when a second one writes."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.closing import Closing
from assistant.errors import LibraryInUseError, is_full, unwritten
from assistant.library.private import keep_private

LOCK_FILE = "lock"
HOLDER_FILE = "lock.json"
SERVING = "attache serve"
"""How the purpose of a server begins."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a data directory, in which process, and since when (RFC 3339, UTC)."""

    pid: int
    purpose: str
    since: str


class DirectoryLock(Closing):
    """A data directory held by this process until `release`, or until the process ends."""

    def __init__(self, home: Path, lock: FileLock) -> None:
        self._home = home
        self._lock = lock

    def release(self) -> None:
        """Lets go of the directory; a second call does nothing."""
        if not self._lock.is_locked:
            return
        # While still holding it: a moment later the file may be the next holder's.
        (self._home / HOLDER_FILE).unlink(missing_ok=True)
        self._lock.release()

    def close(self) -> None:
        """As `release`."""
        self.release()


def hold(home: Path, purpose: str) -> DirectoryLock:
    """Holds the data directory for this process; `purpose` is the command others are told of.

    The operating system frees the directory when its holder ends, however it ends. A directory that
    others can open is closed to them.

    Raises:
        LibraryInUseError: another holder is alive; the message names it.
        LibraryDamagedError: the directory cannot be created or written.
        LibraryUnavailableError: there is no room to note who holds it.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Not thread-local: a server takes the lock in one thread and may release it in another.
        lock = FileLock(home / LOCK_FILE, timeout=0, thread_local=False)
        lock.acquire()
        keep_private(home)
    except Timeout as error:
        raise LibraryInUseError(_in_use(home, holder_of(home))) from error
    except OSError as error:
        raise unwritten(
            f"The data directory {home} cannot be written: {error.strerror or error}. "
            f"{_advice(error)}, or choose another ATTACHE_HOME.",
            error,
        ) from error
    held = DirectoryLock(home, lock)
    try:
        _sign(home, Holder(os.getpid(), purpose, datetime.now(UTC).isoformat(timespec="seconds")))
    except OSError as error:
        held.release()
        raise unwritten(
            f"{home / HOLDER_FILE} cannot be written: {error.strerror or error}. "
            f"{_advice(error)}, or choose another ATTACHE_HOME.",
            error,
        ) from error
    return held


def _advice(error: OSError) -> str:
    if is_full(error):
        return (
            "Nothing of the library is lost. Make room on its disk, a few megabytes will do, and "
            "run the command again"
        )
    return "Make it writable"


def _sign(home: Path, holder: Holder) -> None:
    unfinished = home / f"{HOLDER_FILE}.{holder.pid}"
    try:
        unfinished.write_text(json.dumps(asdict(holder)), encoding="utf-8")
        unfinished.replace(home / HOLDER_FILE)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def holder_of(home: Path) -> Holder | None:
    """Who signed last; None after an orderly end, and in the moment before a new holder has.

    One that was killed is still named: only `hold` tells whether the directory is free.
    """
    try:
        return Holder(**json.loads((home / HOLDER_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _in_use(home: Path, holder: Holder | None) -> str:
    if holder is None:
        who, advice = "another process", "Wait for its end, or"
    else:
        who = f"process {holder.pid} ({holder.purpose}, since {holder.since})"
        advice = (
            "Stop it, ask it in its page or over its API, or"
            if holder.purpose.startswith(SERVING)
            else "Wait for its end, or stop it, or"
        )
    return f"The data directory {home} is in use by {who}. {advice} choose another ATTACHE_HOME."
