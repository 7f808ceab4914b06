"""Who came after or before somebody is told by what says that one took the other's place."""

import pytest

from assistant.answers.succession import Succession, read_succession
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.parts import questions_in
from tests.unit.shelf import Shelf

TERN = "Anna Tern was appointed Keeper of the Harbour by Governor Paul Gull on 4 May 1912."
AUK = "Ida Auk became Keeper of the Harbour after the resignation of Anna Tern in 1919."


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who succeeded Anna Tern as Keeper?", Succession("Tern", after=True)),
        ("Who was Anna Tern's successor?", Succession("Tern", after=True)),
        ("By whom was Anna Tern replaced?", Succession("Tern", after=True)),
        ("Qui a succédé à Anna Tern ?", Succession("Tern", after=True)),
        ("Who was Keeper of the Harbour before Anna Tern?", Succession("Tern", after=False)),
        ("Who preceded Anna Tern?", Succession("Tern", after=False)),
        ("Who was Keeper before the war?", None),
        ("Who followed the orders?", None),
    ],
)
def test_whose_place_was_taken_is_read_from_the_question(
    question: str, asked: Succession | None
) -> None:
    assert read_succession(question) == asked


@pytest.mark.parametrize(
    ("text", "after", "before"),
    [
        (AUK, True, False),
        ("Tern was succeeded by Ida Auk.", True, False),
        ("Ida Auk replaced Tern in 1919.", True, False),
        ("In 1912 Tern succeeded Jon Skua.", False, True),
        ("After Jon Skua resigned, the council turned to Tern.", False, True),
        ("Tern’s friend Ida Auk replaced Jon Skua.", False, False),
        (TERN, False, False),
    ],
)
def test_who_took_whose_place_is_told_apart(text: str, *, after: bool, before: bool) -> None:
    assert Succession("Tern", after=True).told_by(text, "") == after
    assert Succession("Tern", after=False).told_by(text, "") == before


def test_a_pronoun_stands_for_whom_the_text_before_names() -> None:
    asked = Succession("Tern", after=True)
    assert asked.told_by("She was replaced by Ida Auk.", "Anna Tern left the harbour.")
    assert not asked.told_by("She was replaced by Ida Auk.", "Mary Gull left the harbour.")


def test_who_succeeded_somebody_is_not_answered_by_who_appointed_her(
    encoder: TokenLocalEncoder,
) -> None:
    asked = "Who succeeded Anna Tern as Keeper of the Harbour?"
    told = Shelf("Keepers", [("Keepers", f"{TERN} {AUK}")], encoder).draft(asked, encoder)
    assert told.text.startswith(AUK)
    assert "Gull" not in told.text
    assert Shelf("Keepers", [("Keepers", TERN)], encoder).draft(asked, encoder).abstained


def test_when_he_came_is_asked_of_whom_the_answer_names() -> None:
    asked = "Who succeeded Anna Tern and when did she take office?"
    assert questions_in(asked) == (asked,)
    assert len(questions_in("Who was Anna Tern and when did she take office?")) > 1


def test_a_pronoun_behind_another_name_and_relief_at_something_take_nobodys_place() -> None:
    asked = Succession("Tern", after=True)
    assert not asked.told_by("General Jon M. Skua led it until he was replaced by Ida Auk.", TERN)
    assert not asked.told_by("They were relieved that under her stewardship trade grew.", TERN)
    assert asked.told_by("In 1919 she was replaced by Ida Auk.", TERN)


def test_that_somebody_left_does_not_say_who_came() -> None:
    asked = Succession("Tern", after=True)
    assert not asked.told_by("Following Tern’s resignation the League relied on her advice.", TERN)
    assert asked.told_by("Following Tern’s resignation Ida Auk was appointed.", TERN)
