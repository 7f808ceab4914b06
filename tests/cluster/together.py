"""A library on real servers, with several API processes behind a real nginx, all on loopback."""

import json
import os
import re
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.chroma_process import ChromaProcess, running_chroma
from tests.integration.commands import ATTACHE, Json, environment
from tests.postgres_server import PostgresServer, running_postgres

_CONFIGURATION = Path(__file__).parents[2] / "deploy" / "nginx.conf"
_PATIENCE_S = 180.0


class Process:
    """One API process, or a worker at port 0; it can be killed and brought back."""

    def __init__(self, home: Path, port: int, settings: dict[str, str]) -> None:
        self._home = home
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._settings = settings
        self._running: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None

    def start(self) -> None:
        """Starts it, and does not wait."""
        command = ("serve", "--port", str(self.port)) if self.port else ("worker",)
        # A file and no pipe: what nobody reads would stop a process that has much to complain of.
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the process
        self._running = subprocess.Popen(
            [ATTACHE, *command],
            env=environment(self._home, **self._settings),
            stdin=subprocess.DEVNULL,
            stdout=self._said,
            stderr=self._said,
        )

    @property
    def pid(self) -> int:
        """The number of the running process."""
        assert self._running is not None
        return self._running.pid

    def require_alive(self) -> None:
        """Fails with what it said where it ended by itself."""
        if self._running is not None and self._running.poll() is not None:
            assert self._said is not None
            self._said.seek(0)
            raise AssertionError(self._said.read().decode("utf-8", "replace"))

    def kill(self) -> None:
        """Ends it as a crash would."""
        if self._running is not None:
            self._running.kill()
            self._running.wait()
            self._running = None
        if self._said is not None:
            self._said.close()


@dataclass
class Together:
    """All that runs, and the address that people use."""

    url: str
    postgres: PostgresServer
    chroma: ChromaProcess
    worker: Process
    settings: dict[str, str]
    processes: list[Process]


@contextmanager
def running_together(
    folder: Path,
    processes: int = 2,
    given: PostgresServer | None = None,
    vectors: ChromaProcess | None = None,
) -> Iterator[Together]:
    """Servers, API processes and nginx that run while inside; a given database is used afar."""
    with ExitStack() as running:
        postgres = given or running.enter_context(running_postgres())
        database = postgres.new_database()
        chroma = vectors or running.enter_context(running_chroma(folder / "chroma"))
        settings = {
            "ATTACHE_DATABASE_URL": postgres.url_from_afar(database) if given else database,
            "ATTACHE_CHROMA_URL": chroma.url,
            "ATTACHE_FILES": str(folder / "originals"),
            "ATTACHE_STARTER": "false",
            "ATTACHE_PARSE_WORKERS": "1",
        }
        worker = Process(folder / "worker", 0, settings)
        running.callback(worker.kill)
        front, serving = running.enter_context(running_processes(folder, settings, processes))
        yield Together(front, postgres, chroma, worker, settings, serving)


@contextmanager
def running_processes(
    folder: Path, settings: dict[str, str], count: int = 2
) -> Iterator[tuple[str, list[Process]]]:
    """API processes of one library, ready for questions, and the address of nginx before them."""
    front, *ports = free_ports(1 + count)
    with ExitStack() as running:
        processes = [Process(folder / f"home-{n}", port, settings) for n, port in enumerate(ports)]
        for process in processes:
            running.callback(process.kill)
            process.start()
        running.enter_context(_nginx(folder, front, ports))
        for process in processes:
            wait_until_ready(process.url, process.require_alive)
        yield f"http://127.0.0.1:{front}", processes


@contextmanager
def _nginx(folder: Path, front: int, ports: list[int]) -> Iterator[None]:
    text = _CONFIGURATION.read_text(encoding="utf-8")
    text = text.replace("listen 127.0.0.1:8000;", f"listen 127.0.0.1:{front};")
    for number, port in enumerate(ports, start=1):
        text = text.replace(f"127.0.0.1:800{number} ", f"127.0.0.1:{port} ")
    places = "".join(
        f"{kind}_temp_path {folder / kind};\n  "
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = re.sub(r"http \{", f"http {{\n  access_log off;\n  {places}", text, count=1)
    configuration = folder / "nginx.conf"
    configuration.write_text(f"pid {folder / 'nginx.pid'};\n{text}", encoding="utf-8")
    command = ["nginx", "-p", f"{folder}", "-c", f"{configuration}"]
    command += ["-e", f"{folder}/nginx.log"]
    # As root, its workers would be another user, who may not enter the folder of the tests.
    user = ["user root;"] if os.getuid() == 0 else []
    command += ["-g", " ".join(["daemon off;", *user])]
    running = subprocess.Popen(command, env={"PATH": "/usr/sbin:/usr/bin:/bin"})
    try:
        yield
    finally:
        running.terminate()
        running.wait(30)


def wait_until_ready(url: str, require_alive: Callable[[], None] = lambda: None) -> float:
    """Seconds until a process is ready for questions."""
    began = time.monotonic()
    while True:
        require_alive()
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=30):
                return time.monotonic() - began
        except OSError as error:
            _close(error)
            assert time.monotonic() - began < _PATIENCE_S, f"{url} does not become ready"
            time.sleep(0.2)


def get(url: str) -> dict[str, Json]:
    """The object at an address."""
    with urllib.request.urlopen(url, timeout=60) as reply:
        body: dict[str, Json] = json.loads(reply.read())
    return body


def listed(url: str) -> list[dict[str, Json]]:
    """Every document that a process lists."""
    found: list[dict[str, Json]] = []
    cursor = ""
    while True:
        page = get(f"{url}/v1/documents?limit=100{cursor}")
        items = page["items"]
        assert isinstance(items, list)
        found += [one for one in items if isinstance(one, dict)]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


def titles(url: str) -> list[str]:
    """The titles of all documents that a process lists."""
    return [str(one["title"]) for one in listed(url)]


def text_at(url: str) -> str:
    """The text at an address."""
    with urllib.request.urlopen(url, timeout=60) as reply:
        body: bytes = reply.read()
    return body.decode()


def post(url: str, body: Json) -> dict[str, Json]:
    """What is answered to a JSON body."""
    return _sent(url, json.dumps(body).encode(), "application/json")


def upload(url: str, files: dict[str, str]) -> str:
    """Sends files to be taken in, and does not wait for that; the name of their run."""
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        f"Content-Type: text/markdown\r\n\r\n{text}\r\n"
        for name, text in files.items()
    ]
    body = "".join([*parts, f"--{boundary}--\r\n"]).encode()
    answer = _sent(
        f"{url}/v1/documents?wait=false", body, f"multipart/form-data; boundary={boundary}"
    )
    return str(answer["run_id"])


def wait_for_run(url: str, run_id: str) -> dict[str, Json]:
    """A run once it ended, asked for at any process, also while some are away."""
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            run = get(f"{url}/v1/ingest-runs/{run_id}")
            if run["state"] not in ("queued", "running"):
                return run
        except OSError as error:
            _close(error)
        assert time.monotonic() < until, f"the run {run_id} does not end"
        time.sleep(0.1)


def _sent(url: str, body: bytes, kind: str) -> dict[str, Json]:
    request = urllib.request.Request(url, body, {"Content-Type": kind})
    with urllib.request.urlopen(request, timeout=120) as reply:
        answer: dict[str, Json] = json.loads(reply.read())
    return answer


def _close(error: OSError) -> None:
    """Closes the answer that an error holds, where it was one."""
    if isinstance(error, urllib.error.HTTPError):
        error.close()


def free_ports(number: int) -> list[int]:
    """Ports of loopback that nobody listens at."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports
