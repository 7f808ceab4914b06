"""How often one caller may ask, by a clock that stands still unless it is moved."""

import time

import pytest

from api.rates import Rates
from assistant.settings import Settings


class Clock:
    """Seconds, as `time.time` tells them."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time, "time", clock)
    return clock


def test_a_server_that_others_reach_takes_600_a_minute_of_each(clock: Clock) -> None:
    rates = Rates(Settings().rate_on(loopback=False))
    assert {rates.wait("one") for _ in range(600)} == {0}
    assert 0 < rates.wait("one") <= 60
    assert rates.wait("another") == 0
    clock.now += 120
    assert rates.wait("one") == 0


def test_a_server_of_this_machine_takes_any_number() -> None:
    rates = Rates(Settings().rate_on(loopback=True))
    assert {rates.wait("one") for _ in range(2000)} == {0}


def test_who_comes_as_the_time_is_over_waits_a_second_at_least(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = Rates("1/minute")
    rates.wait("one")
    window = (clock.now, 0)
    monkeypatch.setattr(rates._limiter, "get_window_stats", lambda *_: window)
    assert rates.wait("one") == 1
