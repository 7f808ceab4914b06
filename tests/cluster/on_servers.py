"""A plugin for pytest: the libraries of the end-to-end tests are served by a cluster.

Each has a database and collections of its own on one PostgreSQL and one Chroma, two API processes
and an nginx in front of them. Servers that are running already are named by `--postgres` and
`--chroma`; else two are started.
"""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from httpx2 import AsyncClient, Client

from assistant.library.ledger import open_ledger
from tests.chroma_process import running_chroma
from tests.cluster.together import running_processes
from tests.e2e.place import SERVING, Place
from tests.postgres_server import new_database_at, running_postgres

_PATIENCE_S = 120.0
_running = pytest.StashKey[ExitStack]()


class Cluster:
    """Serves libraries on servers that are running."""

    def __init__(self, folder: Path, postgres: Path, chroma: str) -> None:
        self._folder = folder
        self._postgres = postgres
        self._chroma = chroma
        self._count = 0

    @contextmanager
    def __call__(self, home: Path, **chosen: object) -> Iterator[Place]:
        """As `Serving` says; the data directories of the processes are not `home`."""
        self._count += 1
        folder = self._folder / f"{self._count}"
        folder.mkdir()
        url = new_database_at(self._postgres)
        settings = {
            "ATTACHE_DATABASE_URL": url,
            "ATTACHE_CHROMA_URL": self._chroma,
            "ATTACHE_FILES": str(folder / "originals"),
            "ATTACHE_STARTER": "false",
            "ATTACHE_EMBEDDER_THREADS": "1",
            **{f"ATTACHE_{name.upper()}": str(value) for name, value in chosen.items()},
        }
        with (
            running_processes(folder, settings) as (front, _),
            Client(base_url=front, timeout=_PATIENCE_S) as client,
        ):
            ledger = open_ledger(home, url)
            try:
                yield Place(
                    client,
                    ledger.keys,
                    lambda: AsyncClient(base_url=front, timeout=_PATIENCE_S),
                )
            finally:
                ledger.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Names of servers that are running."""
    parser.addoption("--postgres", type=Path, help="the folder of a PostgreSQL of the tests")
    parser.addoption("--chroma", help="the address of a Chroma server")


def pytest_configure(config: pytest.Config) -> None:
    """Starts servers where none are named."""
    running = config.stash[_running] = ExitStack()
    folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="attache-e2e-")))
    postgres: Path | None = config.getoption("--postgres")
    chroma: str | None = config.getoption("--chroma")
    if postgres is None:
        postgres = running.enter_context(running_postgres()).folder
    if chroma is None:
        chroma = running.enter_context(running_chroma(folder / "chroma")).url
    config.stash[SERVING] = Cluster(folder, postgres, chroma)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stops what was started."""
    config.stash[_running].close()
