"""Troops by whose they are, and a people by its name: what "they" are after a question of them."""

import pytest

from assistant.retrieval.conversation import followed
from assistant.retrieval.groups import group_in, people_in
from assistant.types import Role, Turn


def reading(*said: str) -> str:
    """How the last of what was said reads; questions and answers take turns."""
    roles = (Role.USER, Role.ASSISTANT)
    *before, question = said
    history = [Turn(roles[i % 2], text) for i, text in enumerate(before)]
    return followed(history).reading(question)


@pytest.mark.parametrize(
    ("question", "group"),
    [
        ("Under what terms were Polish troops in Chad?", "Polish troops in Chad"),
        ("Which treaty governs Dutch forces in Jordan?", "Dutch forces in Jordan"),
        ("Why did the NATO allies disagree?", "NATO allies"),
        ("How large are Mali's armed forces?", "Mali's armed forces"),
        ("Why did Kenya send troops to Somalia?", ""),
        ("Which states signed the Geneva Conventions?", ""),
        ("How did Carter discuss rights?", ""),
    ],
)
def test_a_group_is_told_by_whose_it_is_and_where(question: str, group: str) -> None:
    assert group_in(question) == group


@pytest.mark.parametrize(
    ("question", "people"),
    [
        ("What did the British demand?", "the British"),
        ("Whom did the Soviets back?", "the Soviets"),
        ("Did the doctrine stop the Japanese?", "the Japanese"),
        ("What did the Israelis do?", "the Israelis"),
        ("How did the Laos crisis end?", ""),
        ("What does the Swiss liaison officers agreement say?", ""),
        ("Did the British government agree?", ""),
        ("When did the Polish army fall?", ""),
        ("What did the Netherlands say?", ""),
        ("When were the Torrijos-Carter Treaties signed?", ""),
        ("What happened in the Falklands?", ""),
    ],
)
def test_a_people_is_told_by_the_form_of_its_name(question: str, people: str) -> None:
    assert people_in(question) == people


TROOPS = ("Under what terms were Polish troops in Chad?", "They were guests. [1]")
MAY = (*TROOPS, "May they drive on Polish licences?", "They may. [1]")
CRISIS = ("What was the Corfu incident?", "A dispute. [1]", "What did the Greeks demand?", "")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            (*TROOPS, "May they drive on Polish licences?"),
            "May Polish troops in Chad drive on Polish licences?",
        ),
        ((*MAY, "And in Gabon?"), "May Polish troops in Gabon drive on Polish licences?"),
        (
            (*MAY, "And in Gabon?", "", "Which airport did they use there?"),
            "Which airport did Polish troops use in Gabon?",
        ),
        (
            ("What rights do Polish soldiers have in Chad?", "Some. [1]", "May they carry arms?"),
            "May Polish soldiers in Chad carry arms?",
        ),
        (
            (*TROOPS, "How soon must bills be settled?", "Soon. [1]", "What do they pay for?"),
            "What do Polish troops in Chad pay for?",
        ),
        (
            ("How many people serve in Mali's military?", "Many. [1]", "Where are they deployed?"),
            "Where are Mali's military deployed?",
        ),
        (
            ("How did the Laos crisis end?", "By a treaty. [1]", "When did it end?"),
            "When did the Laos crisis end?",
        ),
        (
            (
                *("What share of GDP did Mali spend on arms in 2019?", "2 %. [1]"),
                *("What about Chad?", "3 %. [1]", "Is there conscription there?"),
            ),
            "Is there conscription in Chad?",
        ),
        ((*CRISIS, "Did they get it?"), "Did the Greeks get the Corfu incident?"),
        (
            (*CRISIS, "Who led the Italians at the time?"),
            "Who led the Italians at the time of the Corfu incident?",
        ),
        (
            ("Who were sent to talk with the Barbary states?", "Envoys. [1]", "Did they agree?"),
            "Did those who were sent to talk with the Barbary states agree?",
        ),
        (
            ("What was the Corfu incident?", "A dispute. [1]", "who were they?"),
            "who were they?",
        ),
        (
            ("What is the Corfu Protocol?", "A text. [1]", "When did it take effect?"),
            "When did the Corfu Protocol take effect?",
        ),
    ],
)
def test_they_are_the_group_or_people_spoken_of_and_never_what_happened(
    said: tuple[str, ...], expected: str
) -> None:
    assert reading(*said) == expected
