"""The guardian of a reader: a process that reads no document and outlives no parent.

It stands between the parent and the reader. It adopts what the reader leaves behind, and when the
parent is gone, however it went, it ends them all.
"""

import ctypes
import importlib
import os
import select
import signal
import sys
from pathlib import Path
from typing import NoReturn

_PR_SET_CHILD_SUBREAPER = 36
_SIGNALLED = 128


def fork_under_guard(lifeline: int, folder: Path) -> None:
    """Returns in a new process; the one that called becomes its guardian and never returns.

    `lifeline` is the reading end of a pipe that the parent alone holds open. `folder` is the
    reader's own: the guardian removes it where the parent no longer can. The guardian ends as the
    reader does, with 128 and the number of the signal where one ended it.
    """
    bell, ringer = os.pipe()
    os.set_blocking(ringer, False)
    reader = os.fork()
    if reader == 0:
        for descriptor in (lifeline, bell, ringer):
            os.close(descriptor)
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.set_wakeup_fd(ringer, warn_on_full_buffer=False)
    _let_go_of_standard_streams()
    _guard(reader, lifeline, bell, folder)


def _let_go_of_standard_streams() -> None:
    """The end of the reader's streams tells the parent that it died: no one else holds them."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)


def _guard(reader: int, lifeline: int, bell: int, folder: Path) -> NoReturn:
    while True:
        readable, _, _ = select.select([lifeline, bell], [], [])
        if bell in readable:
            os.read(bell, 64)
            _reap(reader)
        if lifeline in readable and not os.read(lifeline, 1):
            _clear_away(reader, folder)


def _clear_away(reader: int, folder: Path) -> NoReturn:
    os.kill(reader, signal.SIGKILL)  # at once: what follows has to be imported first
    importlib.import_module("shutil").rmtree(folder, ignore_errors=True)
    importlib.import_module("ingest.apart.processes").end_descendants()
    os._exit(0)


def _reap(reader: int) -> None:
    """Takes note of every process that ended. If it was the reader, all it left ends, and this."""
    over: int | None = None
    while True:
        try:
            ended, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            os._exit(over or 0)
        if ended == reader:
            code = os.waitstatus_to_exitcode(status)
            over = code if code >= 0 else _SIGNALLED - code
        elif ended == 0:
            break
    if over is not None:
        importlib.import_module("ingest.apart.processes").end_descendants()
        os._exit(over)
