"""Each question of a conversation reads by itself as it was meant after what was said."""

import pytest

from assistant.answers.courtesy import reply
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.topic import understood
from tests.unit.retrieval.conversing import Asked, conversations

EVERY = [*conversations()]


def faults(asked: list[Asked], encoder: TokenLocalEncoder) -> list[str]:
    """Each reading that is wrong, and why; what asks the library nothing is not read."""
    found: list[str] = []
    for one in asked:
        if reply(one.text):
            continue
        reading = understood(one.text, one.history, encoder).text
        if wrong := one.fault(reading):
            found.append(f"{one.number}: {one.text} read as {reading} ({wrong})")
    return found


@pytest.mark.parametrize("asked", EVERY[::2], ids=lambda asked: asked[0].text)
def test_what_stands_for_something_said_is_read_as_the_latest_that_fits(
    asked: list[Asked], encoder: TokenLocalEncoder
) -> None:
    assert faults(asked, encoder) == []


def test_of_conversations_that_nothing_was_fitted_to_nine_readings_in_ten_are_right(
    encoder: TokenLocalEncoder,
) -> None:
    held = EVERY[1::2]
    wrong = [fault for asked in held for fault in faults(asked, encoder)]
    assert len(wrong) <= 0.1 * sum(map(len, held)), wrong
