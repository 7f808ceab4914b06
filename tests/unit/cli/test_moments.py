from datetime import UTC, datetime, timedelta

import pytest
import typer

from cli.moments import age, moment


def test_a_date_means_its_end() -> None:
    assert moment("2024-06-30") == datetime(2024, 6, 30, 23, 59, 59, 999999, UTC)


def test_a_time_with_a_zone_is_brought_to_utc() -> None:
    assert moment("2024-06-30T12:00:00+02:00") == datetime(2024, 6, 30, 10, tzinfo=UTC)


def test_a_time_without_a_zone_is_local() -> None:
    assert moment("2024-06-30T12:00") == datetime(2024, 6, 30, 12).astimezone()


@pytest.mark.parametrize("written", ["yesterday", "", "30.06.2024", "2024-13-01"])
def test_anything_else_is_wrong_use(written: str) -> None:
    with pytest.raises(typer.BadParameter, match=r"is no date\. Write 2024-06-30"):
        moment(written)


def test_a_time_before_the_calendar_is_wrong_use() -> None:
    with pytest.raises(typer.BadParameter):
        moment("0001-01-01T00:00:00+14:00")


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("36h", timedelta(hours=36)),
        ("90", timedelta(days=90)),
        (" 12 W ", timedelta(weeks=12)),
        ("6m", timedelta(days=180)),
        ("2y", timedelta(days=730)),
    ],
)
def test_an_age_is_a_number_with_a_unit(written: str, span: timedelta) -> None:
    assert age(written) == span


@pytest.mark.parametrize("written", ["", "d", "-3d", "3 months", "1.5d", "1001y", "999999w"])
def test_what_is_no_age_or_longer_than_there_are_dates_is_wrong_use(written: str) -> None:
    with pytest.raises(typer.BadParameter):
        age(written)
