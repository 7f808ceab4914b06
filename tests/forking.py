"""The command, imported once and forked for each run: importing it takes longer than the run."""

import json
import subprocess
import sys
from pathlib import Path
from select import select
from types import TracebackType
from typing import Self

import cli
from tests.integration.commands import environment

_CHECKOUT = Path(cli.__file__).parent.parent
# It forks while it has one thread only, which onnxruntime would change: the child imports that.
_FORKER = """
import json, os, sys
import assistant.chain, assistant.library.library, assistant.models.openai, huggingface_hub
import cli.app, cli.ingesting, cli.progress, ingest.web.fetch, ingest.apart.pool, ingest.queue
assert "onnxruntime" not in sys.modules and len(os.listdir("/proc/self/task")) == 1
print("ready", flush=True)
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
        sys.argv = ["attache", *json.loads(line)]
        cli.app.main()
        os._exit(0)
    print(pid, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


class Forked:
    """A command that was begun; its session is its own."""

    def __init__(self, forker: "Forker", pid: int) -> None:
        self._forker = forker
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """How it ended, or None while it runs."""
        return self.wait(0)

    def wait(self, seconds: float) -> int | None:
        """The same, after so many seconds at most."""
        if self.returncode is None:
            line = self._forker.line(seconds)
            self.returncode = None if line is None else int(line)
        return self.returncode


class Forker:
    """Begins commands on one data directory, one after the other."""

    def __init__(self, home: Path, **settings: str) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.errors = home.with_name(f"{home.name}.err")
        with self.errors.open("w") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _FORKER],
                env=environment(home, OPENBLAS_NUM_THREADS="1", **settings),
                cwd=_CHECKOUT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                encoding="utf-8",
                bufsize=1,
                start_new_session=True,
            )
        assert self.line(120) == "ready", self.errors.read_text()

    def start(self, *arguments: str | Path) -> Forked:
        """Begins `attache` with these arguments."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([str(each) for each in arguments]) + "\n")
        pid = self.line(30)
        assert pid is not None
        return Forked(self, int(pid))

    def run(self, *arguments: str | Path) -> None:
        """Runs `attache` to its end; it must succeed."""
        code = self.start(*arguments).wait(600)
        assert code == 0, f"{code}: {self.errors.read_text()[-3000:]}"

    def line(self, seconds: float) -> str | None:
        """The next that the forker says."""
        assert self._process.stdout is not None
        if not select([self._process.stdout], (), (), seconds)[0]:
            return None
        return self._process.stdout.readline().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.terminate()
        self._process.wait(10)
        self._process.stdout.close()
