"""A text has a designation however either writes it, and not one that is only alike."""

import pytest

from assistant.retrieval.designations import named_in


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("NSDD 111 contents", "He signed NSDD 111, which called for more.", True),
        ("What did NIE 15-90 forecast?", "The estimate (NIE) 15–90 gave a warning.", True),
        ("What does UNSCR 1386 say?", "In resolution 1386 (2001) the Council acted.", True),
        ("What is AJP-3?", "AJP-3.2 covers land operations.", False),
        ("NSDD 111 contents", "He signed NSDD 1110.", False),
        ("What do NSDD 111 and NSDD 75 say?", "He signed NSDD 111.", False),
        ("What did the estimate forecast?", "The estimate gave a warning.", False),
    ],
)
def test_a_text_has_the_designations_of_a_question(
    question: str, text: str, expected: bool
) -> None:
    assert named_in(question, text) is expected
