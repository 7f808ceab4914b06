from datetime import UTC, datetime

import pytest
import typer

from cli.moments import moment


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
