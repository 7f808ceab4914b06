import pytest

from cli.evaluation.significance import ROUNDS, difference, intervals

HALVES = [0.0, 1.0] * 100


def test_an_interval_holds_the_mean_and_is_as_wide_as_theory_says() -> None:
    ((low, high),) = intervals([[value] for value in HALVES])
    # The mean of 200 throws of a coin has a standard deviation of 0.5 / sqrt(200).
    deviation = 0.5 / 200**0.5
    assert low == pytest.approx(0.5 - 1.96 * deviation, abs=0.006)
    assert high == pytest.approx(0.5 + 1.96 * deviation, abs=0.006)


def test_the_same_values_have_the_same_interval_in_any_column_and_at_any_time() -> None:
    both = intervals([[value, value] for value in HALVES])
    assert both[0] == both[1] == intervals([[value] for value in HALVES])[0]


def test_one_value_has_an_interval_of_no_width() -> None:
    assert intervals([[0.25]]) == [(0.25, 0.25)]


def test_what_is_better_everywhere_is_better_for_sure() -> None:
    found = difference([0.1] * 40, [0.2] * 40)
    assert found.mean == pytest.approx(0.1)
    assert found.p == pytest.approx(1 / (1 + ROUNDS))
    assert (found.wins, found.ties, found.losses) == (40, 0, 0)


def test_what_is_the_same_everywhere_differs_by_chance_alone() -> None:
    found = difference(HALVES, HALVES)
    assert (found.mean, found.interval, found.p) == (0.0, (0.0, 0.0), 1.0)
    assert found.ties == len(HALVES)


def test_the_chance_of_a_difference_is_that_of_its_signs() -> None:
    # Five differences alike: of the 32 ways to turn them, two are as far from none.
    assert difference([0.0] * 5, [0.1] * 5).p == pytest.approx(2 / 32, abs=0.01)


def test_a_loss_is_counted_for_the_first() -> None:
    found = difference([0.5, 0.5, 0.5], [0.4, 0.5, 0.9])
    assert (found.wins, found.ties, found.losses) == (1, 1, 1)
    assert found.mean == pytest.approx(0.1)


def test_additions_that_differ_in_their_last_digit_are_a_tie() -> None:
    assert difference([0.3], [0.1 + 0.2]).ties == 1
