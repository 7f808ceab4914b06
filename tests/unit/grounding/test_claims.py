"""Which sentences of a text can be checked, and why the others cannot."""

import pytest

from assistant.grounding.claims import (
    COURTESY,
    HEADING,
    LEAD,
    NOTHING,
    QUESTION,
    states_nothing,
)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Who opened it?", QUESTION),
        ("“Who opened it?”", QUESTION),
        ("Hello there.", COURTESY),
        ("Thank you very much!", COURTESY),
        ("The liaison office at Lisbon", HEADING),
        ("And so on.", NOTHING),
        ("The following took part:", LEAD),
    ],
)
def test_what_states_nothing_is_told_with_the_reason(words: str, why: str) -> None:
    assert states_nothing(words, alone=True) == why


@pytest.mark.parametrize(
    "words",
    [
        "The office opened in 1993",
        "NATO was founded in 1949",
        "The office employs eleven officers.",
        "In 2014 these 12 nations took part:",
    ],
)
def test_what_states_something_is_checked(words: str) -> None:
    assert states_nothing(words, alone=True) == ""


def test_only_a_line_of_its_own_is_a_heading() -> None:
    assert states_nothing("Eleven officers in Lisbon", alone=False) == ""
