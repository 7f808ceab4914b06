"""What a text that is named says about a matter is told from all of it, and nothing else is."""

import pytest

from assistant.answers.said_about import matter_of
from assistant.answers.text_asked import text_asked
from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

TREATY = (
    ("Article 1", "Pilots and their boats are welcome in all harbours of the parties."),
    ("Loss of protection", "A harbour is protected while it has a lamp. Each has one."),
    ("Flags and lamps", "Boats show a flag by day. A lamp is lit at night."),
    (
        "Article 4",
        "A pilot pays no dues. The harbour dues of boats are paid in shells. Shells are counted by "
        "the crew.",
    ),
    ("Article 5", "A party that has no shells may pay the dues of its boats to Lund in rope."),
)


@pytest.fixture(scope="module")
def treaty(encoder: TokenLocalEncoder) -> Shelf:
    return Shelf("The Gull Treaty", TREATY, encoder)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "What does the Gull Treaty say about harbour dues?",
            "The harbour dues of boats are paid in shells. [1]",
        ),
        (
            "What does the Gull Treaty lay down on loss of protection?",
            "A harbour is protected while it has a lamp. [1] Each has one. [2]",
        ),
        (
            "What does the Gull Treaty provide concerning lamps?",
            "A lamp is lit at night. [1]",
        ),
    ],
)
def test_what_speaks_of_the_matter_is_told_or_what_it_heads(
    question: str, told: str, treaty: Shelf, encoder: TokenLocalEncoder
) -> None:
    assert treaty.draft(question, encoder).text == told


def test_it_may_be_asked_in_french() -> None:
    found = text_asked("Que dit le traité entre la Suède et le Danemark sur la pêche ?")
    assert found is not None
    assert found.name.ways[0] == {"treati", "sweden", "denmark"}
    assert found.rest == "What does the treaty say about fishing?"


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("What does the pact say about the loss of protection?", {"loss", "protect"}),
        ("What does the pact lay down on dues?", {"due"}),
        ("What does the pact say?", set()),
        ("What does the pact say about dues, and who pays them?", set()),
        ("Who says that the pact is about dues?", set()),
    ],
)
def test_the_matter_is_what_it_is_asked_about(question: str, matter: set[str]) -> None:
    assert matter_of(question) == matter


def test_a_protocol_to_a_convention_is_not_that_convention() -> None:
    asked = "What does the Second Protocol to the Hague Convention of 1954 say about attack?"
    found = text_asked(asked)
    assert found is not None
    assert found.name.said == "Second Protocol to the Hague Convention of 1954"
    assert found.rest == "What does the protocol say about attack?"
