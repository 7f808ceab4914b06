"""`attache search`, and the options that narrow it and `attache ask`."""

from pathlib import Path

import pytest

from tests.integration.commands import Json, attache

TREATY = """---
title: Visits of warships
issuer: Ministère de la Défense
date: 1999-05-01
---

The captain announces the visit of a warship thirty days before the ship arrives.
"""
MANUAL = "# Manual\n\nThe captain of a warship announces a visit by signal and by letter.\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    for folder, text in (("treaties", TREATY), ("manuals", MANUAL)):
        (home / folder).mkdir()
        (home / folder / "visits.md").write_text(text)
    ended = attache(home, "ingest", home / "treaties", home / "manuals")
    assert ended.code == 0, ended.err
    return home


def titles(home: Path, *options: str | Path) -> list[Json]:
    ended = attache(home, "search", "Who announces a visit?", "--json", *options)
    passages = ended.json()["passages"]
    assert isinstance(passages, list)
    assert ended.code == (0 if passages else 1)
    return [each["title"] for each in passages if isinstance(each, dict)]


def test_passages_are_written_with_their_place(home: Path) -> None:
    ended = attache(home, "search", "Who announces a visit?", "--top-k", "1")
    assert ended.code == 0
    assert ended.out.startswith("1. ")
    assert "announces" in ended.out
    assert "2. " not in ended.out


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (["--folder", "{home}/treaties"], ["Visits of warships"]),
        (["--folder", "file://{home}/manuals/"], ["Manual"]),
        (["--issuer", "ministere de la defense"], ["Visits of warships"]),
        (["--from", "1999-05-01", "--to", "1999-05-01"], ["Visits of warships"]),
        (["--marking", "SECRET"], []),
    ],
)
def test_a_search_is_narrowed(home: Path, options: list[str], wanted: list[str]) -> None:
    assert titles(home, *(option.format(home=home) for option in options)) == wanted


def test_a_search_that_finds_nothing_says_whether_it_was_narrowed(home: Path) -> None:
    ended = attache(home, "search", "Who announces a visit?", "--marking", "SECRET")
    assert (ended.code, ended.err) == (1, "")
    assert "Leave out what narrows it" in ended.out


def test_an_answer_is_narrowed_to_a_document_named_by_the_beginning_of_its_id(home: Path) -> None:
    items = attache(home, "documents", "list", "--json").json()["items"]
    assert isinstance(items, list)
    ids = {i["title"]: str(i["document_id"]) for i in items if isinstance(i, dict)}
    question = "Who announces the visit of a warship?"
    ended = attache(home, "ask", question, "--json", "--document", ids["Manual"][:12])
    passages = ended.json()["passages"]
    assert isinstance(passages, list)
    assert {each["title"] for each in passages if isinstance(each, dict)} == {"Manual"}


@pytest.mark.parametrize(
    ("options", "advice"),
    [
        (["--language", "english"], "Write its code"),
        (["--from", "May"], "Write it like 2024-06-30"),
        (["--from", "2020-01-01", "--to", "2019-01-01"], "Exchange the two"),
        (["--document", "none"], "attache documents list"),
        (["--top-k", "0"], "--top-k"),
    ],
)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_options_that_cannot_be_read_are_refused_with_advice(
    home: Path, command: str, options: list[str], advice: str
) -> None:
    if command == "ask" and "--top-k" in options:
        advice = "No such option"
    ended = attache(home, command, "Who?", *options)
    assert (ended.code, ended.out) == (2, "")
    assert advice in " ".join(ended.err.split())
