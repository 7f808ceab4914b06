"""Processes and all they started: how much memory they hold, and how they are ended."""

import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil

_ROUNDS = 1000


def memory_of(leader: int) -> int:
    """The resident memory, in bytes, of a process and all its descendants; 0 where it is gone."""
    total = 0
    for process in _family(leader):
        with suppress(psutil.Error):
            total += process.memory_info().rss
    return total


def end_family(leader: int) -> None:
    """Kills a process that leads a group, its group, and descendants that have left the group.

    They are stopped first: what is being listed must not start others meanwhile.
    """
    _signal_group(leader, signal.SIGSTOP)
    _kill(process for process in _family(leader) if process.pid != leader)
    _signal_group(leader, signal.SIGKILL)


def end_descendants() -> None:
    """Kills all descendants of this process, until there is nothing left to list.

    It is for a process that adopts those of its descendants that lose their parent.
    """
    own = os.getpid()
    for _ in range(_ROUNDS):
        if not _kill(process for process in _family(own) if process.pid != own):
            return


def size_of(folder: Path) -> int:
    """The bytes of all files under a folder; what vanishes meanwhile counts nothing."""
    total = 0
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                with suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        total += size_of(Path(entry))
                    else:
                        total += entry.stat(follow_symlinks=False).st_size
    except OSError:
        return total
    return total


def _signal_group(leader: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, number)


def _kill(processes: Iterable[psutil.Process]) -> int:
    """Kills each; says how many were alive."""
    killed = 0
    for process in processes:
        with suppress(psutil.Error):
            killed += process.status() != psutil.STATUS_ZOMBIE
            process.kill()
    return killed


def _family(leader: int) -> Iterator[psutil.Process]:
    try:
        process = psutil.Process(leader)
        yield process
        yield from process.children(recursive=True)
    except psutil.Error:
        return
