"""What the benchmarks hand to other tools, and what they make of what comes back."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.models.encoder import LocalEncoder
from assistant.types import Role, Turn
from benchmarks import peer_runs, peers
from benchmarks.forms import FORMS, forms_of
from benchmarks.peer_runs import Peer, answers_of
from benchmarks.peer_searches.exchange import PASSAGES, Handed, Search, Texts, hand_over, serve
from benchmarks.peers import Handover, peers_rows, spread
from benchmarks.rows import Row, table
from cli.evaluation.judged import JudgedSet, Query
from cli.evaluation.records import QuestionRecord

ASKED = Query(
    "q", "And the costs?", (Turn(Role.USER, "What is it?"), Turn(Role.ASSISTANT, "A ship."))
)


def measured(value: float, count: int = 20) -> list[QuestionRecord]:
    names = ("ndcg@5", "ndcg@10", "recall@10", "recall@100", "mrr")
    return [
        QuestionRecord(id=str(number), metrics=dict.fromkeys(names, value), latency_ms=4.0)
        for number in range(count)
    ]


def test_the_history_is_given_in_order_with_the_question_last(encoder: LocalEncoder) -> None:
    assert FORMS["the whole history"](ASKED, encoder) == "What is it?\nA ship.\nAnd the costs?"
    assert FORMS["the last question"](ASKED, encoder) == "And the costs?"


def test_of_a_history_longer_than_the_embedder_takes_the_end_is_given(
    encoder: LocalEncoder,
) -> None:
    long = Query("q", "And the costs?", (Turn(Role.ASSISTANT, "frigate " * 1000),))
    given = FORMS["the whole history"](long, encoder)
    assert given.endswith("And the costs?")
    (tokens,) = encoder.count_tokens([given])
    assert encoder.max_tokens - 5 < tokens <= encoder.max_tokens - 2


def test_a_set_without_conversations_is_asked_in_one_form() -> None:
    alone = Query("q", "What is it?", ())
    assert len(forms_of(JudgedSet((), (alone,), {}))) == 1
    assert len(forms_of(JudgedSet((), (alone, ASKED), {}))) == len(FORMS)


def test_a_quick_look_takes_questions_from_the_whole_set() -> None:
    judged = JudgedSet((), tuple(Query(str(number), "?", ()) for number in range(10)), {})
    assert [query.query_id for query in spread(judged, 3).queries] == ["0", "3", "6"]
    assert spread(judged, 20) is spread(judged, None) is judged


def test_rows_are_tested_against_the_reference_question_by_question() -> None:
    reference = Row("as it is", "ours", measured(0.6))
    other = Row("last", "theirs", measured(0.5)[::-1], embedding_ms=[3.0] * 20)
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in table([other, reference], reference)
    ]
    titles = lines[0]
    theirs, ours = (dict(zip(titles, line, strict=True)) for line in lines[2:])
    assert theirs["nDCG@5 [95 %]"] == "0.500 [0.500, 0.500]"
    assert theirs["nDCG@5 of Attaché's above it [95 %]"] == "+0.100 [+0.100, +0.100]"
    assert (theirs["p50 ms"], theirs["without embedding"]) == ("4.0", "1.0")
    assert (theirs["p"], ours["p"], ours["without embedding"]) == ("0.0001", "", "")


def test_a_peer_is_handed_texts_with_their_vectors_and_its_answers_are_timed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = np.eye(2, dtype=np.float32)
    hand_over(tmp_path, PASSAGES, Texts(["c1", "c2"], ["ships", "bread"], vectors))
    hand_over(tmp_path, "the last question", Texts(["q1"], ["a loaf"], vectors[1:]))

    def build(handed: Handed) -> dict[str, Search]:
        known = handed.vectors()

        def search(text: str) -> list[str]:
            near = np.argsort(-(handed.passages.vectors @ known[text]))
            return [handed.passages.ids[one] for one in near]

        return {"exact": search}

    found = tmp_path / "found.jsonl"
    monkeypatch.setattr(sys, "argv", ["peer", str(tmp_path), str(found)])
    serve(build)
    (row,) = map(json.loads, found.read_text().splitlines())
    assert row["ms"] > 0
    assert (row["search"], row["form"], row["id"]) == ("exact", "the last question", "q1")
    assert row["ranked"] == ["c2", "c1"]


def test_a_peer_that_cannot_be_installed_is_named_and_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = Peer("Nobody", "with_nobody", (str(tmp_path / "no-such-project"),))
    monkeypatch.setattr(peers, "PEERS", (missing,))
    handover = Handover(JudgedSet((), (), {}), {}, {}, {})
    assert list(peers_rows(handover, tmp_path, tmp_path / "kept")) == []
    assert "Nobody is left out: " in capsys.readouterr().err


def test_a_peer_that_was_handed_the_same_is_not_asked_again(tmp_path: Path) -> None:
    peer = Peer("Nobody", "with_nobody", ("nobody==1",))
    python, handed, kept = Path(sys.executable), tmp_path / "handed", tmp_path / "kept"
    handed.mkdir()
    kept.mkdir()
    (handed / "passages.jsonl").write_text("a text")
    found = kept / f"nobody-{peer_runs._fingerprint(peer, handed)}.jsonl"
    found.write_text("found then")
    assert answers_of(peer, python, handed, kept) == found
    (handed / "passages.jsonl").write_text("another text")
    with pytest.raises(subprocess.CalledProcessError):
        answers_of(peer, python, handed, kept)
