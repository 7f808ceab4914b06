"""How likely there is an answer, by the forest and by the passages' score."""

import json
from dataclasses import replace
from importlib.resources import files

import pytest

from assistant.answers.scoring import log_odds, refusal


def test_the_weights_in_use_are_those_of_the_file() -> None:
    found = json.loads((files("assistant.answers") / "refusal.json").read_text("ascii"))
    assert {name: getattr(refusal(), name) for name in found} == found


def test_what_the_forest_finds_likelier_is_likelier() -> None:
    chances = [refusal().chance(forest, 0.5) for forest in (0.0, 0.2, 0.5, 0.9, 1.0)]
    assert chances == sorted(chances)
    assert len(set(chances)) == len(chances)


def test_a_score_that_is_weighed_counts_on_its_side() -> None:
    weighed = replace(refusal(), score=0.5)
    assert weighed.chance(0.5, 0.9) > weighed.chance(0.5, 0.5) > weighed.chance(0.5, 0.1)


def test_what_is_certain_has_log_odds_all_the_same() -> None:
    assert log_odds(1.0) == pytest.approx(-log_odds(0.0))
    assert log_odds(0.5) == 0


def test_less_is_enough_where_a_heading_names_it_and_more_where_it_is_told_otherwise() -> None:
    limits = refusal()
    assert 0 < limits.named < limits.said < limits.answers < limits.sure < 1
