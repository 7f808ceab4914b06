"""A watch over what Python code does in a reader process: no network, few programs, no stray files.

It stops honest libraries from being talked into what a document asks for. It is no wall against
machine code: that is what the limits and namespaces of `ingest.apart.sandbox` are for.
"""

import os
from collections.abc import Sequence
from pathlib import Path, PurePath

PROGRAMS = frozenset({"tesseract", "soffice", "libreoffice", "soffice.bin"})

_NETWORK = frozenset(
    {
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyaddr",
        "socket.gethostbyname",
        "socket.getnameinfo",
        "socket.sendmsg",
        "socket.sendto",
    }
)
_STARTING = frozenset({"os.exec", "os.posix_spawn", "os.spawn", "os.system", "pty.spawn"})
_CHANGING = frozenset(
    {"os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink"}
)
_LINKING = frozenset({"os.link", "os.symlink"})  # their first path may lie anywhere
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Guard:
    """Refuses, by `PermissionError`, what a reader has no business with."""

    def __init__(self, folder: Path) -> None:
        self._folder = os.path.realpath(folder)
        self._room = self._folder

    def allow(self, room: Path) -> None:
        """From now on files may be made in this folder, and no longer in the one before it."""
        self._room = os.path.realpath(room)

    def watch(self, event: str, arguments: Sequence[object]) -> None:
        """An audit hook of the interpreter: raises where the event is to be refused."""
        if event == "open":
            self._opened(*arguments)
        elif event in _NETWORK or event in _STARTING:
            raise PermissionError(f"a reader of documents may not do this: {event}")
        elif event == "subprocess.Popen":
            _refuse_program(arguments[1])
        elif event in _CHANGING:
            self._changed(arguments[1:] if event in _LINKING else arguments)

    def _opened(self, path: object, _mode: object, flags: object) -> None:
        if not isinstance(flags, int) or not flags & _WRITING:
            return
        if isinstance(path, str | bytes | os.PathLike):
            self._refuse_outside(path)

    def _changed(self, paths: Sequence[object]) -> None:
        """It is the entry of a folder that changes, not what a link there leads to."""
        for path in paths:
            if isinstance(path, str | bytes | os.PathLike):
                folder, name = os.path.split(os.fsdecode(path))
                self._refuse_outside(folder or os.curdir if name else folder)

    def _refuse_outside(self, path: str | bytes | os.PathLike[str] | os.PathLike[bytes]) -> None:
        real = os.path.realpath(os.fsdecode(path))
        if real == os.devnull:
            return
        for folder in (self._room, self._folder):
            if real == folder or real.startswith(folder + os.sep):
                return
        raise PermissionError(f"a reader of documents may not write here: {real}")


def _refuse_program(command: object) -> None:
    first = command[0] if isinstance(command, list | tuple) and command else command
    name = PurePath(os.fsdecode(first)).name if isinstance(first, str | bytes | PurePath) else ""
    if name not in PROGRAMS:
        raise PermissionError(f"a reader of documents may not start this: {name or 'a shell'}")
