"""Vectors on a real Chroma server, also while it is away."""

import gc
import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from time import monotonic

import pytest

from assistant.errors import ConfigurationError, LibraryUnavailableError
from assistant.library.breaker import Breaker
from assistant.library.chroma_server import ChromaServer
from assistant.library.library import open_library
from assistant.library.servers import ChromaAddress, Servers, servers_of
from assistant.settings import Settings
from tests.chroma_process import ChromaProcess, running_chroma
from tests.integration.commands import Json, attache
from tests.integration.served import served
from tests.unit.library.builders import chunk_ids, day, new_version, publish, vector

STARTER = Path(__file__).parents[2] / "library"


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaProcess]:
    with running_chroma(tmp_path_factory.mktemp("chroma")) as server:
        yield server


def servers(chroma: ChromaProcess) -> Servers:
    return Servers(chroma=ChromaAddress(chroma.url))


def test_a_library_is_searched_on_the_server(chroma: ChromaProcess, tmp_path: Path) -> None:
    treaty = new_version("file:///treaty", "An armed attack.\n\nCommon ground.")
    with open_library(tmp_path, "test", servers=servers(chroma)) as library:
        publish(library, day(1), treaty)
        best, cosine = library.vectors.search(vector("An armed attack."), 2)[0]
        assert best == chunk_ids(treaty)[0]
        assert cosine == pytest.approx(1.0, abs=1e-5)
        assert not (tmp_path / "vectors").exists()
    with open_library(tmp_path, "test", servers=servers(chroma)) as library:
        assert library.vectors.count() == 2


def test_libraries_on_one_server_never_touch_each_other(
    chroma: ChromaProcess, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        with open_library(tmp_path / name, "test", servers=servers(chroma)) as library:
            publish(library, day(1), new_version(f"file:///{name}", f"text of {name}"))
    for name in ("one", "two"):
        with open_library(tmp_path / name, "test", servers=servers(chroma)) as library:
            assert library.vectors.count() == 1


def test_a_library_that_comes_to_a_server_brings_its_vectors_and_takes_them_back(
    chroma: ChromaProcess, tmp_path: Path
) -> None:
    first, second = (new_version(f"file:///{name}", f"text {name}") for name in "ab")
    with open_library(tmp_path, "test") as library:
        publish(library, day(1), first)
    with open_library(tmp_path, "test", servers=servers(chroma)) as library:
        assert library.vectors.count() == 1
        publish(library, day(2), second)
    with open_library(tmp_path, "test") as library:
        assert library.vectors.search(vector("text b"), 1)[0][0] == chunk_ids(second)[0]


def test_more_than_one_page_of_names_is_read(
    chroma: ChromaProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.library.chroma_server._NAMED_AT_ONCE", 7)
    place = ChromaServer(ChromaAddress(chroma.url), "attache-pages")
    index = place.open(place.new_name("one"))
    names = chunk_ids(new_version("file:///a", "\n\n".join(f"text {n}" for n in range(20))))
    index.add(names, [vector(name) for name in names])
    assert sorted(index.ids()) == sorted(names)
    index.remove(names[:5])
    assert index.count() == 15
    assert place.names() == [index.name]
    place.remove(index.name)
    assert place.names() == []
    place.close()
    # A connection left open would warn here, and a warning fails.
    gc.collect()


def test_while_the_server_is_away_nobody_waits_for_it_and_it_is_used_again(tmp_path: Path) -> None:
    with (
        running_chroma(tmp_path / "chroma") as chroma,
        open_library(tmp_path / "home", "test", servers=servers(chroma)) as library,
    ):
        publish(library, day(1), new_version("file:///a", "An armed attack."))
        began = monotonic()
        assert library.lacking(began) is None
        chroma.kill()
        for _ in range(4):
            assert library.vectors.search(vector("attack"), 1) == []
        assert "searched by its words alone" in (library.lacking(began) or "")
        assert library.lexical.search("armed attack", 1)
        # Writing waits until it is back.
        bringing_back = Timer(1.0, chroma.start)
        bringing_back.start()
        publish(library, day(2), new_version("file:///b", "Another text."))
        bringing_back.join()
        assert library.vectors.count() == 2
        until = monotonic() + 30
        while not library.vectors.search(vector("An armed attack."), 1):
            assert monotonic() < until
        assert library.lacking(monotonic()) is None


def test_a_server_that_never_answered_is_named(tmp_path: Path) -> None:
    nowhere = Servers(chroma=ChromaAddress("http://127.0.0.1:1"))
    begin = r"127\.0\.0\.1:1 cannot be reached: \[Errno 111\] .*\. Start it, or .* begin again"
    with pytest.raises(LibraryUnavailableError, match=begin):
        open_library(tmp_path, "test", servers=nowhere)


@pytest.mark.parametrize("wrong", ["chroma.example.org:8000", "http://", "http://host/path"])
def test_an_address_of_something_else_is_refused(wrong: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="ATTACHE_CHROMA_URL"):
        open_library(tmp_path, "test", servers=Servers(chroma=ChromaAddress(wrong)))


def test_headers_and_tenant_are_read_from_the_settings() -> None:
    settings = Settings.model_validate(
        {
            "chroma_url": "https://api.trychroma.com",
            "chroma_headers": "X-Chroma-Token: secret; X-Ministry: defence",
            "chroma_tenant": "ministry",
            "chroma_database": "archive",
        }
    )
    found = servers_of(settings).chroma
    assert found is not None
    assert found.headers == {"X-Chroma-Token": "secret", "X-Ministry": "defence"}
    assert (found.tenant, found.database) == ("ministry", "archive")
    assert "secret" not in f"{found!r} {settings!r}"


def test_a_breaker_lets_one_caller_try_after_a_rest_that_grows() -> None:
    time = [0.0]
    breaker = Breaker(lambda: time[0])
    assert breaker.allows()
    breaker.failed()
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()
    time[0] = 1.1
    assert breaker.allows()
    assert not breaker.allows()
    breaker.failed()
    time[0] = 2.5
    assert not breaker.allows()
    time[0] = 3.2
    assert breaker.allows()
    breaker.worked()
    assert breaker.allows()
    assert breaker.allows()
    assert breaker.lacked_since(2.0)
    assert not breaker.lacked_since(3.3)


def test_an_answer_says_that_it_was_searched_by_words_alone(tmp_path: Path) -> None:
    with running_chroma(tmp_path / "chroma") as chroma:
        home = tmp_path / "home"
        settings = {"ATTACHE_CHROMA_URL": chroma.url}
        source = STARTER / "consultation-under-article-4.md"
        taken = attache(home, "ingest", source, "--json", **settings)
        assert taken.code == 0, taken.err
        asked = {"question": "How does consultation under Article 4 work?"}
        with served(home, **settings) as (_, url):
            assert post(f"{url}/v1/ask", asked)["note"] is None
            chroma.kill()
            answer = post(f"{url}/v1/ask", asked)
            assert answer["citations"]
            assert "searched by its words alone" in str(answer["note"])


def post(url: str, body: dict[str, str]) -> dict[str, Json]:
    """What a server answers."""
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as reply:
        answer: dict[str, Json] = json.loads(reply.read())
    return answer
