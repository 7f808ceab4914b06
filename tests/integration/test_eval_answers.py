"""Answers measured by the command, on a set of questions with what a good answer is."""

import json
from pathlib import Path

import pytest

from tests.integration.commands import Json, attache

TEXTS = {
    "ships": "Frigates escort convoys across the Atlantic ocean. Their crews train at Plymouth.",
    "finland": "Finland joined the alliance in April 2023. It has a long land border.",
    "bread": "Sourdough bread rises overnight in a warm kitchen.",
}
ITEMS: list[dict[str, object]] = [
    {
        "_id": "q1",
        "text": "Which ships escort convoys across the Atlantic?",
        "answerable": True,
        "answers": ["Frigates"],
        "selected_sentences": [["Frigates escort convoys across the Atlantic ocean."]],
        "source": "ships",
    },
    {
        "_id": "q2",
        "question": "When did Finland join the alliance?",
        "answerable": True,
        "answers": ["April 2023"],
        "source_passage": "finland",
    },
    {"_id": "q3", "text": "Who painted the Night Watch?", "answerable": False},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "set"
    place.mkdir()
    texts = [{"_id": name, "text": text} for name, text in TEXTS.items()]
    (place / "corpus.jsonl").write_text("\n".join(map(json.dumps, texts)))
    (place / "queries.jsonl").write_text("\n".join(map(json.dumps, ITEMS)))
    return place


def test_answers_are_measured_question_by_question(tmp_path: Path, folder: Path) -> None:
    each = tmp_path / "each.jsonl"
    ended = attache(tmp_path / "home", "eval", "answers", folder, "--per-question", each, "--json")
    assert ended.code == 0, ended.err
    figures = ended.json()
    assert figures["questions"] == 3
    wanted = {"refusal_f1": 1, "refused_wrongly": 0, "answerable_auc": 1, "sentences_f1": 1}
    wanted |= {"holds_answer": 1, "citation_recall": 1, "quotations_exact": 1}
    wanted |= {"citation_precision": 1, "sentences_proved": 1, "faithful": 1}
    assert {name: figures[name] for name in wanted} == wanted
    records: dict[str, dict[str, Json]] = {
        (one := json.loads(line))["id"]: one for line in each.read_text().splitlines()
    }
    assert [records[name]["abstained"] for name in ("q1", "q2", "q3")] == [False, False, True]
    sure, unsure = records["q2"]["confidence"], records["q3"]["confidence"]
    assert isinstance(sure, float)
    assert isinstance(unsure, float)
    assert sure > 0.5 > unsure


def test_a_question_that_is_none_is_named_with_its_line(tmp_path: Path, folder: Path) -> None:
    (folder / "queries.jsonl").write_text('{"_id": "q1", "text": ""}\n')
    ended = attache(tmp_path / "home", "eval", "answers", folder)
    assert ended.code != 0
    assert "line 1" in ended.err


def test_a_folder_without_questions_is_told(tmp_path: Path, folder: Path) -> None:
    (folder / "queries.jsonl").unlink()
    ended = attache(tmp_path / "home", "eval", "answers", folder)
    assert ended.code != 0
    assert "queries.jsonl" in ended.err


CLAIMS = [
    ("c1", "Finland joined the alliance in April 2023 [1].", "Complete"),
    ("c2", "Finland joined the alliance in April 2021 [1].", "Incomplete"),
    ("c3", "Sourdough bread rises overnight in a warm kitchen.", "Partial"),
    ("c4", "Nobody judged this.", None),
]


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    place = tmp_path / "claims"
    place.mkdir()
    evidence = [TEXTS["finland"]]
    pairs = [
        {"_id": name, "claim": claim, "evidence_passages": evidence, "human_support": judgement}
        for name, claim, judgement in CLAIMS
    ]
    (place / "pairs.jsonl").write_text("\n".join(map(json.dumps, pairs)))
    return place


def test_claims_are_checked_against_their_evidence(tmp_path: Path, claims: Path) -> None:
    each = tmp_path / "each.jsonl"
    ended = attache(tmp_path / "home", "eval", "answers", claims, "--per-question", each, "--json")
    assert ended.code == 0, ended.err
    figures = ended.json()
    wanted = {"claims": 3, "auc": 1, "auc_clear": 1, "passed": 1, "refused": 1}
    assert {name: figures[name] for name in wanted} == wanted
    records = [json.loads(line) for line in each.read_text().splitlines()]
    assert [one["id"] for one in records] == ["c1", "c2", "c3"]
    assert records[1]["problem"] == "The passage says 2023, the sentence 2021."


def test_a_claim_that_is_none_is_named_with_its_line(tmp_path: Path, claims: Path) -> None:
    (claims / "pairs.jsonl").write_text('{"_id": "c1"}\n')
    ended = attache(tmp_path / "home", "eval", "answers", claims)
    assert ended.code == 2
    assert "line 1" in ended.err
