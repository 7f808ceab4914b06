from math import log2

import pytest

from cli.evaluation.metrics import (
    mean,
    measures,
    ndcg,
    percentile,
    recall,
    reciprocal_rank,
)


def test_a_perfect_ranking_has_ndcg_one() -> None:
    assert ndcg(["a", "b", "c"], {"a": 2, "b": 1}, 5) == 1.0


def test_ndcg_discounts_by_rank_and_weighs_by_judgement() -> None:
    # b at rank 2 and a at rank 3, against a at rank 1 and b at rank 2.
    gained = 1 / log2(3) + 2 / log2(4)
    ideal = 2 / log2(2) + 1 / log2(3)
    assert ndcg(["x", "b", "a"], {"a": 2, "b": 1}, 5) == pytest.approx(gained / ideal)


def test_ndcg_counts_no_relevant_document_below_the_cut() -> None:
    assert ndcg(["x", "y", "a"], {"a": 1}, 2) == 0.0


def test_the_ideal_ranking_is_cut_too() -> None:
    assert ndcg(["a"], {"a": 1, "b": 1}, 1) == 1.0


def test_a_judgement_of_zero_gains_nothing() -> None:
    assert ndcg(["b", "a"], {"a": 1, "b": 0}, 5) == pytest.approx(1 / log2(3))


def test_ndcg_is_zero_where_nothing_is_relevant() -> None:
    assert ndcg(["a"], {"a": 0}, 5) == 0.0


def test_recall_is_the_share_of_relevant_documents_found() -> None:
    assert recall(["a", "x", "b"], {"a": 1, "b": 3, "c": 1, "x": 0}, 3) == pytest.approx(2 / 3)


def test_recall_looks_no_further_than_the_cut() -> None:
    assert recall(["x", "a"], {"a": 1}, 1) == 0.0


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(n) for n in range(100, 0, -1)]
    assert [percentile(values, share) for share in (0.5, 0.95, 0.99)] == [50, 95, 99]


def test_percentiles_of_one_value_are_that_value() -> None:
    assert percentile([7.0], 0.99) == 7.0


def test_nothing_measured_is_zero() -> None:
    assert (percentile([], 0.5), mean([])) == (0.0, 0.0)


def test_the_reciprocal_rank_is_that_of_the_first_relevant_document() -> None:
    assert reciprocal_rank(["x", "y", "a", "b"], {"a": 1, "b": 3, "x": 0}, 100) == 1 / 3


def test_the_reciprocal_rank_is_zero_where_the_first_are_not_relevant() -> None:
    assert reciprocal_rank(["x", "y", "a"], {"a": 1}, 2) == 0.0


def test_a_document_found_late_counts_for_deep_recall_alone() -> None:
    found = measures([*map(str, range(50)), "a"], {"a": 1})
    assert (found["recall@10"], found["recall@100"], found["ndcg@10"]) == (0.0, 1.0, 0.0)
    assert found["mrr"] == 1 / 51
