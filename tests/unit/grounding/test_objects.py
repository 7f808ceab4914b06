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
        # Another verb that says the same.
        ("The fleet assaulted Ribe.", "The fleet attacked Velm at dawn.", True),
        # Whom the sentence names, too, is no other.
        ("Auk visited Ribe for Velm.", "Auk visited Velm.", False),
        # To whom it is done is not told by who does it.
        ("Ribe was visited by Auk.", "Auk visited Velm.", False),
        ("The port was named Ribe by Auk.", "Auk named Velm.", False),
        # Of another one is told behind these, or so far off.
        ("The envoys visited Ribe.", "The envoys visited the town, which Velm had built.", False),
        (
            "The envoys visited Ribe.",
            "The envoys visited the small old town by the sea in the far north of Velm.",
            False,
        ),
        # A name that stands in the span may be to whom it is done.
        ("The envoys visited Ribe.", "At Ribe the envoys visited Velm.", False),
        # What is done to no name is not told by names.
        ("The envoys visited the port.", "The envoys visited Velm.", False),
    ],
)
def test_to_whom_it_is_done_stands_in_what_carries_it(
    sentence: str, span: str, wrong: bool
) -> None:
    assert bool(done_to_another(sentence, span)) is wrong


def test_the_reason_names_both() -> None:
    told = done_to_another("The envoys visited Ribe.", "The envoys visited Velm.")
    assert told == "The passage says Velm here, the sentence Ribe."
