"""Several questions in one message: which are told apart, and which stay one."""

import pytest

from assistant.retrieval.parts import MOST, leaves_unnamed, questions_in


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        (
            "When was NATO founded and who is its Secretary General?",
            ("When was NATO founded?", "Who is NATO’s Secretary General?"),
        ),
        (
            "What are attachés and how do they differ from consuls?",
            ("What are attachés?", "How do attachés differ from consuls?"),
        ),
        (
            "How large is Togo's army, what is the least age there, and who trains its crews?",
            (
                "How large is Togo's army?",
                "What is the least age in Togo?",
                "Who trains the crews of Togo?",
            ),
        ),
        (
            "When and where was the Gull Treaty made, who mediated it, and what did Oslo get?",
            (
                "When was the Gull Treaty made?",
                "Where was the Gull Treaty made?",
                "Who mediated the Gull Treaty?",
                "What did Oslo get?",
            ),
        ),
        (
            "Who was Ada Lind, who became a pilot, and what did she do?",
            ("Who was Ada Lind, who became a pilot?", "What did Ada Lind do?"),
        ),
        (
            "When and where was the treaty signed?",
            ("When was the treaty signed?", "Where was the treaty signed?"),
        ),
        ("What is a SOFA? Who signs it?", ("What is a SOFA?", "Who signs the SOFA?")),
        (
            "What is the purpose of exercises and who pays for them?",
            ("What is the purpose of exercises?", "Who pays for exercises?"),
        ),
        (
            "What does Article 5 say, and has it ever been invoked?",
            ("What does Article 5 say?", "Has Article 5 ever been invoked?"),
        ),
        (
            "Qui dirige la force et quand a-t-elle été créée ?",
            ("Qui dirige la force?", "Quand la force a-t-elle été créée ?"),
        ),
    ],
)
def test_questions_of_one_message_are_told_apart(message: str, questions: tuple[str, ...]) -> None:
    assert questions_in(message) == questions


@pytest.mark.parametrize(
    "message",
    [
        "Who decides when and where exercises take place?",
        "What is the difference between attachés and consuls?",
        "What are the roles of the commander and the staff?",
        "Which agreement was signed in 1951 and has been amended since?",
        "What, along with language, is an obstacle for liaison missions?",
        "List the members and their contributions.",
        "Tell me about exercises and training",
        "What did he say about who pays and how much?",
    ],
)
def test_one_question_stays_one(message: str) -> None:
    assert questions_in(message) == (message,)


def test_a_text_that_is_pasted_in_is_not_taken_apart() -> None:
    text = "The committee met and who was there is not known. " * 20
    assert questions_in(f"{text}What is that about?") == (f"{text}What is that about?",)


def test_of_many_questions_the_last_ones_stay_together() -> None:
    message = " ".join(f"What is item {i}?" for i in range(9))
    found = questions_in(message)
    assert len(found) == MOST
    assert found[-1].endswith("What is item 8?")


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ("Who was the first ambassador?", True),
        ("Who was the first ambassador to Chad?", False),
        ("What did the UN do?", False),
    ],
)
def test_a_later_question_without_a_name_is_about_what_the_first_names(
    later: str, expected: bool
) -> None:
    assert leaves_unnamed(later, "When did the embassy in Burundi open?") is expected
    assert not leaves_unnamed(later, "When did the embassy open?")
