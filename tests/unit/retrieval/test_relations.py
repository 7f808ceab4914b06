"""Relations that are restored, an embassy by its place, and a text by what it is about."""

import pytest

from assistant.retrieval.conversation import followed
from assistant.types import Role, Turn


def reading(*said: str) -> str:
    """How the last of what was said reads; questions and answers take turns."""
    roles = (Role.USER, Role.ASSISTANT)
    *before, question = said
    history = [Turn(roles[i % 2], text) for i, text in enumerate(before)]
    return followed(history).reading(question)


PERU = ("When did the United States recognize Peru?", "In 1826. [1]")
LEGATION = (*PERU, "Who opened the legation?", "")
BROKEN = ("When did Chad break off relations with the US?", "In 1967. [1]")
TALKS = ("What does the arrangement between Mali and Chad on UN guards cover?", "Leave. [1]")
INSTRUCTION = ("Who signed the GAO instruction on grain reserves?", "")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((*PERU, "Who opened the legation?"), "Who opened the legation in Peru?"),
        ((*PERU, "When was the embassy closed?"), "When was the embassy in Peru closed?"),
        ((*PERU, "Who ran the legation in Lima?"), "Who ran the legation in Lima?"),
        (
            (*LEGATION, "When did it become an embassy?"),
            "When did the legation in Peru become an embassy?",
        ),
        (
            (*LEGATION, "When did it become an embassy?", "Later. [1]", "What about Chile?"),
            "When did the legation in Chile become an embassy?",
        ),
        ((*BROKEN, "When were they restored?"), "When were relations with Chad restored?"),
        (
            ("Why did the US cut ties with Iran?", "For much. [1]", "When were they resumed?"),
            "When were ties with Iran resumed?",
        ),
        (
            ("Why did Mali invade Chad in 1977?", "For much. [1]", "Who ruled it then?"),
            "Who ruled Chad in 1977?",
        ),
        ((*TALKS, "How long can they be held?"), "How long can UN guards be held?"),
        (
            (*TALKS, "When was it signed?"),
            "When was the arrangement between Mali and Chad on UN guards signed?",
        ),
        (
            (*INSTRUCTION, "When did it take effect?"),
            "When did the GAO instruction on grain reserves take effect?",
        ),
        (
            (
                "What is the agreement between Mali and Chad on classified information about?",
                "Much. [1]",
                "Can the information be passed on to others?",
            ),
            "Can the information be passed on to others?",
        ),
    ],
)
def test_what_was_spoken_of_is_named_with_whose_and_of_what_it_is(
    said: tuple[str, ...], expected: str
) -> None:
    assert reading(*said) == expected
