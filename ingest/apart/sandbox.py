"""What a reader process gives up before it opens a document: memory, network, new files."""

import ctypes
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from ingest.apart.guard import Guard
from ingest.apart.seccomp import refuse_sockets
from ingest.limits import Limits

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_OPEN_FILES = 512
_CPU_SECONDS = 24 * 3600

NAMESPACE = "namespace"
USER_NAMESPACE = "user namespace"
FILTER = "filter"
HOOK = "hook"


def enclose(limits: Limits, folder: Path) -> tuple[Guard, str]:
    """Shuts this process in, for good, and all processes it will start.

    `folder` is where it may write from now on, beside what the guard is told to allow. The word
    returned says what holds the network off: `NAMESPACE`, `USER_NAMESPACE` and `FILTER` are the
    kernel's and hold for programs it starts too; `HOOK` holds for Python code alone.
    """
    os.umask(0o077)
    _set_limits(limits)
    network = _leave_network()
    if refuse_sockets() and network == HOOK:
        network = FILTER
    guard = Guard(folder)
    sys.addaudithook(guard.watch)
    return guard, network


def _set_limits(limits: Limits) -> None:
    # Data, not address space: libraries map far more than they use, and only what they write
    # counts against the memory of the machine.
    _limit(resource.RLIMIT_DATA, limits.memory)
    _limit(resource.RLIMIT_FSIZE, limits.unpacked)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _limit(resource.RLIMIT_CPU, _CPU_SECONDS)


def _limit(kind: int, value: int) -> None:
    """Lowers a limit; one that is lower already stays."""
    _, hard = resource.getrlimit(kind)
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (bound, bound))


def _leave_network() -> str:
    """Moves into a network of its own that has no devices, where the kernel lets it."""
    if sys.platform != "linux":
        return HOOK
    unshare: Callable[[int], int] = ctypes.CDLL(None, use_errno=True).unshare
    if unshare(_CLONE_NEWNET) == 0:
        return NAMESPACE
    user, group = os.getuid(), os.getgid()
    if unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return HOOK
    _keep_identity(user, group)
    return USER_NAMESPACE


def _keep_identity(user: int, group: int) -> None:
    """Stays who it was in the new namespace: programs mistrust files of a nobody."""
    try:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    except OSError:
        return  # files stay its own all the same: only their owner's name reads otherwise
