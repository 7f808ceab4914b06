"""Who the members of something are is told by the sentence that names them."""

from dataclasses import replace

import pytest

from assistant.answers.forms import read_form
from assistant.answers.in_turn import named_in_turn
from assistant.answers.members import members
from assistant.models.encoder import TokenLocalEncoder
from assistant.types import Metadata
from tests.unit.answers.test_standing import passage
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


def test_an_alliance_may_be_called_a_pact_or_a_treaty() -> None:
    text = "Skagen, New Holm and Velm founded the Gull Treaty Organization."
    pool = passage("a", 0.5, (text, 0.3), ("The Gull Pact was founded in 1954.", 0.6))
    asked = read_form("What were the founding countries of the Gull Pact?")
    assert members(asked, pool) == pool[:1]
    assert members(read_form("What were the members of the Tern Pact?"), pool) == []
    poland = passage("a", 0.5, ("Signatories included France, Poland, Italy and Japan.", 0.6))
    assert members(read_form("Who were the members of the Warsaw Pact?"), poland) == []


def test_founding_members_are_those_of_what_the_document_is_about() -> None:
    pool = passage("a", 0.5, ("The founding members were Skagen, New Holm and Velm.", 0.3))
    asked = read_form("Which countries founded the Gull Pact?")
    assert members(asked, pool) == []
    stored = replace(pool[0].source.stored, metadata=Metadata("The Gull Pact, 1954"))
    of_it = [replace(pool[0], source=replace(pool[0].source, stored=stored))]
    assert members(asked, of_it) == of_it


def test_the_entries_of_one_town_list_nothing_of_many(encoder: TokenLocalEncoder) -> None:
    entries = "long form: Gull Island Town\n\nshort form: Gull\n\nformer: Tern"
    shelf = Shelf("South African Port — Register", [("Town names", entries)], encoder)
    assert "short form" not in shelf.draft("What are the towns of Africa?", encoder).text


def test_how_many_were_the_first_is_told_by_their_number(encoder: TokenLocalEncoder) -> None:
    text = (
        "Skagen, New Holm, the Tern Isles and Velm founded the Gull Pact. Since, the Gull Pact "
        "has grown from its original 4 members to include 9 towns."
    )
    shelf = Shelf("The Gull Pact", (("The Gull Pact", text),), encoder)
    told = shelf.draft("How many towns founded the Gull Pact?", encoder)
    assert "original 4 members" in told.text
    assert told.outcome == "answered"
