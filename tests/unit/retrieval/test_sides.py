"""Comparisons: which two things a question compares by their names, and what is asked of each."""

import pytest

from assistant.retrieval.sides import sides_of


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        (
            "Compare the Truman Doctrine and the Marshall Plan",
            ("the Truman Doctrine", "the Marshall Plan"),
        ),
        (
            "What is the difference between a defence attaché and a military adviser?",
            ("a defence attaché", "a military adviser"),
        ),
        ("How does NATO differ from the European Union?", ("NATO", "the European Union")),
        ("Compare UNSCR 1386 and 1510", ("UNSCR 1386", "UNSCR 1510")),
        ("Compare and contrast an attaché and a consul", ("an attaché", "a consul")),
        ("How do AJP-3 and AJP-5 differ?", ("AJP-3", "AJP-5")),
        ("NATO vs. the Warsaw Pact", ("NATO", "the Warsaw Pact")),
        ("Compare UNSCR 1386 to UNSCR 1510.", ("UNSCR 1386", "UNSCR 1510")),
        (
            "Quelle est la différence entre un attaché de défense et un consul ?",
            ("un attaché de défense", "un consul"),
        ),
    ],
)
def test_a_comparison_names_its_two_sides(question: str, sides: tuple[str, str]) -> None:
    assert sides_of(question) == sides


@pytest.mark.parametrize(
    "question",
    [
        "What are the differences between them?",
        "Compare it with the Marshall Plan",
        "What is the difference in cost between 1990 and 2000?",
        "What is the difference between the role of the attaché and that of the consul?",
        "Compare the costs of the two programmes and their results",
        "What is NATO?",
        "What is the difference between debit and credit cards?",
        "What are notable games between Ravens versus Steelers?",
        "Compare the plan and the plan",
        f"Compare {'very ' * 60}long things and others",
    ],
)
def test_what_compares_no_two_names_is_one_question(question: str) -> None:
    assert sides_of(question) is None


def test_each_side_is_asked_for_in_the_language_of_the_comparison() -> None:
    english = "Compare the pact and a treaty"
    french = "Comparez le pacte et un traité"
    assert (found := sides_of(english)) is not None
    assert found.questions(english) == ("What is the pact?", "What is a treaty?")
    assert (found := sides_of(french)) is not None
    assert found.questions(french) == ("Qu’est-ce que le pacte\xa0?", "Qu’est-ce qu’un traité\xa0?")


def test_what_is_compared_of_two_is_asked_of_each() -> None:
    sides = sides_of("Compare the exports of Egypt and Libya")
    assert sides is not None
    assert tuple(sides) == ("the exports of Egypt", "the exports of Libya")
    sides = sides_of("Compare the Bank of England and Lloyds")
    assert sides is not None
    assert sides.other == "Lloyds"
