"""A sentence that tells all of it is weighed beside the one that is only more like it."""

import pytest

from assistant.grounding.fuller import tells_in_a_row, tells_more
from assistant.grounding.relations import tells_the_relation
from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.verify import find
from assistant.models.encoder import LocalEncoder

JOINED = (
    "Norden applied to join the Harbour League on 18 May 1922 and became a member on 7 March 1924, "
    "because every member of the Harbour League had to accept Norden.\n\n"
    "Lund joined the Harbour League on 4 April 1923 and Norden joined the Harbour League on 7 "
    "March 1924 after three decades of trade."
)


def test_what_one_applied_for_hides_nothing_that_another_sentence_tells(
    encoder: LocalEncoder,
) -> None:
    evidence = Evidence([EvidenceText(JOINED)], encoder)
    assert find("Norden joined the Harbour League in 1924.", evidence).verdict == "supported"
    assert find("Norden joined the Harbour League in 1922.", evidence).verdict == "unsupported"
    assert find("Lund joined the Harbour League in 1924.", evidence).verdict == "unsupported"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Norden joined the Harbour League in 1924.", True),
        ("Norden left the Harbour League in 1924.", False),
        ("The Harbour League joined Norden in 1924.", False),
        ("Norden joined.", False),
    ],
)
def test_all_that_is_said_stands_in_a_row(sentence: str, told: bool) -> None:
    assert tells_in_a_row(sentence, JOINED.split("\n\n")[1]) == told


def test_who_has_another_word_beside_all_that_the_nearest_has_tells_more() -> None:
    said = "The guild must get approval before it fights from the island."
    nearest = "The guild must not sell anything on the island without approval."
    fuller = "The guild must not fight from the island without the approval of its lord."
    assert tells_more(said, fuller, nearest)
    assert not tells_more(said, nearest, fuller)
    assert not tells_more(said, "The guild fights.", nearest)


@pytest.mark.parametrize(
    "sentence",
    [
        "The name that the pilot gave is always not known.",
        "The name without any pilot could not be known.",
    ],
)
def test_what_denies_or_stresses_more_is_told_by_no_row(sentence: str) -> None:
    span = "The name that the pilot gave is known, and the name with a pilot could not be known."
    assert not tells_in_a_row(sentence, span)
    assert not tells_more(sentence, span, "The pilot gave a gull.")


def test_who_took_over_from_somebody_is_his_successor() -> None:
    span = "Norton remained at his post until the arrival of his successor, Henry Holm."
    assert tells_the_relation("Henry Holm took over from Norton in March.", span)
    assert not tells_the_relation("Norton took over from Henry Holm in March.", span)
