"""What somebody did in what happened, what else a text says, and the same elsewhere."""

import pytest

from assistant.retrieval.conversation import followed
from assistant.types import Role, Turn


def reading(*said: str) -> str:
    """How the last of what was said reads; questions and answers take turns."""
    roles = (Role.USER, Role.ASSISTANT)
    *before, question = said
    history = [Turn(roles[i % 2], text) for i, text in enumerate(before)]
    return followed(history).reading(question)


CORFU = ("What was the Corfu incident?", "The Greeks fled, and the Geneva Summit was put off. [1]")
REVOLT = ("How did the Hungarian uprising end?", "By tanks. [1]")
CANAL = ("Why did Nasser seize the canal?", "For it. [1]", "What did the French do?", "Fight. [1]")
PACT = ("What does the Lima Convention say about tolls?", "They are low. [1]")
GUESTS = ("Which Dutch officers may enter Qatar?", "Few. [1]", "May they wear uniform?", "Yes. [1]")
FORCES = ("Who led the French forces at Huế?", "A general. [1]")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((*CORFU, "What did the Greeks want?"), "What did the Greeks want in the Corfu incident?"),
        ((*CORFU, "What did Stresemann demand?"), "What did Stresemann demand?"),
        ((*CORFU, "What did the Greeks say in 1925?"), "What did the Greeks say in 1925?"),
        ((*CORFU, "What became of the summit?"), "What became of the Geneva Summit?"),
        (
            (*REVOLT, "How many refugees fled?"),
            "How many refugees fled in the Hungarian uprising?",
        ),
        ((*PACT, "And fishing?"), "What does the Lima Convention say about fishing?"),
        (("May guards carry arms?", "Yes. [1]", "And in Chad?"), "May guards carry arms in Chad?"),
        ((*GUESTS, "What about Oman?"), "May Dutch officers wear uniform in Oman?"),
        (
            (*GUESTS, "What about Oman?", "", "Who tries them there?"),
            "Who tries Dutch officers in Oman?",
        ),
        ((*FORCES, "How many of them fell?"), "How many of the French forces at Huế fell?"),
        ((*CANAL, "And the Israelis?", "", "Who stopped them?"), "Who stopped the Israelis?"),
        (
            ("What did the Poles want at Yalta?", "Much. [1]", "Did they get it?"),
            "Did the Poles get it?",
        ),
        (
            ("What was the Corfu incident?", "He seized two Greek envoys. [1]", "who were they?"),
            "Who were the Greek envoys in the Corfu incident?",
        ),
        (
            ("What was the Corfu incident?", "He sank two ships. [1]", "who were they?"),
            "who were they?",
        ),
        (
            ("Did Chad sign the treaty?", "Yes. [1]", "Has Mali ratified it?"),
            "Has Mali ratified the treaty?",
        ),
        (
            (
                "What may soldiers do under the Lima Convention?",
                "Much. [1]",
                "Can they rest there?",
            ),
            "Can soldiers rest under the Lima Convention?",
        ),
    ],
)
def test_a_follow_up_goes_on_with_what_happened_or_is_said_where_it_is_asked_of(
    said: tuple[str, ...], expected: str
) -> None:
    assert reading(*said) == expected
