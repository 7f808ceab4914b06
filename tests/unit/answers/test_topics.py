"""What a document is about is told by its title, and a question may be asked of it."""

import pytest

from assistant.answers.topics import asked_of_topics, topic_of
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.standalone import resolve
from tests.unit.shelf import Shelf


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("The Kellogg-Briand Pact, 1928", "the Kellogg-Briand Pact"),
        ("Skagen Treaty Organization (STO), 1954", "the Skagen Treaty Organization"),
        ("Cameroon — World Handbook", "Cameroon"),
        ("A guide to relations, by country: Italy", "Italy"),
        ("The Skagen Crisis 1974–75", "the Skagen Crisis"),
        ("NDAA FY2020", ""),
        ("Building the Panama Canal, 1903–1914", ""),
        ("What defence attachés do", ""),
    ],
)
def test_the_topic_of_a_title_is_a_name_without_years_and_series(title: str, topic: str) -> None:
    assert topic_of(title) == topic


def test_a_question_of_something_unsaid_is_asked_of_it(encoder: TokenLocalEncoder) -> None:
    pact = Shelf("The Skagen Pact, 1928", (("Terms", "The pact forbids nets."),), encoder)
    cape = Shelf("Grenen — World Handbook", (("Land", "Grenen is a cape."),), encoder)
    question = resolve("Is it still in force?", ())
    passages = [*pact.passages(question), *cape.passages(question)]
    assert [*asked_of_topics(question.asked, passages, "en")] == [
        "Is the Skagen Pact still in force?"
    ]
    assert [*asked_of_topics("Tell me about relations.", passages, "en")] == [
        "Tell me about relations with Grenen."
    ]
