"""What a reader process may and may not do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.apart.guard import Guard

WRITING = os.O_WRONLY | os.O_CREAT


@pytest.fixture
def guard(tmp_path: Path) -> Guard:
    for name in ("own", "room", "elsewhere"):
        (tmp_path / name).mkdir()
    guard = Guard(tmp_path / "own")
    guard.allow(tmp_path / "room")
    return guard


@pytest.mark.parametrize("place", ["own/a", "room/a", "room/b/c", "room/x/../a"])
def test_files_may_be_made_in_its_folders(guard: Guard, tmp_path: Path, place: str) -> None:
    guard.watch("open", (str(tmp_path / place), "w", WRITING))
    guard.watch("os.remove", (str(tmp_path / place), -1))


@pytest.mark.parametrize("place", ["elsewhere/a", "roomy", "room/../a", "own/../elsewhere/a"])
def test_files_may_be_made_nowhere_else(guard: Guard, tmp_path: Path, place: str) -> None:
    path = str(tmp_path / place)
    for event, arguments in (
        ("open", (path, "w", WRITING)),
        ("open", (os.fsencode(path), None, os.O_RDWR)),
        ("os.remove", (path, -1)),
        ("os.mkdir", (path, 0o777, -1)),
        ("os.rename", (str(tmp_path / "room" / "a"), path, -1, -1)),
        ("os.symlink", ("/etc/passwd", path, -1)),
    ):
        with pytest.raises(PermissionError):
            guard.watch(event, arguments)


def test_a_link_leads_to_no_other_place(guard: Guard, tmp_path: Path) -> None:
    (tmp_path / "room" / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PermissionError):
        guard.watch("open", (str(tmp_path / "room" / "link" / "a"), "w", WRITING))
    guard.watch("os.remove", (str(tmp_path / "room" / "link"), -1))


def test_the_room_before_is_shut(guard: Guard, tmp_path: Path) -> None:
    guard.allow(tmp_path / "elsewhere")
    with pytest.raises(PermissionError):
        guard.watch("open", (str(tmp_path / "room" / "a"), "w", WRITING))


def test_everything_may_be_read(guard: Guard) -> None:
    guard.watch("open", ("/etc/hostname", "r", os.O_RDONLY | os.O_CLOEXEC))
    guard.watch("open", (7, "w", WRITING))
    guard.watch("open", (os.devnull, "w", WRITING))
    guard.watch("import", ("json", None, None, None, None))


@pytest.mark.parametrize("program", ["tesseract", "/usr/bin/soffice", b"/usr/bin/tesseract"])
def test_the_programs_it_needs_may_be_started(guard: Guard, program: str | bytes) -> None:
    guard.watch("subprocess.Popen", (program, [program, "--version"], None, None))


@pytest.mark.parametrize("command", [["sh", "-c", "tesseract"], ["/tmp/curl"], "tesseract; id", []])
def test_other_programs_may_not(guard: Guard, command: object) -> None:
    with pytest.raises(PermissionError):
        guard.watch("subprocess.Popen", ("tesseract", command, None, None))


@pytest.mark.parametrize(
    "event", ["socket.connect", "socket.getaddrinfo", "socket.bind", "os.system", "os.exec"]
)
def test_network_and_shell_are_refused(guard: Guard, event: str) -> None:
    with pytest.raises(PermissionError):
        guard.watch(event, ())


def test_the_kernel_gives_no_socket_of_a_network_where_it_is_said_to_refuse_them() -> None:
    code = (
        "import socket\n"
        "from ingest.apart.seccomp import refuse_sockets\n"
        "print(refuse_sockets())\n"
        "socket.socket(socket.AF_UNIX).close()\n"
        "socket.socketpair()\n"
        "for family in (socket.AF_INET, socket.AF_INET6):\n"
        "    try: socket.socket(family); print('open')\n"
        "    except PermissionError: print('refused')\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    # A kernel or machine without such a filter is told as one.
    assert said.stdout.split() in (["True", "refused", "refused"], ["False", "open", "open"])
