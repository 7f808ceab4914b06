"""Which index answers a caller who may not read everything."""

from collections.abc import Iterator

import pytest
from httpx2 import Client

from assistant.access.keys import KeyRole
from assistant.library.snapshots import StateSnapshots
from tests.e2e.place import serving_here
from tests.e2e.test_closed_documents import CLOSED, OPEN, Headers, filled, key, told


@pytest.fixture
def readers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[Client, Headers]]]:
    """A reader of the same clearance in a library with closed documents, and in one without."""
    with (
        serving_here(tmp_path_factory.mktemp("with")) as both,
        serving_here(tmp_path_factory.mktemp("without")) as alone,
    ):
        places = [filled(both, CLOSED | OPEN), filled(alone, OPEN)]
        yield [(one.client, key(one, "low", KeyRole.READER, "NATO RESTRICTED")) for one in places]


def test_the_index_in_use_is_never_asked_for_who_may_not_read_all(
    readers: list[tuple[Client, Headers]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It weighs words by all there are, so such a question waits for what may be read."""
    monkeypatch.setattr(StateSnapshots, "now", lambda *_: (None, None))
    body = {"question": "Where was Exercise Falcon held?", "top_k": 50}
    first, second = (
        told(client.post("/v1/search", json=body, headers=headers)) for client, headers in readers
    )
    assert first == second
