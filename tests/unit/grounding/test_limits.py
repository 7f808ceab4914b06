"""Who said it, on what condition, and whether it has come: what may not be left out."""

import pytest

from assistant.grounding.limits import limit
from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.verify import find
from assistant.grounding.wording import claimed_nowhere
from assistant.models.encoder import LocalEncoder


@pytest.mark.parametrize(
    ("sentence", "span", "frame"),
    [
        (
            "Russia had breached the treaty.",
            "The United States stated that Russia had breached the treaty; Russia denied it.",
            "stated that",
        ),
        ("The minister resigned.", "Opponents claim that the minister resigned.", "claim that"),
        ("The minister resigned.", "The minister allegedly resigned in May.", "allegedly"),
        ("Le ministre a démissionné.", "La presse affirme que le ministre a démissionné.", "que"),
    ],
)
def test_what_somebody_says_is_not_said_outright(sentence: str, span: str, frame: str) -> None:
    assert "leaves it to somebody" in limit(sentence, span)
    assert frame in limit(sentence, span)


@pytest.mark.parametrize(
    ("sentence", "span", "condition"),
    [
        ("Members pay no fee.", "Members pay no fee unless they live abroad.", "unless they live"),
        ("Soldiers may shoot.", "Soldiers may shoot only if they are attacked.", "only if they"),
        (
            "The governments agreed to consult immediately.",
            "The governments agreed to consult immediately if Malaysia faced an attack.",
            "if Malaysia faced",
        ),
        (
            "All states on the Baltic Sea were members of NATO.",
            "In 2024, all states on the Baltic Sea except Russia were members of NATO.",
            "except Russia",
        ),
    ],
)
def test_a_condition_is_not_left_out(sentence: str, span: str, condition: str) -> None:
    assert f"with a limit: “{condition}" in limit(sentence, span)


@pytest.mark.parametrize(
    ("sentence", "span", "deed"),
    [
        ("The bridge opened in May.", "The bridge will open in May.", "will open"),
        ("The bridge opened.", "The bridge was to open, but the tests failed.", "was to open"),
        (
            "The United Kingdom leads the command.",
            "The United Kingdom will lead the command from 2026.",
            "will lead",
        ),
        ("The Allies closed the office.", "The Allies plan to close the office.", "plan to close"),
    ],
)
def test_what_is_to_come_has_not_come(sentence: str, span: str, deed: str) -> None:
    assert limit(sentence, span) == f"The passage has it as still to come: “{deed}”."


@pytest.mark.parametrize(
    ("span", "frame"),
    [
        ("He unsuccessfully attempted to merge the provinces.", "unsuccessfully attempted"),
        ("He tried in vain to merge the provinces.", "tried in vain"),
        ("He attempted, but failed, to merge the provinces.", "attempted, but failed, to"),
    ],
)
def test_what_failed_is_told_as_failed(span: str, frame: str) -> None:
    told = limit("He merged the provinces.", span)
    assert told == f"The passage tells that it failed: “{frame}”."


def test_what_was_only_tried_is_not_told_as_to_come() -> None:
    told = limit("Soldiers freed the consul.", "Soldiers attempted to free the consul.")
    assert told == "The passage does not tell it as done: “attempted to free”."


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("Members pay a fee.", "The treaty states that members pay a fee."),
        ("Critics say that members pay a fee.", "Critics claim that members pay a fee."),
        ("If they live abroad, members pay a fee.", "Members pay a fee if they live abroad."),
        ("The bridge will open in May.", "The bridge is to open in May."),
        ("The office opened in May.", "The office opened in May, and the bridge will be painted."),
        (
            "The United States found the answer unacceptable.",
            "The United States found that answer unacceptable.",
        ),
        ("The critics met in Rome.", "The critics who met in Rome said that members pay a fee."),
    ],
)
def test_what_stands_without_a_limit_or_with_the_same_is_let_be(sentence: str, span: str) -> None:
    assert limit(sentence, span) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister resigned.",
        "Members pay no fee.",
        "The bridge opened in May.",
        "The airline bought the bank.",
        "The bank was the first to buy the airline.",
        "Only the bank bought the airline.",
    ],
)
def test_what_is_limited_or_turned_round_is_not_carried(
    sentence: str, encoder: LocalEncoder
) -> None:
    text = (
        "Opponents claim that the minister resigned. Members pay no fee unless they live abroad. "
        "The bridge will open in May. The bank bought the airline."
    )
    found = find(sentence, Evidence([EvidenceText(text)], encoder))
    assert found.verdict == "unsupported"
    assert found.problem


def test_the_passive_of_what_a_text_says_is_carried(encoder: LocalEncoder) -> None:
    texts = Evidence([EvidenceText("The bank bought the airline.")], encoder)
    assert find("The airline was bought by the bank.", texts).verdict == "supported"


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        (
            "The Stockholm Document was the first to bring inspections.",
            "The sentence says “first”, which the passage does not.",
        ),
        ("The Stockholm Document brought inspections.", ""),
        ("First, the Stockholm Document brought inspections.", ""),
        ("The Stockholm Document was the only one of 1986.", ""),
    ],
)
def test_nothing_is_the_first_or_only_one_that_no_text_calls_so(
    sentence: str, problem: str
) -> None:
    around = "The Stockholm Document, the only one of 1986, brought inspections."
    assert claimed_nowhere(sentence, "", around) == problem


def test_what_a_rule_says_shall_be_is_so() -> None:
    span = "Each member of the council shall have one vote."
    assert not limit("Every member of the council has one vote.", span)
    assert limit(
        "Every member of the council received a vote.", "Each member shall receive a vote."
    )


def test_a_condition_does_make_a_difference() -> None:
    span = "They may carry arms, on the condition that they are authorized by their orders."
    assert "condition" in limit("They may carry arms whatever their orders say.", span)
    assert limit("They may carry arms if their orders authorize it.", span) == ""
