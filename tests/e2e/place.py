"""Where the end-to-end tests keep a library, and who serves it: this process, or several.

As they are, libraries are in files and the app runs inside the tests. A plugin that puts something
else under `SERVING` has the same tests run against that.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from httpx2 import ASGITransport, AsyncClient, Client
from starlette.testclient import TestClient

from api.app import build_app
from assistant.backends import open_backends
from assistant.library.keys import KeyBook
from assistant.settings import Settings
from cli.queueing import serving_runs
from cli.serving import services_of_library

BASE = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Place:
    """A library that is served: its client, who may use it, and a client for tools."""

    client: Client
    keys: KeyBook
    tools: Callable[[], AsyncClient]


class Serving(Protocol):
    """Serves a library of a data directory of its own, by settings, while inside."""

    def __call__(self, home: Path, **chosen: object) -> AbstractContextManager[Place]: ...


SERVING: pytest.StashKey[Serving] = pytest.StashKey()


@contextmanager
def serving_here(home: Path, **chosen: object) -> Iterator[Place]:
    """The embedded default: stores in files, and the app inside the tests."""
    settings = Settings.model_validate({"home": home, "embedder_threads": 1, **chosen})
    with (
        open_backends(settings, "a test") as backends,
        serving_runs(settings, backends) as parts,
    ):
        app = build_app(services_of_library(settings, backends, *parts))

        def tools() -> AsyncClient:
            return AsyncClient(transport=ASGITransport(app), base_url=BASE)

        with TestClient(app, base_url=BASE) as client:
            yield Place(client, backends.library.ledger.keys, tools)
