"""Judged sets measured by the command, and measurements compared."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.backends import open_backends
from assistant.settings import Settings
from cli.evaluation.judged import read_judged_set
from cli.evaluation.measuring import PASSAGES, best_of_each, passages_for
from tests.integration.commands import Json, attache

TEXTS = {
    "ships": "Frigates escort convoys across the Atlantic ocean.",
    "bread": "Sourdough bread rises overnight in a warm kitchen.",
    "finland": "Finland joined the alliance in April 2023.",
    "sweden": "Sweden joined the alliance in March 2024.",
}
QUERIES: list[Mapping[str, object]] = [
    {"_id": "q1", "text": "Which vessels escort convoys?"},
    {
        "_id": "q2",
        "text": "And when was it?",
        "history": [{"role": "user", "text": "Did Finland join the alliance?"}],
    },
]
QRELS = "query-id\tcorpus-id\tscore\nq1\tships\t1\nq2\tfinland\t1\n"
MEASURES = ["ndcg@5", "ndcg@10", "recall@5", "recall@10", "recall@100", "mrr"]


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    folder = tmp_path / "set"
    folder.mkdir()
    texts = [{"_id": name, "text": text} for name, text in TEXTS.items()]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, texts)))
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, QUERIES)))
    (folder / "qrels.tsv").write_text(QRELS)
    return folder


def records(path: Path) -> dict[str, dict[str, Json]]:
    return {(one := json.loads(line))["id"]: one for line in path.read_text().splitlines()}


def written(path: Path, figures: Mapping[str, float]) -> Path:
    """A measurement of one measure."""
    path.write_text(
        "".join(
            json.dumps({"id": key, "metrics": {"ndcg@5": value}, "latency_ms": 1.0}) + "\n"
            for key, value in figures.items()
        )
    )
    return path


def test_a_judged_set_is_measured_and_kept(tmp_path: Path, judged: Path) -> None:
    keep = tmp_path / "kept"
    first = attache(tmp_path, "eval", "retrieval", judged, "--json", "--keep", keep)
    figures = first.json()
    assert first.code == 0, first.err
    assert figures["queries"] == 2
    assert figures["metrics"] == dict.fromkeys(MEASURES, 1)
    assert figures["intervals"] == {name: [1, 1] for name in MEASURES}
    latency = figures["latency_ms"]
    assert isinstance(latency, dict)
    assert list(latency) == ["p50", "p95", "p99"]
    again = attache(tmp_path, "eval", "retrieval", judged, "--keep", keep)
    assert "0 texts added, 4 unchanged" in again.err
    assert "1.0000  95 %: 1.0000 to 1.0000" in again.out


def test_each_question_is_told_on_a_line_of_its_own(tmp_path: Path, judged: Path) -> None:
    told = tmp_path / "told.jsonl"
    ended = attache(tmp_path, "eval", "retrieval", judged, "--per-question", told)
    assert ended.code == 0, ended.err
    by_id = records(told)
    assert list(by_id) == ["q1", "q2"]
    first = by_id["q1"]
    assert first["question"] == "Which vessels escort convoys?"
    assert first["metrics"] == dict.fromkeys(MEASURES, 1)
    assert isinstance(first["latency_ms"], float)
    ranked = first["ranked"]
    assert isinstance(ranked, list)
    assert isinstance(ranked[0], dict)
    assert ranked[0]["id"] == "ships"
    assert isinstance(ranked[0]["score"], float)


def test_without_history_a_follow_up_is_asked_by_itself(tmp_path: Path, judged: Path) -> None:
    asked = ("eval", "retrieval", judged, "--keep", tmp_path / "kept", "--per-question")
    attache(tmp_path, *asked, tmp_path / "with.jsonl")
    attache(tmp_path, *asked, tmp_path / "without.jsonl", "--no-history")
    having, lacking = records(tmp_path / "with.jsonl"), records(tmp_path / "without.jsonl")
    assert having["q1"]["ranked"] == lacking["q1"]["ranked"]
    assert having["q2"]["ranked"] != lacking["q2"]["ranked"]


def test_two_measurements_are_compared_question_by_question(tmp_path: Path) -> None:
    worse = written(tmp_path / "a.jsonl", {"q1": 0.0, "q2": 0.5, "q3": 1.0, "alone": 1.0})
    better = written(tmp_path / "b.jsonl", {"q3": 1.0, "q2": 0.75, "q1": 1.0})
    ended = attache(tmp_path, "eval", "compare", worse, better, "--json")
    compared = ended.json()
    assert ended.code == 0, ended.err
    assert compared["queries"] == 3
    assert "1 questions stand in one file only" in ended.err
    metrics = compared["metrics"]
    assert isinstance(metrics, dict)
    one = metrics["ndcg@5"]
    assert isinstance(one, dict)
    assert (one["wins"], one["ties"], one["losses"]) == (2, 1, 0)
    assert (one["first"], one["second"], one["difference"]) == (0.5, 0.9167, 0.4167)
    changed = compared["changed"]
    assert isinstance(changed, list)
    assert [question["id"] for question in changed if isinstance(question, dict)] == ["q1", "q2"]
    shown = attache(tmp_path, "eval", "compare", worse, better)
    assert "2/1/0" in shown.out
    assert "paired randomisation test" in shown.out


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "is no file"),
        ("", "holds no questions"),
        ("{}\n", "line 1: id: Field required"),
        ("no json\n", "line 1: the line: Invalid JSON"),
        ('{"id": "q", "metrics": {}, "latency_ms": 1}\n' * 2, "line 2: question q stands there"),
        ('{"id": "x", "metrics": {}, "latency_ms": 1}\n', "no question in common"),
        ('{"id": "q", "metrics": {}, "latency_ms": 1}\n', "ndcg@5 was not measured"),
    ],
)
def test_a_measurement_that_cannot_be_compared_is_named(
    tmp_path: Path, content: str | None, complaint: str
) -> None:
    good, other = written(tmp_path / "good.jsonl", {"q": 1.0}), tmp_path / "other.jsonl"
    if content is not None:
        other.write_text(content)
    ended = attache(tmp_path, "eval", "compare", good, other)
    assert (ended.code, ended.out) == (2, "")
    assert complaint in ended.err
    assert ended.err.count("\n") == 1


def test_a_file_that_cannot_be_written_is_told_before_the_work(
    tmp_path: Path, judged: Path
) -> None:
    keep = tmp_path / "kept"
    for place, reason in ((tmp_path / "none" / "told.jsonl", "no folder"), (tmp_path, "a folder")):
        ended = attache(
            tmp_path, "eval", "retrieval", judged, "--keep", keep, "--per-question", place
        )
        assert (ended.code, ended.out) == (2, "")
        assert "cannot be written: " in ended.err
        assert reason in ended.err
    assert not keep.exists()


def test_a_judged_set_without_a_corpus_is_refused(tmp_path: Path) -> None:
    ended = attache(tmp_path, "eval", "retrieval", tmp_path, "--json")
    assert (ended.code, ended.out) == (2, "")
    assert "is missing" in ended.err


def test_the_best_are_the_same_however_many_are_asked_for(tmp_path: Path, judged: Path) -> None:
    countries = ("Norway", "Iceland", "Portugal", "Greece", "Spain", "Poland", "Latvia", "Romania")
    subjects = ("joined the alliance", "escorts convoys", "bakes bread", "hosts exercises")
    texts = [f"{country} {subject}." for country in countries for subject in subjects]
    rows = [{"_id": f"t{number}", "text": text} for number, text in enumerate(texts)]
    (judged / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (judged / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tt1\t1\nq2\tt0\t1\n")
    attache(tmp_path, "eval", "retrieval", judged, "--keep", tmp_path / "kept")
    with open_backends(Settings(home=tmp_path / "kept"), "a test") as backends:
        for query in read_judged_set(judged, None, None).queries:
            few = best_of_each(passages_for(query, backends, 10))
            many = best_of_each(passages_for(query, backends, PASSAGES))
            assert len(many) > len(few) == 10
            assert many[:10] == few
