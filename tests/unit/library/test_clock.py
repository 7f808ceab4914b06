"""Moments of questions and changes, whatever the clock of the computer does."""

from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest

from assistant.library.clock import Clock
from tests.unit.library.builders import day

INSTANT = timedelta(microseconds=1)


def test_a_change_is_later_than_every_moment_told_before() -> None:
    clock = Clock()
    asked = clock.now(None, lambda: day(2))
    with clock.change(None, lambda: day(2)) as moment:
        assert moment == asked + INSTANT
    assert clock.now(None, lambda: day(2)) == moment


@pytest.mark.parametrize("after", [None, day(5)])
def test_it_never_goes_back(after: datetime | None) -> None:
    clock = Clock()
    first = clock.now(after, lambda: day(4))
    assert first == (after or day(4))
    assert clock.now(None, lambda: day(1)) == first
    with clock.change(None, lambda: day(1)) as moment:
        assert moment > first


def test_a_question_waits_for_a_change_that_is_under_way() -> None:
    clock, told = Clock(), list[datetime]()
    asking = Event()

    def ask() -> None:
        asking.set()
        told.append(clock.now(None))

    with clock.change(None) as moment:
        thread = Thread(target=ask)
        thread.start()
        asking.wait()
        assert told == []
    thread.join()
    assert told[0] >= moment


def test_a_change_that_fails_leaves_its_moment_to_the_next() -> None:
    clock = Clock()
    with pytest.raises(KeyError), clock.change(None, lambda: day(3)) as failed:
        raise KeyError
    with clock.change(None, lambda: day(3)) as moment:
        assert moment == failed
    assert moment.tzinfo is UTC
