"""What is true is not refused for another clause, another place or the order of its words."""

import pytest

from assistant.grounding.deeds import done_otherwise
from assistant.grounding.denials import denied
from assistant.grounding.figures import counted_of_another
from assistant.grounding.limits import unattributed
from assistant.grounding.mixing import mixed
from assistant.grounding.names import misplaced, opening_stranger
from assistant.grounding.permitted import tells_the_deed
from assistant.grounding.roles import placed_otherwise, turned_round
from assistant.grounding.subjects import another_subject

PAGE = "Ghana — Facts of the World\nMilitary service\n"


def test_who_fights_with_somebody_fights_against_him() -> None:
    span = "The league gave it no help in its conflict against India."
    assert not placed_otherwise("It got no help in its conflict with India.", span)
    assert placed_otherwise("The league voted with India.", "The league voted against India.")


def test_a_number_that_opens_a_sentence_is_no_name() -> None:
    span = "A battle near Olympia led to the deaths of 18 soldiers."
    assert not opening_stranger("Eighteen soldiers died in the battle.", span, span)


def test_where_it_happened_is_not_to_whom_it_was_done() -> None:
    span = "A battle led to the deaths of 18 soldiers."
    assert not turned_round("Eighteen soldiers died in the battle.", span)
    assert turned_round("The envoy advised the king.", "The king advised the envoy.")


def test_a_number_of_one_people_is_none_of_another() -> None:
    span = "It led to the deaths of 18 U.S. soldiers and hundreds of Somalis."
    assert counted_of_another("About 18 Somalis died.", span)
    assert not counted_of_another("About 18 U.S. soldiers died.", span)
    assert not counted_of_another("About 18 soldiers died.", span)


def test_a_letter_of_a_name_ends_no_clause_and_a_place_and_date_are_none() -> None:
    advisor = "Later, Acheson served as an advisor to the Lyndon B. Johnson administration."
    assert not another_subject("Acheson advised Johnson.", advisor, advisor)
    born = "Rusk was born in Cherokee County, Georgia, on February 9, 1909."
    assert not another_subject("Rusk was born in Georgia in 1909.", born, born)
    other = "Egypt attacked in May, and Georgia crossed the canal in June."
    assert another_subject("Egypt crossed the canal in June.", other, other) or mixed(
        "Egypt crossed the canal in June.", other, other
    )


def test_what_is_reported_of_something_else_limits_nothing() -> None:
    span = "It mandates service for all citizens; service at sea reportedly takes four months."
    assert not unattributed("It obliges all citizens to service.", span)
    assert unattributed("Service at sea takes four months.", span) == "reportedly"


def test_a_span_without_a_verb_tells_of_what_its_page_is_about() -> None:
    span = "18-27 years of age for voluntary military service; no conscription (2025)"
    around = f"{PAGE}{span}"
    assert not mixed("Ghana has no conscription.", span, around)
    row = "Military Expenditures: 2% of GDP (2025)"
    assert not misplaced("Ghana has 2% of GDP for it.", row, f"{PAGE}{row}")
    spent = "The Navy spent 2% of GDP in 2025."
    assert misplaced("In 2025 Ghana spent 2% of GDP.", spent, f"{PAGE}{spent}")


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        (
            "France and Pakistan did not support the intervention in Vietnam.",
            "Neither Pakistan nor France supported the intervention in Vietnam.",
        ),
        (
            "An agent may not be arrested.",
            "The agent shall not be liable to any form of arrest or detention.",
        ),
        (
            "London was the first to recognize the republic.",
            "London was the first to recognize the republic in 1848. Washington did not recognize "
            "the nation.",
        ),
    ],
)
def test_a_denial_in_other_words_or_of_something_else_is_none_more(
    sentence: str, span: str
) -> None:
    assert not denied(sentence, span)


def test_a_denial_of_the_same_is_one() -> None:
    assert denied("France supported the intervention.", "France never supported the intervention.")
    free = "The agent is free to leave, without any form of arrest."
    assert denied("The agent is not free to leave.", free)


def test_who_stays_neutral_does_nothing_else() -> None:
    span = "Both kept their neutrality."
    near = ((0, 4, 0.9), (5, 11, 0.1), (12, 19, 0.9))
    assert not done_otherwise("Both stayed neutral.", span, near)


def test_the_span_that_has_the_deed_is_known_by_its_verb_and_what_it_governs() -> None:
    span = "He later created a firm of the state, and barred all foreign oil companies from it."
    assert tells_the_deed("He forbade foreign oil companies to operate.", span)
    assert not tells_the_deed("He bought foreign oil companies.", span)
    assert not tells_the_deed("He forbade foreign steel companies to operate.", span)
