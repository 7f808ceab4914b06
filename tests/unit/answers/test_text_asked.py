"""Which text a question names and asks what it lays down, and what it asks of it."""

import pytest

from assistant.answers.text_asked import as_it_says, text_asked
from assistant.answers.within import asked_within


@pytest.mark.parametrize(
    ("question", "said", "rest"),
    [
        (
            "How can the Norway-Sweden agreement on pilots be ended?",
            "Norway-Sweden agreement on pilots",
            "How can the agreement be ended?",
        ),
        (
            "Which three conditions must be met before the protocol admitting Skagen took effect?",
            "protocol admitting Skagen",
            "Which three conditions must be met before the protocol took effect?",
        ),
        (
            "Who may inspect boats under the Gull Coast Treaty?",
            "Gull Coast Treaty",
            "Which party may inspect boats under the treaty?",
        ),
        (
            "Under the Tern Convention, may a state keep boats?",
            "Tern Convention",
            "Under the convention, may a state keep boats?",
        ),
    ],
)
def test_the_name_is_taken_out_of_the_question(question: str, said: str, rest: str) -> None:
    found = text_asked(question)
    assert found is not None
    assert (found.said, found.rest) == (said, rest)


def test_a_short_name_is_searched_for_in_full() -> None:
    found = text_asked("How can a state denounce the NATO SOFA?")
    assert found is not None
    assert found.said.startswith("Agreement between the Parties to the North Atlantic Treaty")
    assert found.rest == "How can a state denounce the agreement?"


@pytest.mark.parametrize(
    "question",
    [
        "Why did Skagen not ratify the Treaty of Ribe?",
        "Who negotiated the Treaty of Ribe?",
        "What is the Gull Coast Treaty?",
        "May a state keep boats under the treaty?",
        # Nothing of it is written as a name.
        "When does the agreement on gull pilots of third states enter into force?",
    ],
)
def test_of_what_was_done_others_tell(question: str) -> None:
    assert text_asked(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "When does the Gull Coast Treaty enter into force?",
        "How many ratifications does the Gull Coast Treaty need to enter into force?",
        "Who is the depositary of the Gull Coast Treaty?",
        "How can a state leave the Gull Coast Treaty and when does that take effect?",
        "How can the Gull Coast Treaty be ended?",
        "Which area does the Gull Coast Treaty cover?",
        "How much notice ends the Gull Coast Treaty?",
        "To which territories does the Gull Coast Treaty apply?",
    ],
)
def test_what_treaties_settle_at_their_end_is_asked_of_them(question: str) -> None:
    found = asked_within(question)
    assert found is not None
    assert found.whole.ways == (frozenset({"gull", "coast", "treati"}),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("This Agreement continues in effect until terminated by either party in writing.", True),
        ("Each Party shall have the right to withdraw from the Treaty.", True),
        ("Each Party shall have the right to withdraw its boats from storage.", False),
        ("The pilots shall wear a badge.", False),
        ("Such measures shall be terminated when there is peace again.", False),
        ("This Agreement may at any time be terminated.", True),
    ],
)
def test_how_a_treaty_is_left_is_told_by_what_speaks_of_leaving_it(text: str, told: bool) -> None:
    found = asked_within("How can a state leave the Gull Coast Treaty?")
    assert found is not None
    assert found.clause is not None
    assert bool(found.clause.told.search(text)) is told


def test_one_leaves_nato_by_its_treaty() -> None:
    asked = text_asked("How can a state leave NATO?")
    assert asked is not None
    assert asked.said == "North Atlantic Treaty"
    command = text_asked("How can an officer leave NATO Command?")
    assert command is None or command.said != "North Atlantic Treaty"


@pytest.mark.parametrize(
    "question",
    [
        "What does the Gull Coast Treaty say about pilots?",
        "Under the Gull Coast Treaty, how is the bill split?",
        "Which boats does the Gull Coast Treaty lay down rules for?",
    ],
)
def test_what_a_treaty_says_is_asked_of_it(question: str) -> None:
    asked = text_asked(question)
    assert asked is not None
    assert asked.said == "Gull Coast Treaty"


@pytest.mark.parametrize(
    ("question", "read"),
    [
        (
            "What are the terms of the Gull Coast Treaty on military activity?",
            "What does the Gull Coast Treaty say about military activity?",
        ),
        (
            "What are the rules of the agreement between Ribe and Lund on pilots concerning pay?",
            "What does the agreement between Ribe and Lund on pilots say about pay?",
        ),
        (
            "How does the Gull Coast Treaty deal with wrecks?",
            "What does the Gull Coast Treaty say about wrecks?",
        ),
        ("What are the terms of the Gull Coast Treaty?",) * 2,
        ("What is the Treaty of Ribe on Pilots?",) * 2,
    ],
)
def test_its_terms_on_something_are_what_it_says_about_that(question: str, read: str) -> None:
    assert as_it_says(question) == read


@pytest.mark.parametrize(
    ("question", "said", "rest"),
    [
        (
            "When did the Gull Coast Treaty enter into force?",
            "Gull Coast Treaty",
            "When did the treaty enter into force?",
        ),
        (
            "When was the agreement between Ribe and Lund on pilots signed?",
            "agreement between Ribe and Lund on pilots",
            "When was the agreement signed?",
        ),
        (
            "Which instruction did GCSI 1203.04B replace?",
            "GCSI 1203.04B",
            "Which instruction did the document replace?",
        ),
        (
            "Which convention was superseded by the Gull Coast Treaty?",
            "Gull Coast Treaty",
            "Which convention was superseded by the treaty?",
        ),
        (
            "Quand la Convention de Vienne sur les pilotes est-elle entrée en vigueur ?",
            "Vienna Convention pilot",
            "When did the convention enter into force?",
        ),
        (
            "Où le Traité de Vienne a-t-il été signé ?",
            "treaty of Vienna",
            "Where was the treaty signed?",
        ),
        (
            "Comment peut-on dénoncer le Traité de Vienne ?",
            "treaty of Vienna",
            "How can a state denounce the treaty?",
        ),
    ],
)
def test_what_came_about_by_a_clause_is_asked_of_the_text(
    question: str, said: str, rest: str
) -> None:
    found = text_asked(question)
    assert found is not None
    assert found.clause is not None
    assert (found.said, found.rest) == (said, rest)
