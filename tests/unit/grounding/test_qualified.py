"""What is the first of more, or otherwise, than the passage says is not carried as such."""

import pytest

from assistant.grounding.qualified import unqualified
from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.verify import find
from assistant.models.encoder import LocalEncoder

SKYLARK = "Its first artificial satellite, named Skylark, exploded on the launch pad in December."
TEXT = (
    f"{SKYLARK} Brigadier Anne Holt was the first woman appointed to the council in Zug. "
    "Lake Meru is the largest lake of the republic and its main source of fish."
)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("The first satellite in orbit was called Skylark.", "in orbit"),
        ("Skylark was the first satellite under radio control.", "under radio control"),
        ("The country's largest satellite by weight was Skylark.", "by weight"),
        ("Its only satellite without a crew exploded.", "without a crew"),
    ],
)
def test_a_qualifier_of_a_claim_is_in_the_passage(sentence: str, said: str) -> None:
    assert unqualified(sentence, SKYLARK, SKYLARK) == f"The passage does not say “{said}”."


@pytest.mark.parametrize(
    "sentence",
    [
        "The first artificial satellite exploded on the pad.",
        "The first satellite exploded in flames.",
        "At least one satellite in orbit exploded.",
        "The latest satellite, in orbit or not, exploded.",
        # Names and figures are weighed by others.
        "The first satellite in Europe was Skylark.",
    ],
)
def test_what_qualifies_no_claim_is_let_be(sentence: str) -> None:
    assert not unqualified(sentence, SKYLARK, SKYLARK)


def test_a_title_may_tell_what_it_is_the_first_of() -> None:
    sentence = "The first satellite in orbit was Skylark."
    assert not unqualified(sentence, SKYLARK, f"Satellites in orbit\n{SKYLARK}")
    assert unqualified(sentence, SKYLARK, f"Satellites\n{SKYLARK} Another reached an orbit.")


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("The first woman in uniform on the council was Brigadier Holt.", "unsupported"),
        ("The largest lake of the republic by volume is Lake Meru.", "unsupported"),
        ("The largest lake in the republic is Lake Meru.", "supported"),
    ],
)
def test_a_qualifier_more_is_not_carried(
    sentence: str, verdict: str, encoder: LocalEncoder
) -> None:
    assert find(sentence, Evidence([EvidenceText(TEXT)], encoder)).verdict == verdict
