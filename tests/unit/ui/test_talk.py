from datetime import UTC, datetime

import gradio as gr
import pytest

from ui.talk import HISTORY_CHARS, StoredTurn, end_of_day, history, sent


def turn(question: str, answer: str | None) -> StoredTurn:
    return StoredTurn(question=question, answer=answer, html="")


def test_history_is_the_last_ten_answered_turns_oldest_first() -> None:
    turns = [turn(f"q{number}", f"a{number}") for number in range(12)]

    messages = history(turns)

    assert len(messages) == 20
    assert [(m.role, m.content) for m in messages[:2]] == [("user", "q2"), ("assistant", "a2")]


def test_a_turn_that_failed_is_no_part_of_the_history() -> None:
    assert [m.content for m in history([turn("q1", None), turn("q2", "a2")])] == ["q2", "a2"]


def test_a_long_answer_is_cut_in_the_history() -> None:
    assert len(history([turn("q", "x" * 9000)])[1].content) == HISTORY_CHARS


def test_a_past_day_means_its_last_second() -> None:
    assert end_of_day("2024-02-29") == datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("day", ["", "yesterday", "9999-12-31", "2024-02-30"])
def test_no_past_day_means_now(day: str) -> None:
    assert end_of_day(day) is None


def test_today_means_now() -> None:
    assert end_of_day(datetime.now(UTC).date().isoformat()) is None


def test_only_text_is_taken_from_the_page() -> None:
    event = gr.EventData(None, {"question": 42})

    assert (sent(event, "question"), sent(event, "missing")) == ("", "")


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert sent(gr.EventData(None, {"question": "a\ud83d"}), "question") == "a?"
