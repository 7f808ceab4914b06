"""Passages named by the hash of their words are found again in a text."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.library.ledger import open_ledger
from benchmarks.domain import (
    Named,
    Question,
    domain_set,
    domain_set_of,
    locate,
    read_questions,
    write_set,
)
from tests.unit.library.builders import new_version

TEXT = "Each attaché reports in May.\n\n“The Envoy's  report”, page 2, came by boat — and late."


def named(words: str, source: str = "letters/report.txt") -> Named:
    count = len(words.split())
    return Named(source=source, words=count, sha256=sha256(words.encode()).hexdigest())


def asked(*passages: Named, name: str = "q1") -> Question:
    return Question(
        _id=name, text="How did it come?", language="en", kind="fact", passages=passages
    )


def found(text: str, words: str) -> str | None:
    passage = named(words)
    place = locate(text, passage.words, passage.sha256)
    return None if place is None else text[place[0] : place[1]]


def test_a_passage_is_found_whatever_its_capitals_and_punctuation() -> None:
    words = "the envoy s report page 2 came by boat"
    assert found(TEXT, words) == "The Envoy's  report”, page 2, came by boat"


@pytest.mark.parametrize("words", ["each attaché reports", "and late", "late", "in may the envoy"])
def test_a_passage_may_stand_anywhere(words: str) -> None:
    place = found(TEXT, words)
    assert place is not None
    assert place.lower().startswith(words.split()[0])
    assert place.lower().endswith(words.split()[-1])


def test_letters_that_grow_when_lower_cased_do_not_move_a_passage() -> None:
    assert found("İİİ İzmir, 1922. A treaty was signed.", "a treaty was signed") == (
        "A treaty was signed"
    )


@pytest.mark.parametrize("words", ["the envoy report", "came by boat late", "and late again"])
def test_words_that_do_not_follow_each_other_are_not_found(words: str) -> None:
    assert found(TEXT, words) is None


def test_nothing_is_found_in_an_empty_text() -> None:
    assert found("", "late") is None


def test_every_passage_that_cannot_be_found_is_named() -> None:
    here, changed = named("came by boat"), named("came by rail")
    gone = named("came by boat", "letters/lost.txt")
    made = domain_set([asked(here, changed, gone)], {here.source: TEXT}.get)
    assert [span.source for span in made.spans["q1"]] == ["letters/report.txt"]
    assert [each.passage for each in made.missing] == [changed, gone]
    other, lost = map(str, made.missing)
    assert "q1" in other
    assert "report.txt" in other
    assert "does not hold these words" in other
    assert "lost.txt" in lost
    assert "Ingest" in lost


def test_the_set_is_made_of_what_stands_in_a_library(tmp_path: Path) -> None:
    home, documents = tmp_path / "home", tmp_path / "documents"
    ledger = open_ledger(home)
    version = new_version((documents / "letters" / "report.txt").as_uri(), TEXT)
    ledger.stage([version])
    ledger.publish([version], datetime(2026, 1, 1, tzinfo=UTC))
    ledger.close()
    made = domain_set_of(documents, home, [asked(named("came by boat"))])
    (span,) = made.spans["q1"]
    assert not made.missing
    assert TEXT[span.start : span.end] == "came by boat"


def test_a_folder_without_a_library_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="attache ingest"):
        domain_set_of(tmp_path, tmp_path, [])


def test_a_question_none_of_whose_passages_is_found_is_left_out(tmp_path: Path) -> None:
    both = named("came by boat"), named("in may")
    made = domain_set(
        [asked(*both), asked(named("came by rail"), name="q2")], {both[0].source: TEXT}.get
    )
    write_set(made, tmp_path)
    queries = [json.loads(line) for line in (tmp_path / "queries.jsonl").read_text().splitlines()]
    assert [(each["_id"], each["text"]) for each in queries] == [("q1", "How did it come?")]
    assert (tmp_path / "qrels.tsv").read_text() == (
        "query-id\tcorpus-id\tscore\nq1\tletters/report.txt\t1\n"
    )
    assert len((tmp_path / "spans.jsonl").read_text().splitlines()) == 2


def test_a_line_that_is_no_question_is_named(tmp_path: Path) -> None:
    (tmp_path / "half.jsonl").write_text('\n{"_id": "q1", "text": "?"}\n')
    with pytest.raises(ConfigurationError, match=r"half\.jsonl, line 2"):
        read_questions(tmp_path)


def test_each_question_has_its_own_id_and_passages_short_enough_to_be_an_answer() -> None:
    questions = read_questions()
    names = [one.question_id for one in questions]
    assert len(names) == len(set(names)) >= 75
    for one in questions:
        assert 1 <= len(one.passages) <= 8, one.question_id
        assert all(10 <= each.words <= 60 for each in one.passages), one.question_id
        assert all(len(each.sha256) == 64 for each in one.passages), one.question_id
        assert [said.role for said in one.history[-1:]] in ([], ["assistant"]), one.question_id
        assert bool(one.history) == (one.kind == "followup"), one.question_id
