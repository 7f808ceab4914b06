"""Who the members of something are is told by the sentence that names them."""

import pytest

from assistant.answers.question import named_in_turn, read_form
from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

PACT = (
    (
        "The Gull Pact",
        "In 1954 Skagen, New Holm, the Tern Isles and Velm formed the Gull Pact. The Gull Pact "
        "incorporated only two Tarrish members. The treaty prevented Orm, Pell and Quay from "
        "joining the Gull Pact.",
    ),
)
NAMED = "In 1954 Skagen, New Holm, the Tern Isles and Velm formed the Gull Pact. [1]"


@pytest.mark.parametrize(
    "question",
    [
        "Who were the members of the Gull Pact?",
        "Which countries were members of the Gull Pact?",
        "Which countries formed the Gull Pact?",
    ],
)
def test_members_are_told_by_the_sentence_that_names_all_of_them(
    question: str, encoder: TokenLocalEncoder
) -> None:
    assert Shelf("The Gull Pact", PACT, encoder).draft(question, encoder).text == NAMED


def test_a_list_of_names_has_three_at_the_least() -> None:
    assert len(named_in_turn("It was signed by Skagen, New Holm and the Tern Isles.")) == 3
    assert named_in_turn("It was signed by Skagen and Velm.") == ()


def test_members_who_do_something_are_asked_for_by_what_they_do() -> None:
    assert not read_form("Which NATO members sent troops to Kosovo?").asks_members
    assert not read_form("How many members did the committee send to Velm?").asks_members
