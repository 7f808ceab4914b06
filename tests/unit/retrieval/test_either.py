"""Which of two has more is asked of each by itself."""

import pytest

from assistant.retrieval.either import each_of


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "Which spends more of its income on pilots, Norway or Sweden?",
            "How much of its income on pilots does Norway spend?",
            "How much of its income on pilots does Sweden spend?",
        ),
        (
            "Does Norway or Sweden have the longer compulsory service?",
            "How long is the compulsory service of Norway?",
            "How long is the compulsory service of Sweden?",
        ),
        (
            "How many pilots does Norway have compared with Sweden?",
            "How many pilots does Norway have?",
            "How many pilots does Sweden have?",
        ),
        (
            "How large is the fleet of Norway compared to that of the Faroe Islands?",
            "How large is the fleet of Norway?",
            "How large is the fleet of the Faroe Islands?",
        ),
        (
            "Is the service age in Norway higher than in Sweden?",
            "What is the service age in Norway?",
            "What is the service age in Sweden?",
        ),
        (
            "Of Norway and Sweden, which has the bigger fleet?",
            "How big is the fleet of Norway?",
            "How big is the fleet of Sweden?",
        ),
        (
            "Which country has more boats, Norway or Sweden?",
            "How many boats does Norway have?",
            "How many boats does Sweden have?",
        ),
        ("Is Norway larger than Sweden?", "How large is Norway?", "How large is Sweden?"),
        (
            "Who was older, Ada Lind or Bo Berg?",
            "When was Ada Lind born?",
            "When was Bo Berg born?",
        ),
    ],
)
def test_what_two_are_compared_in_is_asked_of_each(question: str, one: str, other: str) -> None:
    assert each_of(question) == (one, other)


@pytest.mark.parametrize(
    "question",
    [
        "Did Norway or Sweden sign the treaty?",
        "Who founded the guild, Norway or Sweden?",
        "Which is better, Norway or Sweden?",
        "Is there more than one treaty?",
        "Which came first, the Gull Treaty or the Tern Pact?",
        "How many pilots does Norway have?",
    ],
)
def test_what_compares_no_measure_is_one_question(question: str) -> None:
    assert each_of(question) is None
