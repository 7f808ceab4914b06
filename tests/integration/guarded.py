"""The API in process with keys in use: callers of each role and clearance."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.testclient import TestClient

from api.app import build_app
from assistant.access.keys import KeyRole
from assistant.types import StoredChunk
from tests.fakes import QuotingAssistant
from tests.integration.serving import BASE, TEXT, Shelf, opened, services

LOW, HIGH = "NATO RESTRICTED", "NATO SECRET"
Headers = Mapping[str, str]


@dataclass(frozen=True)
class Guarded:
    """A client without a key, what it is served from, and one open document."""

    client: TestClient
    shelf: Shelf
    assistant: QuotingAssistant
    stored: StoredChunk

    def caller(
        self, name: str, role: KeyRole = KeyRole.READER, *clearances: str, groups: str = ""
    ) -> Headers:
        """The headers of a new key."""
        members = tuple(filter(None, groups.split()))
        _, secret = self.shelf.ledger.keys.add(name, role, clearances, members)
        return {"Authorization": f"Bearer {secret}"}


@contextmanager
def guarded(home: Path, **settings: object) -> Iterator[Guarded]:
    """A server on loopback whose library may have keys; it has none yet."""
    with opened(home) as shelf:
        stored = shelf.put("open.md", TEXT)
        assistant = QuotingAssistant(stored)
        served = services(home, shelf, assistant, **settings)
        app = build_app(replace(served, keys=shelf.ledger.keys, audit=shelf.ledger.audit))
        with TestClient(app, base_url=BASE) as client:
            yield Guarded(client, shelf, assistant, stored)
