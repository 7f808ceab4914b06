"""A reader whose documents do to it what the worst documents do: their name says what."""

import ctypes
import errno
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from assistant.types import LoadedDocument, Metadata, Page
from ingest.apart.worker import main
from ingest.limits import Limits
from ingest.parsed import Member, Parsed

_FRAME = struct.Struct(">BI")


def document(text: str) -> LoadedDocument:
    return LoadedDocument(text, Metadata("Made up"), "text/plain", (Page(1, 0, len(text)),))


def hostile(asked: Mapping[str, Any], limits: Limits, page_recognised: Callable[[], None]) -> Any:
    """Does what the first word of the name says, then answers an ordinary reading."""
    word, _, argument = str(asked["name"]).partition(" ")
    room = Path(asked["room"])
    if word == "pages":
        for _ in range(int(argument)):
            time.sleep(0.4)
            page_recognised()
    if word == "page":
        time.sleep(0.4)
        page_recognised()
        time.sleep(60)
    act = ACTS.get(word)
    said = act(argument, room) if act else None
    if isinstance(said, Parsed):
        return said
    return Parsed(document(f"{word} {said} {limits.seconds}"))


def hang(_argument: str, _room: Path) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        pass


def hold_the_interpreter(_argument: str, _room: Path) -> None:
    """Runs machine code that lets no Python thread run."""
    ctypes.PyDLL(None).sleep(60)


def swell(argument: str, _room: Path) -> None:
    held = []
    for _ in range(int(argument)):
        held.append(bytearray(b"x" * (1 << 24)))
        time.sleep(0.002)


def gulp(_argument: str, _room: Path) -> None:
    """Asks for four gigabytes at once."""
    bytearray(4 << 30)


HELD: list[bytes] = []


def fatten(_argument: str, _room: Path) -> None:
    """Keeps memory after its task, less than is allowed, and is seen to also by a busy machine."""
    HELD.append(b"x" * (200 << 20))
    time.sleep(2.0)


def full(_argument: str, _room: Path) -> None:
    raise OSError(errno.ENOSPC, "whatever it says")


def stumble(_argument: str, _room: Path) -> None:
    raise KeyError("no such style")


def swell_by_children(_argument: str, _room: Path) -> None:
    """Each child stays within the limit of one process."""
    for _ in range(4):
        if os.fork() == 0:
            held = bytearray(b"x" * (100 << 20))
            time.sleep(60)
            os._exit(len(held) % 2)
    time.sleep(60)


def crash(_argument: str, _room: Path) -> None:
    ctypes.string_at(0)


def leave(argument: str, _room: Path) -> None:
    os._exit(int(argument))


ORPHANS = 8


def breed(argument: str, _room: Path) -> None:
    """Children that leave the group, and whose parents are gone."""
    leave_orphans(argument)
    time.sleep(60)


def abandon(argument: str, _room: Path) -> None:
    leave_orphans(argument)
    listed, until = Path(argument), time.monotonic() + 2.5
    while time.monotonic() < until:
        if listed.exists() and len(listed.read_text("ascii").splitlines()) == ORPHANS:
            break
        time.sleep(0.02)
    os._exit(5)


def leave_orphans(argument: str) -> None:
    for _ in range(ORPHANS):
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                with Path(argument).open("a", encoding="ascii") as file:  # allowed: in the room
                    file.write(f"{os.getpid()}\n")
                time.sleep(60)
            os._exit(0)


def babble(_argument: str, _room: Path) -> None:
    sys.stdout.write("x" * 300_000)
    sys.stderr.write("y" * 300_000)
    os.write(1, b"z" * 10_000)


def send(argument: str, _room: Path) -> None:
    """Writes to the parent what no reader sends."""
    frames = {
        "oversized": _FRAME.pack(4, 0xFFFFFFF0) + b"x" * 1000,
        "unknown": _FRAME.pack(77, 4) + b"null",
        "text": b"this is no frame at all, is it? " * 100,
        "no-object": _FRAME.pack(4, 6) + b'"done"',
        "extra": _FRAME.pack(4, 4) + b"null" + _FRAME.pack(4, 4) + b"null",
        "nested": _FRAME.pack(5, 200_000) + b"[" * 200_000,
        "pages": _FRAME.pack(3, 4) + b"null",
    }
    for _ in range(100_000 if argument == "pages" else 1):
        for descriptor in range(3, 20):
            try:
                os.write(descriptor, frames[argument])
            except OSError:
                continue
    time.sleep(0.2)


def untrue(argument: str, room: Path) -> Parsed:
    """A reading that cannot be true."""
    inside = room / "member"
    inside.write_bytes(b"x")
    link = room / "link"
    link.symlink_to("/etc/hostname")
    text = document("text")
    readings = {
        "span": Parsed(LoadedDocument("abc", text.metadata, "a/b", (Page(1, 0, 4),))),
        "order": Parsed(
            LoadedDocument("abc", text.metadata, "a/b", (Page(1, 2, 3), Page(2, 0, 1)))
        ),
        "confidence": Parsed(LoadedDocument("abc", text.metadata, "a/b", (Page(1, 0, 3, 7.0),))),
        "type": Parsed(LoadedDocument("abc", Metadata(7), "a/b")),  # type: ignore[arg-type]
        "outside": Parsed(None, (Member("a", "a", Path("/etc/hostname")),)),
        "dots": Parsed(None, (Member("a", "a", room / ".." / "x"),)),
        "link": Parsed(None, (Member("a", "a", link),)),
        "gone": Parsed(None, (Member("a", "a", room / "gone"),)),
        "folder": Parsed(None, (Member("a", "a", room),)),
        "nameless": Parsed(None, (Member("", "a", inside),)),
        "member": Parsed(text, (Member("a", "a.txt", inside),), ("Mind the gap.",)),
        "surrogate": Parsed(document("a\ud83db")),
        "long": Parsed(document("x" * 2_000_000)),
    }
    return readings[argument]


def write(argument: str, _room: Path) -> None:
    with Path(argument).open("wb") as file:
        for _ in range(2048):
            file.write(b"x" * (1 << 20))


def write_many(_argument: str, room: Path) -> None:
    for number in range(2000):
        (room / str(number)).write_bytes(b"x" * (1 << 20))
        time.sleep(0.001)


def litter(_argument: str, _room: Path) -> str:
    seen = sorted(path.name for path in Path.cwd().iterdir())
    Path("left").write_bytes(b"x")
    return f"saw {seen}"


def call_out(argument: str, _room: Path) -> None:
    socket.socket().connect(("127.0.0.1", int(argument)))


def resolve(argument: str, _room: Path) -> None:
    socket.getaddrinfo(argument, 80)


def call_out_by_machine_code(argument: str, _room: Path) -> str:
    """Goes round the interpreter's watch: only the kernel can refuse this."""
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.socket(socket.AF_INET, socket.SOCK_STREAM, 0)
    address = struct.pack("=HH4s8x", socket.AF_INET, socket.htons(int(argument)), b"\x7f\0\0\1")
    return f"connect {libc.connect(descriptor, address, len(address))}"


def start(argument: str, _room: Path) -> None:
    subprocess.run([argument], check=True, timeout=5)


def environment(_argument: str, _room: Path) -> str:
    return Path("/proc/self/environ").read_bytes().replace(b"\0", b"\n").decode()


def whoami(_argument: str, _room: Path) -> str:
    return f"{os.getpid()} {os.getppid()}"


ACTS: Mapping[str, Callable[[str, Path], Any]] = {
    "hang": hang,
    "hold": hold_the_interpreter,
    "swell": swell,
    "gulp": gulp,
    "fatten": fatten,
    "full": full,
    "stumble": stumble,
    "children": swell_by_children,
    "crash": crash,
    "leave": leave,
    "breed": breed,
    "abandon": abandon,
    "babble": babble,
    "send": send,
    "untrue": untrue,
    "write": write,
    "many": write_many,
    "litter": litter,
    "call": call_out,
    "resolve": resolve,
    "machine": call_out_by_machine_code,
    "start": start,
    "environment": environment,
    "whoami": whoami,
}


if __name__ == "__main__":
    main({"load": hostile})
