"""What a benchmark starts ends with it, however it ends.

It works in a child of the process that was started. Each of the two sees to it that the other is
not left: told to end, or killed, the one that was started takes the child with it, which puts away
all that it began; and what a killed child leaves falls to its parent, which kills it.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import NoReturn

import psutil

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_SIGNALLED = 128


def all_of_it(work: Callable[[], None]) -> NoReturn:
    """Does the work in a child and exits as that did; nothing that it started is left. Linux."""
    control = ctypes.CDLL(None).prctl
    control(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    keeper = os.getpid()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGTERM, _put_away)
        control(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() == keeper:
            work()
        sys.exit()
    # Ctrl-C at a terminal is told to both of them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGTERM))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while left := psutil.Process().children(recursive=True):
        for one in left:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        psutil.wait_procs(left)
    sys.exit(code if code >= 0 else _SIGNALLED - code)


def _put_away(number: int, _: FrameType | None) -> NoReturn:
    """Leaves every `with` on the way out; hearing it a second time would leave them half done."""
    signal.signal(number, signal.SIG_IGN)
    sys.exit(_SIGNALLED + number)
