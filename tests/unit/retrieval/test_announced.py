"""Who says that another subject follows is answered as one who begins."""

import pytest

from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.announced import announced
from assistant.retrieval.topic import understood
from assistant.types import Role, Turn


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Now to something else: what is KFOR?", "What is KFOR?"),
        ("On another subject: who opened the canal?", "Who opened the canal?"),
        ("Let's change the subject. Who is Blinken?", "Who is Blinken?"),
        ("A different question, who wrote it?", "Who wrote it?"),
        ("Autre question : qui est Kissinger ?", "Qui est Kissinger ?"),
        ("Passons à autre chose : qu'est-ce que l'OTAN ?", "Qu'est-ce que l'OTAN ?"),
        ("What other treaty was signed: the one of 1922?", ""),
        ("What is the subject of the treaty?", ""),
        ("Is there another question: who pays?", ""),
    ],
)
def test_what_follows_an_announced_change_of_subject_is_asked(text: str, asked: str) -> None:
    assert announced(text) == asked


def test_nothing_that_was_said_is_carried_into_it(encoder: TokenLocalEncoder) -> None:
    said = (Turn(Role.USER, "What did NSC-68 recommend?"), Turn(Role.ASSISTANT, "A build-up. [1]"))
    found = understood("Now to something else: what is the Antarctic Treaty?", said, encoder)
    assert found.text == "What is the Antarctic Treaty?"
    assert not found.earlier
    later = (*said, Turn(Role.USER, "Now to something else: what is the Antarctic Treaty?"))
    found = understood("When was it signed?", later, encoder)
    assert found.text == "When was the Antarctic Treaty signed?"


def test_what_is_announced_but_means_what_was_said_still_does(encoder: TokenLocalEncoder) -> None:
    said = (Turn(Role.USER, "What is the Antarctic Treaty?"),)
    found = understood("Another question: when was it signed?", said, encoder)
    assert found.text == "When was the Antarctic Treaty signed?"
