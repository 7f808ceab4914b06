from datetime import UTC, datetime

import gradio as gr
import pytest

from ui.visit import key_of, message_of, moment_of, number_of, text_of


class Asked:
    """A request with these cookies."""

    def __init__(self, cookie: str) -> None:
        self.headers = {"cookie": cookie}


@pytest.mark.parametrize(
    ("cookie", "key"),
    [("a=b; attache_key=attache_x-Y_1; c=d", "attache_x-Y_1"), ("a=b", ""), ("", ""), (";=;", "")],
)
def test_the_key_is_that_of_the_visitors_cookie(cookie: str, key: str) -> None:
    assert key_of(Asked(cookie)) == key  # type: ignore[arg-type]
    assert key_of(None) == ""


def test_a_past_day_means_its_last_second() -> None:
    assert moment_of("2024-02-29") == datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("day", ["", "yesterday", "9999-12-31", "2024-02-30"])
def test_no_past_day_means_now(day: str) -> None:
    assert moment_of(day) is None


def test_today_means_now() -> None:
    assert moment_of(datetime.now(UTC).date().isoformat()) is None


def test_only_what_it_should_be_is_taken_from_the_page() -> None:
    message = message_of(gr.EventData(None, {"question": 42, "start": "7", "end": True}))

    assert (text_of(message, "question"), text_of(message, "missing")) == ("", "")
    assert (number_of(message, "start"), number_of(message, "end")) == (0, 0)
    assert message_of(gr.EventData(None, "words")) == {}


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert text_of({"question": "a\ud83d"}, "question") == "a?"


def test_a_time_of_a_past_day_means_that_moment() -> None:
    assert moment_of("2024-02-29", "14:30:05") == datetime(2024, 2, 29, 14, 30, 5, tzinfo=UTC)
    assert moment_of("2024-02-29", "half past two") is None
