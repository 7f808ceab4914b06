"""A reason is told where it is true of the two texts as they are written."""

import pytest

from assistant.grounding.reasons import told_truly
from assistant.grounding.tellable import Texts
from assistant.phrases import phrase


def tell(sentence: str, span: str, *problems: str, passage: str = "") -> str:
    return told_truly(problems, Texts(sentence, span, f"{passage}\n{span}"))


@pytest.mark.parametrize(
    ("sentence", "span", "problem", "told"),
    [
        (
            "The guild owns twelve barges.",
            "The guild owns 18 barges, and 12 for others.",
            phrase("number-nowhere", number="12"),
            "",
        ),
        (
            "The guild owned 15 barges in 1930.",
            "The guild owns 18 barges.",
            phrase("another-number", given="18", said="1930"),
            "The passage does not say 1930.",
        ),
        (
            "The guild owned fifteen barges.",
            "The guild owns 18 barges.",
            phrase("another-number", given="18", said="15"),
            "The passage says 18, the sentence fifteen.",
        ),
        (
            "It paid 7.5 million dollars.",
            "It paid nothing.",
            phrase("number-nowhere", number="7500000"),
            "The passage does not say 7.5 million.",
        ),
        (
            "Once the pact was in force, it paid.",
            "After the pact was in force, it paid.",
            phrase("name-nowhere", name="Once"),
            "",
        ),
        (
            "Ships passed the Lund Canal.",
            "Ships passed the Ribe Canal.",
            phrase("name-nowhere", name="Lund"),
            "Nothing in the passage names Lund Canal.",
        ),
        (
            "The Lund Act merged the services.",
            "The Naval and Coastal Services were merged by the Lund Act.",
            phrase("another-name", given="Naval", said="Lund"),
            "",
        ),
        (
            "On Monday Auk met the guild.",
            "On Monday Velm met the guild.",
            phrase("another-name", given="Velm", said="Auk"),
            "The passage says Velm here, the sentence Auk.",
        ),
        (
            "The club regards it as a crime.",
            "DETERMINATION.— It is a crime.",
            phrase("another-name", given="DETERMINATION", said="club"),
            "The passage does not say “regards”.",
        ),
        (
            "An attack on one is an attack on all.",
            "An attack against one shall be an attack against them all.",
            phrase("word-added", said="all"),
            "",
        ),
        (
            "It paid within 60 days.",
            "It shall pay not later than 60 days after.",
            phrase("word-dropped", given="not"),
            "",
        ),
        (
            "Each member has one vote.",
            "Each member shall have one vote.",
            phrase("to-come", deed="shall have"),
            "",
        ),
        (
            "The club voted to disband.",
            "The members may disband.",
            phrase("words-nowhere", said="disband"),
            "",
        ),
        (
            "Auk and Velm met.",
            "Auk met Velm.",
            phrase("names-exchanged", given="Auk", said="Velm"),
            "",
        ),
        (
            "The lake lies in the north.",
            "The lake lies in the south.",
            phrase("another-word", given="south", said="north"),
            "The passage says “south”, the sentence “north”.",
        ),
        (
            "The force has 30,000 soldiers.",
            "The force has 3,000 soldiers.",
            phrase("another-number", given="3000", said="30000"),
            "The passage says 3,000, the sentence 30,000.",
        ),
        (
            "The pact is of unlimited duration.",
            "In 1963 the Limited Test Pact was signed.",
            phrase("another-word", given="limited", said="unlimited"),
            "",
        ),
        (
            "In Ribe Envoy Auk was killed.",
            "It named Auk its Envoy.",
            phrase("names-exchanged", given="Auk", said="Envoy"),
            "",
        ),
        (
            "He was invited, and stayed away.",
            "He was unable to come.",
            phrase("another-word", given="unable", said="invited"),
            "",
        ),
    ],
)
def test_a_reason_is_true_word_for_word(sentence: str, span: str, problem: str, told: str) -> None:
    others = [phrase("words-nowhere", said="regards")] if "regards" in sentence else []
    assert tell(sentence, span, problem, *others) == told


def test_the_next_reason_is_told_where_the_first_is_not_true() -> None:
    false, true = phrase("name-nowhere", name="Once"), phrase("words-nowhere", said="burned")
    said = "Once it was open, the barge burned."
    assert tell(said, "After it was open, the barge left.", false, true) == true


def test_a_name_that_stands_elsewhere_in_the_passage_is_not_said_to_be_nowhere() -> None:
    problem = phrase("name-nowhere", name="Lund")
    found = tell("It paid Lund.", "It paid.", problem, passage="Lund was rich.")
    assert found == "What the passage says here does not name Lund."


def test_the_number_of_a_title_is_not_said_to_be_missing() -> None:
    said, span = "The Toll Act of 1924 moved the tolls to Lund.", "It moved all tolls to Lund."
    problem = phrase("number-nowhere", number="1924")
    assert tell(said, span, problem, passage="The Toll Act of 1924") == ""
    assert tell(said, span, problem, passage="The Toll Act") == "The passage does not say 1924."


def test_a_year_is_told_for_no_name() -> None:
    said, span = "A rising in Norden of 1905 was put down.", "A rising in 1905 was put down."
    assert tell(said, span, phrase("another-word", given="1905", said="Norden")) == ""
