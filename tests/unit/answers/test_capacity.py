"""How long somebody was in an office, how long a text is in force, and what is had somewhere."""

from assistant.answers.forms import read_form
from assistant.answers.question import Expected
from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

LIFE = (
    (
        "Ada Holm",
        "Ada Holm served as Mayor of Skagen from 1901 to 1907. She served in the navy from 1890 "
        "to 1894. Ada Holm was Minister of Ports of Velm in 1911.",
    ),
)


def test_how_long_somebody_held_an_office_is_told_of_that_office(
    encoder: TokenLocalEncoder,
) -> None:
    shelf = Shelf("Ada Holm", LIFE, encoder)
    assert shelf.draft("How long did Ada Holm serve as Mayor of Skagen?", encoder).text == (
        "Ada Holm served as Mayor of Skagen from 1901 to 1907. [1]"
    )
    other = "How long did Ada Holm serve as Minister of Ports of Velm?"
    assert shelf.draft(other, encoder).abstained


def test_how_long_an_agreement_is_valid_is_a_time_and_no_length() -> None:
    form = read_form("How long is the agreement with Velm valid?")
    assert form.asks_duration
    assert not form.asks_length
    assert read_form("How long is the border of Velm?").asks_length


def test_what_is_to_be_said_when_questioned_is_no_question_of_time() -> None:
    asked = read_form("What must a prisoner say when questioned?")
    assert asked.expected is Expected.ANYTHING
    assert asked.condition
    assert read_form("When was the prisoner questioned?").expected is Expected.TIME


def test_who_has_something_somewhere_is_told_by_what_speaks_of_it(
    encoder: TokenLocalEncoder,
) -> None:
    text = "Military service in Skagen is for all men. Men of Skagen serve for a year."
    shelf = Shelf("Skagen", (("Military service", text),), encoder)
    question = "Which countries have military bases in Skagen?"
    assert shelf.draft(question, encoder).abstained
