"""He" and "she" are the person whom the reader asked about, before one that the answer names."""

import pytest

from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.biography import person_asked_of
from tests.unit.retrieval.test_follow_ups import reading

CRANE = (
    "When did Edgar Crane become Secretary of State?",
    "In 1802 President Amos Field asked Crane to join him. [1]",
)
BOUGHT = (
    "When did Edgar Crane arrange the purchase of Nova?",
    "Crane wrote to Pavel Orlov in 1804. [1]",
)
REFUSED = ("When did Edgar Crane arrange the purchase of Nova?", "Not answered.")
FIRST = ("Who was the first envoy?", "Amos Field appointed Edgar Crane to be the first envoy. [1]")
VOTED = ("When did South Avalon first vote?", "Ilse Brandt was elected in 1994. [1]")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((*CRANE, "Where was he born?"), "Where was Edgar Crane born?"),
        ((*CRANE, "Who was his predecessor?"), "Who was the predecessor of Edgar Crane?"),
        (
            (*CRANE, "Which talks did he lead?", "Max Otto Hall led them. [1]", "Did he retire?"),
            "Did Edgar Crane retire?",
        ),
        ((*BOUGHT, "Whom did he meet?"), "Whom did Edgar Crane meet?"),
        ((*REFUSED, "Whom did he meet?"), "Whom did Edgar Crane meet?"),
        (
            ("When did President Field die?", "At Edgar Crane’s house. [1]", "Had he sons?"),
            "Had Field sons?",
        ),
        (
            ("What is Ada Crane’s career?", "With Ilse Brandt she led it. [1]", "Is she married?"),
            "Is Ada Crane married?",
        ),
        (
            ("What is Ada Crane known for?", "A treaty. [1]", "What is her main idea?"),
            "What is the main idea of Ada Crane?",
        ),
    ],
)
def test_the_person_asked_of_goes_before_those_of_the_answer(
    encoder: TokenLocalEncoder, said: tuple[str, ...], expected: str
) -> None:
    assert reading(encoder, *said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((*VOTED, "When was she born?"), "When was Ilse Brandt born?"),
        (
            (*CRANE, "Who was his predecessor?", "Crane followed Otto Lang. [1]", "Did he resign?"),
            "Did Otto Lang resign?",
        ),
        (
            (*CRANE, "Which senator wrote the act?", "Otto Lang wrote it. [1]", "Did he retire?"),
            "Did Otto Lang retire?",
        ),
        (
            (*FIRST, "Why did his successor resign?"),
            "Why did Edgar Crane’s successor resign?",
        ),
        (
            ("Who appointed Edgar Crane?", "Amos Field appointed Crane. [1]", "When did he die?"),
            "When did Amos Field die?",
        ),
        (
            (*FIRST, "Who succeeded him?", "Otto Lang did. [1]", "Why did his successor resign?"),
            "Why did Otto Lang resign?",
        ),
        (
            (*FIRST, "Who succeeded him?", "Otto Lang did. [1]", "Who was his successor?"),
            "Who was the successor of Otto Lang?",
        ),
        (
            ("Who signed the Nova Treaty?", "Pavel Orlov signed it. [1]", "When did he die?"),
            "When did Pavel Orlov die?",
        ),
    ],
)
def test_who_was_asked_for_is_spoken_of_after_that(
    encoder: TokenLocalEncoder, said: tuple[str, ...], expected: str
) -> None:
    assert reading(encoder, *said) == expected


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("When did South Avalon vote?", "In southern Avalon they voted."),
        ("When did Costa Nova become independent?", "In 1821."),
        ("When did the Nova Treaty enter into force?", "The Treaty did in 1900."),
        ("When did Ruritania become a member?", "In 1955."),
        ("What did Edgar Crane say?", "Edgar Crane said nothing."),
    ],
)
def test_places_and_things_are_no_persons(question: str, answer: str) -> None:
    assert person_asked_of(question, answer) == ""
