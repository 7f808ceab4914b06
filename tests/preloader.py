"""The process behind `tests.preloaded`: it has the command imported, and forks for each run.

A request is a run's arguments, surroundings and standard streams, and a socket of its own: there
the process that runs is told, and at last how it ended.
"""

import gc
import json
import os
import selectors
import signal
import socket
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

IMPORTED = (
    "cli.app",
    "assistant.chain",
    "assistant.library.library",
    "assistant.models.openai",
    "chromadb.api.rust",
    "cli.beginning",
    "cli.ingesting",
    "cli.progress",
    "cli.serving",
    "ingest.apart.pool",
    "ingest.queue",
    "ingest.web.fetch",
    "sqlalchemy.dialects.sqlite",
)
REQUEST_BYTES = 1 << 17


def serve(asking: socket.socket) -> list[str]:
    """Forks for each request; returns in the process that runs one, with its arguments."""
    with selectors.DefaultSelector() as waiting:
        waiting.register(asking, selectors.EVENT_READ)
        while True:
            for key, _ in waiting.select():
                if key.data:
                    waiting.unregister(key.fileobj)
                    _tell_end(*key.data)
                elif (request := _next(asking, waiting)) is not None:
                    asking.close()
                    return _become(request)


def _next(asking: socket.socket, waiting: selectors.BaseSelector) -> bytes | None:
    """The next request in the process that is to run it, None in this one."""
    request, handles, _, _ = socket.recv_fds(asking, REQUEST_BYTES, 4)
    if not request:  # who asked is gone
        sys.exit()
    streams, telling = handles[:3], socket.socket(fileno=handles[3])
    if pid := os.fork():
        telling.send(str(pid).encode())
        ending = os.pidfd_open(pid)
        waiting.register(ending, selectors.EVENT_READ, (pid, ending, telling))
    else:
        telling.close()
        for key in filter(lambda key: key.data, waiting.get_map().values()):
            os.close(key.data[1])
            key.data[2].close()
        for place, stream in enumerate(streams):
            os.dup2(stream, place)
    for stream in streams:
        os.close(stream)
    return None if pid else request


def _tell_end(pid: int, ending: int, telling: socket.socket) -> None:
    os.close(ending)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with telling, suppress(BrokenPipeError):  # whoever asked may not care any more
        telling.send(str(code).encode())


def _become(request: bytes) -> list[str]:
    """Gives this process what a new one would have: all but its arguments, which it returns."""
    run = json.loads(request)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()  # noqa: TID251  # it is another's
    os.environ.update(run["environment"])  # noqa: TID251
    os.chdir(run["folder"])
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(  # noqa: SIM115
        2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False
    )
    arguments: list[str] = run["arguments"]
    return arguments


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends who asks, and with it this
    line = socket.socket(fileno=int(sys.argv[1]))
    for module in IMPORTED:
        import_module(module)
    (_,) = Path("/proc/self/task").iterdir()  # what another thread holds would stay held in a fork
    gc.collect()
    gc.freeze()
    line.send(b"ready")
    sys.argv = ["attache", *serve(line)]
    sys.exit(import_module("cli.app").main())
