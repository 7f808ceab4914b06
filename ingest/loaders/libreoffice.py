"""LibreOffice, where it is installed: old documents made into ones that our loaders read."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from assistant.errors import SourceLimitError, SourceUnreadableError, UnsupportedSourceError
from ingest.parsed import Reading

_PROGRAMS = ("soffice", "libreoffice")
_SHARE = 0.45  # of the time for a document; what comes out is still to be read
# One thread and one heap: each more takes memory that counts, whether it is used or not.
_THRIFTY = {
    "PATH": os.defpath,
    "LANG": "C.UTF-8",
    "MALLOC_ARENA_MAX": "1",
    "MAX_CONCURRENCY": "1",
}
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def converted(data: bytes, suffix: str, target: str, reading: Reading) -> bytes:
    """The document, of the kind that `suffix` names, as one of the kind `target`.

    Raises:
        UnsupportedSourceError: LibreOffice is not installed.
        SourceUnreadableError: it cannot read the document.
        SourceLimitError: it takes too long.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UnsupportedSourceError(
            f"is an old {suffix} document, which only LibreOffice reads. Install LibreOffice, or "
            f"save it as {target.upper()} and ingest that."
        )
    with tempfile.TemporaryDirectory(dir=reading.room, prefix="office-") as name:
        room = Path(name)
        original = room / f"original{suffix}"
        original.write_bytes(data)
        _run(_command(program, room, original, target), reading.limits.seconds * _SHARE, room)
        made = room / "out" / f"original.{target}"
        if not made.is_file() or made.stat().st_size == 0:
            raise SourceUnreadableError(
                "cannot be read by LibreOffice: it is damaged, or needs more memory than "
                "ATTACHE_PARSE_MEMORY_MB allows. Open it where it was made and save it as PDF."
            )
        return made.read_bytes()


def _command(program: str, room: Path, original: Path, target: str) -> list[str]:
    profile = room / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    return [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        target,
        "--outdir",
        str(room / "out"),
        str(original),
    ]


def _run(command: list[str], seconds: float, room: Path) -> None:
    """Runs the program to its end, or ends it with all it started."""
    process = subprocess.Popen(  # noqa: S603 - the program found on the path, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd=room,
        env={**_THRIFTY, "HOME": str(room), "TMPDIR": str(room)},
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise SourceLimitError(
            f"took LibreOffice longer than {seconds:g} s. Split it, or raise "
            "ATTACHE_PARSE_TIMEOUT_S."
        ) from error
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
