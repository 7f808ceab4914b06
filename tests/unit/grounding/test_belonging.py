"""Whose a thing is, who holds an office, and who was left aside."""

import pytest

from assistant.grounding.belonging import of_another_people
from assistant.grounding.denied_there import left_aside
from assistant.grounding.doers import held_by_another

SHIPS = "He took two Swedish envoys from the British mail ship, the Tern."
KING = "The king is the force's commander in chief; the minister of finance pays for it."
ASKED = "The Belgians sent troops without seeking leave from either Karon or Lumba."


def test_a_thing_of_one_people_is_none_of_another() -> None:
    told = "The passage says British here, the sentence Swedish."
    assert of_another_people("The Tern was a Swedish ship.", SHIPS) == told


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("The Tern was a British ship.", SHIPS),
        ("It had two Swedish envoys.", SHIPS),
        ("The Tern was a Swedish ship.", "British ships met Swedish vessels near the Tern."),
        ("The Tern was a Swedish ship.", "The British took the ship of Swedish envoys."),
        ("The Tern was a Danish ship.", SHIPS),
    ],
)
def test_a_thing_that_may_be_of_both_is_not_refused(sentence: str, span: str) -> None:
    assert not of_another_people(sentence, span)


def test_who_is_commander_commands_and_nobody_else() -> None:
    told = "The passage says king here, the sentence minister."
    assert held_by_another("The minister commands the force.", KING, KING) == told
    assert not held_by_another("The king commands the force.", KING, KING)
    # Of whom nothing is told, other checks tell.
    assert not held_by_another("The bishop commands the force.", KING, KING)
    offer = "The king is to offer it, and the minister pays."
    assert not held_by_another("The minister offers the force.", offer, offer)


def test_who_was_not_asked_did_not_ask_for_it() -> None:
    assert left_aside("Belgium sent troops for Lumba.", ASKED)
    assert not left_aside("Belgium sent troops and did not ask Lumba.", ASKED)
    assert not left_aside("Belgians sent troops.", ASKED)
