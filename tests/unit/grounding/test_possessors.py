"""What somebody's successor or deputy does is not carried as done by himself."""

import pytest

from assistant.grounding.possessors import done_by_theirs
from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.verify import find
from assistant.models.encoder import LocalEncoder

ULMO = (
    "President Ulmo negotiated with the rebels for three years without a settlement. {who} granted "
    "the rebels an amnesty and opened the northern border."
)
SAID = "President Ulmo granted the rebels an amnesty."


@pytest.mark.parametrize(
    "who",
    [
        "His successor",
        "His foreign minister, Ines Morel,",
        "In 1996, his successor",
        "However, his rival",
        "His successor, a general, announced in his first speech that he",
    ],
)
def test_who_is_somebody_s_own_does_it_himself(who: str) -> None:
    assert done_by_theirs(SAID, ULMO.format(who=who))


@pytest.mark.parametrize(
    "who",
    [
        "He",
        "In 1996, he",
        "His generals told him of their losses, and he",
        "His envoys",
        "His wife wrote to the press that he",
        "His successor says that Ulmo",
    ],
)
def test_who_goes_on_or_acts_for_him_is_nobody_else(who: str) -> None:
    assert not done_by_theirs(SAID, ULMO.format(who=who))


@pytest.mark.parametrize(
    "span",
    [
        "Ulmo met Castel and his deputy and granted the rebels an amnesty.",
        "Ulmo met Castel, his rival, and granted the rebels an amnesty.",
        "Ulmo granted the rebels an amnesty. His successor granted the rebels a pension.",
    ],
)
def test_who_is_only_named_beside_does_nothing(span: str) -> None:
    assert not done_by_theirs("Ulmo granted the rebels an amnesty.", span)


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("The law was repealed by Jan Brok.", "Jan Brok fell, and his rival repealed the law."),
        ("Norland recalled the envoy.", "Norland hesitated. Its ally recalled the envoy."),
        ("Kara withdrew troops.", "Kara lost. Her deputy said that he was withdrawing troops."),
    ],
)
def test_it_is_told_in_either_voice_and_of_states(sentence: str, span: str) -> None:
    assert done_by_theirs(sentence, span)


def test_what_a_successor_did_is_carried_of_him_alone(encoder: LocalEncoder) -> None:
    evidence = Evidence([EvidenceText(ULMO.format(who="His successor"))], encoder)
    assert find("Ulmo's successor opened the northern border.", evidence).verdict == "supported"
    found = find("Ulmo opened the northern border.", evidence)
    assert found.verdict == "unsupported"
    assert found.problem == "The passage says it of “His successor”, not of Ulmo."
