"""A figure that another sentence has is carried by both, where that sentence has its clause."""

import pytest

from assistant.grounding.completed import completing

SPAN = "The album came out in May and sold 528,000 copies in its first week."
LATER = "In its second week the album sold 129,000 more copies in the United States."


def test_a_clause_of_another_sentence_completes_the_span() -> None:
    words = "The album sold 528,000 copies in its first week, in its second 129,000 more copies."
    assert completing(words, SPAN, ["It was the third.", LATER]) == 1


@pytest.mark.parametrize(
    "words",
    [
        "The album sold 129,000 copies in its first week.",
        "The album sold 528,000 copies in its first week, in its third week 129,000 more copies.",
        "The album sold 528,000 copies in its first week, and sold 129,000 more copies.",
    ],
)
def test_a_figure_of_another_clause_or_without_a_subject_completes_nothing(words: str) -> None:
    assert completing(words, SPAN, [LATER]) is None


def test_half_of_a_clause_is_enough_beside_the_span() -> None:
    span = "The jury must agree in criminal cases. Two states do not require it."
    beside = "Each requires a vote of 10 for a conviction."
    words = "The jury must agree, except where a vote of 10 for criminal cases is required."
    assert completing(words, span, [beside], [0]) == 0
    assert completing(words, span, [beside]) is None
