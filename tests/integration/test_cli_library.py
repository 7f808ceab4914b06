"""Ingest, questions and documents: one library, used by one command after another."""

from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import pytest

from assistant.library.lock import hold
from tests.integration.commands import attache

BRIEF = """---
title: The accession of Finland
issuer: Test desk
date: 2023-05-01
---
# The accession of Finland

Finland became the 31st member of NATO on 4 April 2023. Its border with Russia is 1,340 km long.
"""
OTHER = "Defence attachés\n\nA defence attaché represents the armed forces at an embassy.\n"
QUESTION = "When did Finland become a member of NATO?"


def _worked_s() -> float:
    """Seconds of the processor that the commands had so far: no other work counts."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("library")
    documents = folder / "documents"
    documents.mkdir()
    (documents / "finland.md").write_text(BRIEF, encoding="utf-8")
    (documents / "attachés.txt").write_text(OTHER, encoding="utf-8")
    (documents / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    ended = attache(folder, "ingest", documents, "--json")
    report = ended.json()
    assert (ended.code, report["added"], report["unchanged"]) == (1, 2, 0), ended.err
    return folder


def test_a_bad_file_is_named_in_the_report_and_stops_nothing(home: Path) -> None:
    ended = attache(home, "ingest", home / "documents" / "broken.pdf")
    assert ended.code == 1
    assert ended.out.startswith("1 failed")
    assert "broken.pdf" in ended.out


def test_a_second_ingest_does_nothing_and_takes_no_time(home: Path) -> None:
    before = _worked_s()
    sources = [home / "documents" / "finland.md", home / "documents" / "attachés.txt"]
    ended = attache(home, "ingest", *sources, "--json")
    # Seconds of the processor: a third of it, where neither models nor indexes are loaded.
    assert _worked_s() - before < 4
    report = ended.json()
    assert ended.code == 0
    assert set(report) == {
        "run_id",
        "added",
        "updated",
        "unchanged",
        "removed",
        "failed",
        "chunks",
        "elapsed_s",
        "moved",
        "duplicated",
        "warnings",
    }
    assert (report["added"], report["unchanged"], report["chunks"]) == (0, 2, 0)
    assert ended.err == ""


def test_a_path_that_is_not_there_fails_by_name(home: Path) -> None:
    ended = attache(home, "ingest", home / "nowhere", "--json")
    failed = ended.json()["failed"]
    assert ended.code == 1
    assert isinstance(failed, list)
    assert isinstance(failed[0], dict)
    assert failed[0]["source"] == str(home / "nowhere")


def test_a_question_is_answered_with_its_citation(home: Path) -> None:
    ended = attache(home, "ask", QUESTION)
    assert ended.code == 0, ended.err
    assert "4 April 2023" in ended.out
    assert "[1] The accession of Finland" in ended.out


def test_a_question_in_json_is_the_answer_of_the_api(home: Path) -> None:
    ended = attache(home, "ask", QUESTION, "--json")
    answer = ended.json()
    assert (ended.code, ended.err) == (0, "")
    assert answer["abstained"] is False
    assert answer["citations"]


def test_a_time_before_the_library_has_no_answer(home: Path) -> None:
    ended = attache(home, "ask", QUESTION, "--as-of", "2020-01-01", "--json")
    assert (ended.code, ended.json()["abstained"]) == (1, True)


def test_a_conversation_goes_on_until_it_is_left(home: Path) -> None:
    ended = attache(home, "chat", said=f"\n{QUESTION}\n/new\n/quit\nnever read\n")
    assert ended.code == 0, ended.err
    assert "4 April 2023" in ended.out
    assert "A new conversation." in ended.out
    assert "Traceback" not in ended.err


def test_documents_are_listed_as_the_api_lists_them(home: Path) -> None:
    listed = attache(home, "documents", "list", "--json").json()
    items = listed["items"]
    assert (listed["total"], listed["next_cursor"]) == (2, None)
    assert isinstance(items, list)
    assert {item["title"] for item in items if isinstance(item, dict)} == {
        "The accession of Finland",
        "Defence attachés",
    }


def test_a_document_is_shown_by_how_its_id_begins(home: Path) -> None:
    listed = attache(home, "documents", "list").out
    short = next(line.split()[0] for line in listed.splitlines() if "Finland" in line)
    shown = attache(home, "documents", "show", short, "--json").json()
    assert shown["issuer"] == "Test desk"
    text = attache(home, "documents", "show", short, "--text").out
    assert "1,340 km" in text


def test_a_listing_shows_markings_where_documents_have_some(home: Path, tmp_path: Path) -> None:
    assert "marking" not in attache(home, "documents", "list").out
    source = tmp_path / "marked.md"
    source.write_text(f"---\nmarking: NATO RESTRICTED\n---\n{OTHER}", encoding="utf-8")
    assert attache(tmp_path, "ingest", source).code == 0
    listed = attache(tmp_path, "documents", "list")
    assert "marking" in listed.out.splitlines()[0]
    assert "NATO RESTRICTED" in listed.out
    assert listed.err == "1 document\n"


def test_an_unknown_document_is_wrong_use(home: Path) -> None:
    ended = attache(home, "documents", "show", "none")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: The library has no document 'none'.")


def test_a_held_directory_is_refused_with_who_holds_it(home: Path) -> None:
    with hold(home, "attache backup"):
        ended = attache(home, "ingest", home / "documents")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    assert "(attache backup, since " in ended.err
    assert "Wait for its end" in ended.err


def test_a_held_directory_can_be_listed_and_examined(home: Path) -> None:
    with hold(home, "another command"):
        assert attache(home, "documents", "list", "--json").code == 0
        examined = attache(home, "doctor", "--json")
    found = examined.json()
    assert (examined.code, found["documents"], found["problems"]) == (0, 2, [])
    assert "another command" in str(found["in_use"])


def test_a_removed_document_answers_no_more(tmp_path: Path) -> None:
    source = tmp_path / "finland.md"
    source.write_text(BRIEF, encoding="utf-8")
    assert attache(tmp_path, "ingest", source).code == 0
    listed = attache(tmp_path, "documents", "list", "--json").json()["items"]
    assert isinstance(listed, list)
    assert isinstance(listed[0], dict)
    name = str(listed[0]["document_id"])
    assert attache(tmp_path, "documents", "remove", name, said="n\n").code == 1
    assert attache(tmp_path, "documents", "remove", name, "--yes").code == 0
    assert attache(tmp_path, "documents", "list", "--json").json()["total"] == 0
    assert attache(tmp_path, "documents", "remove", name, "--yes").code == 2
