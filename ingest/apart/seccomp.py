"""A filter in the kernel: no sockets but those between processes of this machine.

It needs no rights and holds for all programs started from here on, so that it also holds in
containers, which may not make networks of their own.
"""

import ctypes
import errno
import platform
import struct
import sys

_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_MODE_FILTER = 2

# The numbers by which the kernel knows each machine and its call for a socket.
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_IO_URING_SETUP = 425  # it can open sockets past every filter
_OTHER_CALLS = 0x40000000  # a second set of calls on x86_64
_UNIX = 1

_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_CALL, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EACCES


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def refuse_sockets() -> bool:
    """Sets the filter, for good; False where this system has none that is known here."""
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None:
        return False
    code = _filter(*machine)
    program = _Program(len(code) // 8, code)
    control = ctypes.CDLL(None).prctl
    if control(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    done: int = control(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0)
    return done == 0


def _filter(architecture: int, socket_call: int) -> bytes:
    """The filter's instructions; each jump counts those it leaps over."""
    return b"".join(
        struct.pack("=HBBI", *instruction)
        for instruction in (
            (_LOAD, 0, 0, _ARCHITECTURE),
            (_JUMP_EQUAL, 0, 7, architecture),
            (_LOAD, 0, 0, _CALL),
            (_JUMP_AT_LEAST, 5, 0, _OTHER_CALLS),
            (_JUMP_EQUAL, 4, 0, _IO_URING_SETUP),
            (_JUMP_EQUAL, 0, 2, socket_call),
            (_LOAD, 0, 0, _FIRST_ARGUMENT),
            (_JUMP_EQUAL, 0, 1, _UNIX),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _REFUSE),
        )
    )
