"""A question that opens another subject is searched without what was said before."""

import pytest

from assistant.models.encoder import LocalEncoder
from assistant.retrieval.topic import understood
from assistant.types import Role, Turn

HISTORY = (
    Turn(Role.USER, "What do defence attachés do in an embassy?"),
    Turn(
        Role.ASSISTANT,
        "Defence attachés represent their armed forces in the host state, observe its military "
        "and advise the ambassador on defence.",
    ),
)


@pytest.mark.parametrize(
    "question",
    [
        "What rank does a defence attaché usually hold?",
        "Who pays the salary of embassy staff?",
        "And in wartime?",
        "Are they protected by immunity?",
    ],
)
def test_a_question_on_the_same_subject_keeps_its_history(
    encoder: LocalEncoder, question: str
) -> None:
    assert understood(question, HISTORY, encoder).earlier


@pytest.mark.parametrize(
    "question",
    [
        "Which crops grow best in a cold and dry climate?",
        "How do I cook pasta at home?",
        "Which paint dries fastest on wet wood?",
    ],
)
def test_a_question_on_another_subject_drops_it(encoder: LocalEncoder, question: str) -> None:
    dropped = understood(question, HISTORY, encoder)
    assert dropped == understood(question, (), encoder)
    assert (dropped.earlier, dropped.background, dropped.context) == ((), "", None)
