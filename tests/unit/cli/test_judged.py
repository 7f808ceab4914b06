import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.types import Role
from cli.evaluation.judged import read_judged_set

TEXTS = [{"_id": "a", "title": "A", "text": "Alpha."}, {"_id": "b", "text": "Beta."}]
QUERIES: list[dict[str, object]] = [
    {
        "_id": "q1",
        "text": "alpha?",
        "history": [{"role": "user", "text": "so"}, {"role": "agent", "text": "yes"}],
    },
    {"_id": "q2", "text": "beta?"},
    {"_id": "q3", "text": "judged by nobody?"},
]
QRELS = "query-id\tcorpus-id\tscore\nq1\ta\t1\nq2\tb\t2\nq2\ta\t0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "corpus.jsonl", TEXTS)
    write(tmp_path / "queries.jsonl", QUERIES)
    (tmp_path / "qrels.tsv").write_text(QRELS)
    return tmp_path


def write(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_every_text_is_a_source_of_its_own(folder: Path) -> None:
    first, second = read_judged_set(folder, None, None).corpus
    assert (first.uri, first.title, first.read()) == ("corpus:a", "A", b"Alpha.")
    assert (second.uri, second.title) == ("corpus:b", None)


def test_queries_that_nobody_judged_are_left_out(folder: Path) -> None:
    assert [q.query_id for q in read_judged_set(folder, None, None).queries] == ["q1", "q2"]


def test_a_query_carries_its_conversation(folder: Path) -> None:
    history = read_judged_set(folder, None, None).queries[0].history
    assert [(turn.role, turn.content) for turn in history] == [
        (Role.USER, "so"),
        (Role.ASSISTANT, "yes"),
    ]


def test_a_limit_keeps_what_is_judged_among_the_first_texts(folder: Path) -> None:
    judged = read_judged_set(folder, None, 1)
    assert [source.uri for source in judged.corpus] == ["corpus:a"]
    assert judged.judgements == {"q1": {"a": 1.0}}


def test_without_queries_jsonl_the_first_file_of_that_kind_is_read(folder: Path) -> None:
    (folder / "queries.jsonl").rename(folder / "queries_b.jsonl")
    write(folder / "queries_a.jsonl", QUERIES[:1])
    assert len(read_judged_set(folder, None, None).queries) == 1


def test_a_named_file_is_looked_for_in_the_folder(folder: Path) -> None:
    write(folder / "others.jsonl", QUERIES[1:2])
    judged = read_judged_set(folder, Path("others.jsonl"), None)
    assert [query.query_id for query in judged.queries] == ["q2"]


@pytest.mark.parametrize("name", ["corpus.jsonl", "qrels.tsv", "queries.jsonl"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ConfigurationError, match=f"{name} is missing"):
        read_judged_set(folder, None, None)


def test_a_line_that_is_no_text_is_named_by_its_number(folder: Path) -> None:
    write(folder / "corpus.jsonl", [TEXTS[0], {"_id": "b"}])
    with pytest.raises(ConfigurationError, match=r"corpus.jsonl, line 2: text: Field required"):
        read_judged_set(folder, None, None)


def test_a_judgement_without_a_score_is_named_by_its_line(folder: Path) -> None:
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\ta\n")
    with pytest.raises(ConfigurationError, match=r"qrels.tsv, line 2"):
        read_judged_set(folder, None, None)


def test_a_set_in_which_no_query_is_judged_is_refused(folder: Path) -> None:
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n")
    with pytest.raises(ConfigurationError, match="No query of"):
        read_judged_set(folder, None, None)
