"""Treaties are known by short names that their own texts do not have."""

from assistant.retrieval.short_names import in_full, known_in, provision_in_full
from assistant.retrieval.sides import sides_of


def test_a_short_name_is_put_in_full() -> None:
    assert in_full("What does Article 5 of the Washington  Treaty say?") == (
        "What does Article 5 of the North Atlantic Treaty say?"
    )


def test_a_text_without_short_names_has_no_other_form() -> None:
    assert in_full("What does Article 5 of the Gull Treaty say?") == ""
    assert in_full("Washington treaty-makers") == ""


def test_the_year_of_a_comparison_is_that_of_both_sides() -> None:
    sides = sides_of("Compare the military spending of Kenya and South Africa in 2024.")
    assert sides is not None
    assert sides.one == "the military spending of Kenya in 2024"
    assert sides.other == "the military spending of South Africa in 2024"


def test_who_asks_what_a_treaty_means_has_its_name_in_full() -> None:
    assert "regarding the Status of their Forces" in provision_in_full(
        "What does “force” mean in the NATO SOFA?"
    )
    assert provision_in_full("Which States signed the NATO SOFA?") == ""
    assert known_in("the NATO SOFA")[0][0] == "NATO SOFA"


def test_what_two_are_compared_in_is_said_of_both() -> None:
    sides = sides_of("Compare the military spending of Kenya and Togo as a share of GDP.")
    assert sides is not None
    assert sides.one == "the military spending of Kenya as a share of GDP"
    assert sides.other == "the military spending of Togo as a share of GDP"
