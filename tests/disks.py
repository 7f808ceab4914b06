"""Disks of their own for servers, small enough to be filled. Only root can make one."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_BALLAST = "ballast"


@contextmanager
def disk(folder: Path, room: str) -> Iterator[None]:
    """A disk with so much room, such as `400m`, at a folder while inside; then nothing is left."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(folder)]
    subprocess.run(mount, check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> None:
    """Leaves no room on the disk at a folder."""
    with suppress(OSError), (folder / _BALLAST).open("wb", buffering=0) as file:
        while True:
            file.write(b"0" * 65536)


def empty(folder: Path) -> None:
    """Gives the room back."""
    (folder / _BALLAST).unlink()
