"""What is done to one by name is not done to another."""

import pytest

from assistant.grounding.objects import done_to_another

LUND = "The guild recognized the freedom of Lund on 3 May, when its envoy Auk brought a letter."


@pytest.mark.parametrize(
    ("sentence", "span", "wrong"),
    [
        ("Auk recognized the Ribe council in May.", LUND, True),
        ("The guild recognized Lund in May.", LUND, False),
        ("The guild recognized the town in May.", LUND, False),
        ("The envoys visited Ribe.", "The envoys visited it twice, and Velm was content.", False),
        ("The envoys visited Ribe.", "The envoys visited the Port of Velm twice.", True),
    ],
)
def test_to_whom_it_is_done_stands_in_what_carries_it(
    sentence: str, span: str, wrong: bool
) -> None:
    assert bool(done_to_another(sentence, span)) is wrong
