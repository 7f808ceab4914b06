"""The `attache` command in a process of its own, as a user runs it."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TypeAlias

from tests.preloaded import begin

ATTACHE = Path(sys.executable).with_name("attache")
Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


@dataclass(frozen=True)
class Ended:
    """A command that ended."""

    code: int
    out: str
    err: str

    def json(self) -> dict[str, Json]:
        """Standard output, which must be one JSON object and nothing else."""
        body: dict[str, Json] = json.loads(self.out)
        return body


def environment(home: Path, **settings: str) -> dict[str, str]:
    """What the command sees of its surroundings."""
    shown = {"ATTACHE_HOME": str(home), "HOME": str(home), "PATH": "/usr/bin:/bin", "COLUMNS": "80"}
    return {**shown, "LC_ALL": "C.UTF-8", **settings}


def attache(home: Path, *arguments: str | Path, said: str = "", **settings: str) -> Ended:
    """The command, run to its end in a process that has it imported already."""
    with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
        given.write(said.encode())
        given.seek(0)
        streams = (given.fileno(), out.fileno(), err.fileno())
        code = begin([*map(str, arguments)], environment(home, **settings), streams).wait(600)
        return Ended(code, _written(out), _written(err))


def _written(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def installed(home: Path, *arguments: str | Path, **settings: str) -> Ended:
    """The command as it is installed, run to its end: for what begins with the process."""
    ended = subprocess.run(
        [ATTACHE, *arguments],
        env=environment(home, **settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)
