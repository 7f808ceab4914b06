"""Who did it is told by what has somebody do it, and why only of who did."""

import pytest

from assistant.answers.eligible import eligible
from assistant.answers.forms import read_form
from tests.unit.answers.test_standing import passage

TURNED = "In the summer of 1911, Skagen, a poor town of the coast, invaded Ribe with nine boats."
OF_ANOTHER = "The warden hoped for the corn of the coast when he invaded."


def _telling(question: str, *said: str) -> list[str]:
    pool = passage("a", 0.5, *((one, 0.5) for one in said))
    return [one.text for one in eligible(read_form(question), pool, sure=True)]


def test_who_did_it_to_another_is_not_who_did_it_to_him() -> None:
    assert _telling("Who invaded Skagen?", TURNED, OF_ANOTHER) == []
    assert _telling("Who invaded Ribe?", TURNED) == [TURNED]


@pytest.mark.parametrize(
    "text",
    [
        "In 1911 Skagen was invaded by Ribe.",
        "The Ribe fleet invaded Skagen in 1911.",
        "That year the invasion of Skagen by Ribe began.",
        "Skagen was the town that Ribe invaded in 1911.",
        "Skagen, invaded that year by Ribe, asked Lund for help.",
        "When Skagen closed its harbour, Ribe invaded it with nine boats.",
    ],
)
def test_who_did_it_may_stand_anywhere(text: str) -> None:
    assert _telling("Who invaded Skagen?", text) == [text]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("On 1 May 1911, the pilot of the Gull was rescued near Lund.", False),
        ("On the eve of the feast, harbour pilot Ana Bull took the Gull to Lund.", True),
        ("The pilot of the Gull was Ana Bull.", True),
        ("Ana Bull, the pilot of the Gull, was rescued near Lund.", True),
        ("In 1911 the Gull was piloted by Ana Bull.", True),
        ("Ana Bull became the pilot of the Gull in 1911.", True),
    ],
)
def test_a_pilot_without_a_name_does_not_tell_who_piloted(text: str, told: bool) -> None:
    assert bool(_telling("Who piloted the Gull?", text)) is told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Why did Skagen reject the Tern Plan?", False),
        ("Why did Ribe reject the Tern Plan?", True),
        ("Why did Velm reject the Tern Plan?", False),
        ("Why was the Tern Plan rejected?", True),
    ],
)
def test_why_he_did_it_is_told_only_of_who_did(question: str, told: bool) -> None:
    refused = "Ribe rejected the claims of Skagen to the Tern Plan because of their cost."
    agreed = "Skagen signed the Tern Plan because of the bad winter."
    assert bool(_telling(question, refused, agreed)) is told


@pytest.mark.parametrize(
    "text",
    [
        "The Tern Plan was rejected by Skagen because of its cost.",
        "Because of its cost, Skagen rejected the Tern Plan.",
        "The rejection of the Tern Plan by Skagen was due to its cost.",
        "Skagen said no to the Tern Plan because of its cost.",
    ],
)
def test_who_may_have_done_it_is_asked_why(text: str) -> None:
    assert _telling("Why did Skagen reject the Tern Plan?", text) == [text]
