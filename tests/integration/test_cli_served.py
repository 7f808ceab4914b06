"""Questions on the command line while a server holds the library: it answers them."""

from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

from assistant.library.lock import holder_of
from tests.integration.commands import attache
from tests.integration.served import begun, served
from tests.ports import kept_port

TEXT = """# The accession of Finland

Finland became the 31st member of NATO on 4 April 2023. Its border with Russia is 1,340 km long.
"""
QUESTION = "When did Finland become a member of NATO?"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a document, a key and nobody who holds it."""
    home: Path = tmp_path_factory.mktemp("library")
    (home / "finland.md").write_text(TEXT, encoding="utf-8")
    assert attache(home, "ingest", home / "finland.md").code == 0
    assert attache(home, "keys", "add", "anna").code == 0
    return home


@pytest.fixture(scope="module")
def home(filled: Path) -> Iterator[Path]:
    """The same, held by a server that asks for keys."""
    with served(filled):
        yield filled


def test_a_running_server_answers_in_place_of_the_command(home: Path) -> None:
    ended = attache(home, "ask", QUESTION)
    assert (ended.code, ended.err) == (0, "")
    assert "4 April 2023" in ended.out
    assert "[1] The accession of Finland" in ended.out
    as_json = attache(home, "ask", QUESTION, "--json").json()
    assert (as_json["abstained"], as_json["outcome"]) == (False, "answered")


def test_what_narrows_a_question_reaches_the_server(home: Path) -> None:
    listed = attache(home, "documents", "list", "--json").json()["items"]
    assert isinstance(listed, list)
    assert isinstance(listed[0], dict)
    short = str(listed[0]["document_id"])[:10]
    assert attache(home, "ask", QUESTION, "--document", short).code == 0
    assert attache(home, "ask", QUESTION, "--issuer", "Nobody").code == 1
    assert attache(home, "ask", QUESTION, "--as-of", "2020-01-01").code == 1


def test_a_running_server_searches_in_place_of_the_command(home: Path) -> None:
    found = attache(home, "search", "border with Russia", "--top-k", "1")
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith("1. The accession of Finland")


def test_a_conversation_with_the_server_knows_what_was_said(home: Path) -> None:
    ended = attache(home, "chat", said=f"{QUESTION}\n{'long ' * 2000}\nHow long is its border?\n")
    assert ended.code == 0, ended.err
    assert "4 April 2023" in ended.out
    assert "1,340 km" in ended.out
    assert "Shorten it" in ended.err


def test_what_the_server_refuses_is_refused_as_without_it(home: Path) -> None:
    ended = attache(home, "ask", "long " * 2000)
    assert (ended.code, ended.out) == (2, "")
    assert "may have 4,000" in ended.err
    assert attache(home, "ask", " ").code == 2


def test_a_server_that_has_just_begun_is_waited_for(filled: Path, tmp_path: Path) -> None:
    source, home = filled / "finland.md", tmp_path / "home"
    assert attache(home, "ingest", source).code == 0
    with kept_port() as port:
        server = begun(home, "serve", "--port", str(port))
        try:
            while (holder := holder_of(home)) is None or "serve" not in holder.purpose:
                assert server.poll() is None, server.communicate()
                sleep(0.01)
            assert not (home / "server.json").exists()
            asked = attache(home, "ask", QUESTION)
        finally:
            server.kill()
            server.communicate()
    assert (asked.code, asked.err) == (0, "")
