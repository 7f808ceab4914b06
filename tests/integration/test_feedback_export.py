"""Feedback as a set of questions: what `attache eval` reads of it."""

import json
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError, LibraryError
from cli.evaluation.asked import read_answer_set
from cli.evaluation.judged import read_judged_set
from cli.measurable import export_feedback
from tests.integration.serving import TEXT, opened, serving


def told(home: Path) -> None:
    """A library in which one answer was liked, one put right, and one only disliked."""
    with serving(home) as (client, _, _, stored):
        answers = [
            client.post("/v1/ask", json={"question": question}).json()["id"]
            for question in ("Que font-ils ?", "Qui conseillent-ils ?", "Pourquoi ?")
        ]
        place = {
            "document_id": stored.document_id,
            "version_id": stored.version_id,
            "start": TEXT.index("They"),
            "end": len(TEXT),
        }
        for body in (
            {"answer_id": answers[0], "rating": "up"},
            {"answer_id": answers[1], "rating": "down", "correction": place},
            {"answer_id": answers[2], "rating": "down"},
        ):
            assert client.post("/v1/feedback", json=body).status_code == 201


def test_feedback_becomes_questions_with_the_passages_that_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, folder = tmp_path / "home", tmp_path / "set"
    told(home)
    monkeypatch.setenv("ATTACHE_HOME", str(home))
    export_feedback(folder)
    judged = read_judged_set(folder, None, None)
    assert {query.text for query in judged.queries} == {"Que font-ils ?", "Qui conseillent-ils ?"}
    assert len(judged.corpus) == 1
    assert len(judged.judgements) == 2
    chosen = {item.text: item.sentences for item in read_answer_set(folder, None, None).items}
    assert chosen["Qui conseillent-ils ?"] == ("They also advise the ambassador.",)
    assert chosen["Que font-ils ?"][0].startswith("Les attachés")
    assert json.loads((folder / "about.json").read_text("utf-8"))["questions"] == 2
    line = json.loads((folder / "corpus.jsonl").read_text("utf-8").splitlines()[0])
    assert line["text"] == TEXT


def test_what_is_exported_is_its_maker_s_alone_marked_and_in_the_trail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, folder = tmp_path / "home", tmp_path / "set"
    told(home)
    with opened(home) as shelf:
        shelf.put("plan.md", "The plan is kept.", marking="NATO SECRET")
        shelf.put("other.md", "The other plan is kept.", marking="TOP SECRET")
    monkeypatch.setenv("ATTACHE_HOME", str(home))
    folder.mkdir(mode=0o755)
    export_feedback(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    about = json.loads((folder / "about.json").read_text("utf-8"))
    assert about == {"marking": "NATO SECRET; TOP SECRET", "questions": 2}
    lines = (folder / "corpus.jsonl").read_text("utf-8").splitlines()
    assert [one.get("marking") for one in map(json.loads, lines)].count("NATO SECRET") == 1
    with opened(home) as shelf:
        last = list(shelf.ledger.audit.entries())[-1]
    assert (last.what, json.loads(last.told)) == ("export feedback", about)


def test_nothing_is_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    told(home)
    monkeypatch.setenv("ATTACHE_HOME", str(home))
    with pytest.raises(ConfigurationError, match="not empty"):
        export_feedback(home)


def test_without_a_library_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTACHE_HOME", str(tmp_path / "nowhere"))
    with pytest.raises(LibraryError, match="no library"):
        export_feedback(tmp_path / "set")
