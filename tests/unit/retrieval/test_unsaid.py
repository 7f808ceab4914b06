"""A question that nothing was said before says of what it asks, or is asked back."""

import pytest

from assistant.retrieval.unsaid import is_of_something_unsaid


@pytest.mark.parametrize(
    "question",
    [
        "Is it still in force?",
        "How many troops?",
        "How much money?",
        "Tell me about relations.",
        "What about the treaty?",
        "What were the results?",
        "Who signed it?",
        "Who signed and ratified it?",
        "Which countries ratified it, and when?",
        "Did the council recognize it?",
        "What happened there?",
        "Who was there?",
        "Est-il toujours en vigueur ?",
        "Qu'en est-il du traité ?",
    ],
)
def test_what_names_nothing_is_of_something_unsaid(question: str) -> None:
    assert is_of_something_unsaid(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is diplomacy?",
        "Tell me about containment.",
        "Tell me about dollar diplomacy.",
        "How many troops does Chad have?",
        "Is it possible to extradite a soldier?",
        "How does an attaché get there?",
        "what are fjords and where do they come from",
        "who were the gauchos and what did they do",
        "where does the delta get its name from",
        "how many lighthouses are there in the delta",
        "Is it true that Finland joined NATO?",
        "What are the tasks of an attaché?",
        "Qu'est-ce que l'OTAN ?",
    ],
)
def test_what_names_what_it_is_about_is_not(question: str) -> None:
    assert not is_of_something_unsaid(question)
