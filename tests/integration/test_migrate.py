"""A library copied to servers and back: the same rows, the same answers, the source untouched."""

import hashlib
import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.chroma_process import ChromaProcess, running_chroma
from tests.integration.commands import Ended, Json, attache
from tests.integration.served import begun, served
from tests.wholeness import ledger_faults

pytestmark = pytest.mark.postgres

STARTER = Path(__file__).parents[2] / "library"
QUESTIONS = (
    "What does Article 5 of the North Atlantic Treaty say?",
    "What is a defence attaché?",
    "When was the Washington Treaty signed?",
)


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaProcess]:
    with running_chroma(tmp_path_factory.mktemp("chroma")) as server:
        yield server


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A library with versions, a removed document, and a conversation of the key with it."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("folder")
    changing, going = folder / "falcon.md", folder / "going.md"
    changing.write_text("# Falcon\n\nThe exercise took place with 4200 troops.\n")
    going.write_text("# Going\n\nThe annex is withdrawn.\n")
    assert attache(home, "ingest", STARTER, folder).code == 0
    changing.write_text("# Falcon\n\nThe exercise took place with 4300 troops.\n")
    going.unlink()
    assert attache(home, "ingest", "--sync", folder).code == 0
    secret = str(attache(home, "keys", "add", "desk", "--json").json()["key"])
    with served(home) as (_, url):
        talk = told(f"{url}/v1/conversations", secret, {})["conversation_id"]
        told(f"{url}/v1/conversations/{talk}/turns", secret, {"question": QUESTIONS[1]})
    return home, secret


@pytest.fixture(scope="module")
def home(made: tuple[Path, str]) -> Path:
    """Where that library is."""
    return made[0]


def asked(home: Path, **settings: str) -> bytes:
    """The citations of the answer to a question, as bytes."""
    answer = attache(home, "ask", QUESTIONS[0], "--json", **settings)
    assert answer.code == 0, answer.err
    return json.dumps(answer.json()["citations"]).encode()


def files_of(home: Path) -> dict[str, str]:
    """The hash of every file of a data directory, but of what only says who holds it."""
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.startswith(("lock", "ledger.db-"))
    }


def told(url: str, key: str, body: dict[str, Json] | None = None) -> dict[str, Json]:
    """What is answered to a key, to a JSON body or to none."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=60) as reply:
        answer: dict[str, Json] = json.loads(reply.read())
    return answer


def said(home: Path, key: str, **settings: str) -> tuple[list[bytes], list[dict[str, Json]]]:
    """What the API of a server on this library tells.

    The citations of each question's answer, as bytes, and every conversation with its turns.
    """
    with served(home, **settings) as (_, url):
        answers = [told(f"{url}/v1/ask", key, {"question": one}) for one in QUESTIONS]
        items = told(f"{url}/v1/conversations", key)["items"]
        assert isinstance(items, list)
        names = [str(one["conversation_id"]) for one in items if isinstance(one, dict)]
        talks = [told(f"{url}/v1/conversations/{name}", key) for name in names]
    return [json.dumps(one["citations"]).encode() for one in answers], talks


def audit(home: Path, **settings: str) -> Ended:
    return attache(home, "audit", "verify", "--json", **settings)


def test_a_library_goes_to_servers_and_back_and_answers_the_same(
    made: tuple[Path, str],
    tmp_path: Path,
    new_database: Callable[[], str],
    chroma: ChromaProcess,
) -> None:
    home, key = made
    before = said(home, key)
    assert all(len(citations) > 2 for citations in before[0])
    assert "attaché" in str(before[1]), "there is something to carry over"
    then = attache(home, "documents", "show", "Falcon", "--json").out
    files = files_of(home)
    kept = audit(home).json()["head"]
    there = {"ATTACHE_DATABASE_URL": new_database(), "ATTACHE_CHROMA_URL": chroma.url}
    there["ATTACHE_FILES"] = str(tmp_path / "originals")
    gone = migrated(
        attache(
            home,
            *("migrate", "--json", "--to", there["ATTACHE_DATABASE_URL"]),
            *("--chroma", chroma.url, "--originals", there["ATTACHE_FILES"]),
        )
    )
    assert files_of(home) == files
    assert gone["chunks"] == gone["vectors"] == gone["postings"]
    assert audit(tmp_path / "served", **there).json()["head"] == kept
    versions = attache(tmp_path / "served", "documents", "show", "Falcon", "--json", **there)
    assert versions.out == then
    assert "desk" in attache(tmp_path / "served", "keys", "list", **there).out
    assert said(tmp_path / "served", key, **there) == before
    back = tmp_path / "back"
    returned = migrated(attache(tmp_path / "served", "migrate", "--json", "--to", back, **there))
    assert list(ledger_faults(back)) == []
    assert audit(back).json()["problem"] is None
    assert returned["documents"] == gone["documents"]
    assert said(back, key) == before


def migrated(ended: Ended) -> dict[str, Json]:
    assert ended.code == 0, ended.err
    assert "WARNING" not in ended.err, "nothing is wrong where a library comes to a new place"
    return ended.json()


def test_a_copy_that_was_killed_goes_on_and_answers_nothing_until_it_is_whole(
    home: Path, tmp_path: Path, new_database: Callable[[], str]
) -> None:
    url = new_database()
    to = ("migrate", "--json", "--to", url, "--home", tmp_path / "there")
    there = {"ATTACHE_DATABASE_URL": url}
    copying = begun(home, *to)
    with psycopg.connect(url) as seen:
        until = time.monotonic() + 60
        while not _count(seen, "SELECT count(*) FROM versions"):
            assert copying.poll() is None, copying.communicate()[1]
            assert time.monotonic() < until
    copying.kill()
    copying.communicate()
    refused = attache(tmp_path / "there", "ask", QUESTIONS[0], **there)
    assert refused.code == 2
    assert "run the same `attache migrate` again" in refused.err.lower().replace("\n", " ")
    migrated(attache(home, *to))
    assert asked(tmp_path / "there", **there) == asked(home)


def _count(connection: psycopg.Connection, query: str) -> int:
    row = connection.execute(query.encode()).fetchone()
    connection.rollback()
    assert row is not None
    return int(row[0])


def test_another_library_is_never_overwritten(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (tmp_path / "note.md").write_text("# Note\n\nThe note says 7.\n")
    assert attache(other, "ingest", tmp_path / "note.md").code == 0
    files = files_of(other)
    refused = attache(home, "migrate", "--to", other)
    assert refused.code == 2
    assert "holds a library already" in refused.err.replace("\n", " ")
    assert files_of(other) == files


def test_what_would_be_kept_nowhere_is_refused(home: Path) -> None:
    refused = attache(home, "migrate", "--to", "postgresql://nobody@127.0.0.1:1/none")
    assert refused.code == 2
    assert "--home" in refused.err
