"""What is true is not refused for another clause, another place or the order of its words."""

import pytest

from assistant.grounding.attributed import unattributed
from assistant.grounding.conditions import unconditional
from assistant.grounding.deeds import done_otherwise
from assistant.grounding.denials import denied
from assistant.grounding.facts import another_fact
from assistant.grounding.figures import counted_of_another, other_dates, unquoted
from assistant.grounding.limits import unfounded
from assistant.grounding.mixing import mixed
from assistant.grounding.names import misplaced, opening_stranger, shortened, strangers
from assistant.grounding.opposites import opposed
from assistant.grounding.permitted import tells_the_deed
from assistant.grounding.replaced import name_exchanged
from assistant.grounding.roles import placed_otherwise, turned_round
from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.subjects import another_subject
from assistant.grounding.terms import key_of, terms
from assistant.grounding.unfulfilled import unfulfilled
from assistant.grounding.verify import find
from assistant.models.encoder import LocalEncoder

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


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("They worried after the Second World War.", "They worried after World War II."),
        ("They worried after World War II.", "They worried after the second World War."),
        ("They worried after World War Two.", "They worried after WWII."),
    ],
)
def test_a_counted_name_is_the_same_however_it_is_counted(said: str, given: str) -> None:
    name = said.removeprefix("They worried after ").removeprefix("the ")
    assert name in shortened(given, said)
    assert shortened("The First World War ended.", said) == "The First World War ended."


def test_who_is_of_a_thing_is_named_by_it() -> None:
    span = "He captured two Confederate envoys, and Communists protested."
    assert not strangers("He took envoys of the Confederacy.", span, span)
    assert not strangers("Communism protested.", span, span)
    assert strangers("He took envoys of the Federation.", span, span)


def test_a_date_in_another_place_and_what_is_of_a_country_exchange_no_names() -> None:
    span = "On March 18, 1938, Mexico took the assets of firms operating in Mexico."
    assert not name_exchanged("Mexico took the assets of firms in March 1938.", span, span)
    span = "He sent ships in support of Panamanian independence."
    assert not name_exchanged("He sent ships in support of Panama's independence.", span, span)
    assert name_exchanged("He sent ships in support of Colombia's independence.", span, span)


def test_a_month_without_a_figure_is_a_month() -> None:
    span = "In early 1948 they planned a state. In March, they left the council."
    assert not other_dates("They left the council in March 1948.", span)
    assert other_dates("They left in March 1948.", "In 1948 they left for March Field.")


def test_facts_of_one_subject_share_it() -> None:
    span = "Rice returned to Stanford in 1991 and from 1993 until 1999 she served as its Provost."
    assert not another_fact("Rice was Provost from 1993 to 1999.", span)
    span = (
        "The pact was signed in Kabul in September 2014 and ratified by the house in November 2014."
    )
    assert not another_fact("The house ratified the pact in November 2014.", span)
    assert another_fact("The pact was signed in Kabul in November 2014.", span)


def test_a_condition_limits_the_clause_beside_which_it_stands() -> None:
    span = (
        "Although the members pledged to defend each other if one was attacked, and met each "
        "year, Moscow controlled most decisions of the pact."
    )
    assert not unconditional("Moscow controlled most decisions of the pact.", span)
    assert unconditional("The members pledged to defend each other.", span)
    span = "If U.S. leaders denied any knowledge of the program, he would have gone on."
    assert unconditional("U.S. leaders denied any knowledge of the program.", span)


def test_what_shall_be_is_a_rule_that_is_told_as_what_is() -> None:
    span = "An armed attack against one of them shall be treated as an attack against all."
    assert not unfulfilled("An attack against one is treated as an attack against all.", span)
    assert unfulfilled("An attack against one was treated as an attack against all.", span)


def test_the_same_denied_of_another_verb_is_no_denial_more() -> None:
    span = "The treaty did not contain provisions for direct support, but rather for weapons."
    assert not denied("The treaty did not promise direct support.", span)
    assert denied("The treaty did not provide weapons.", span)
    span = "The terms prevented Laos and Cambodia from joining any military alliance."
    assert not denied("Laos and Cambodia could not join a military alliance.", span)
    span = "Ships may pass, without being subjected, as a condition of it, to inspection."
    assert not denied("Ships may pass without inspection.", span)


def test_a_denial_of_something_else_is_none_dropped() -> None:
    span = "They did not make Korea a key part of the plan, and troops left Korea in 1949."
    assert not denied("The troops had left Korea by the end of 1949.", span)
    assert denied("They made Korea a key part of the plan.", span)
    span = "Nothing contained in it shall authorize the union to intervene in domestic affairs."
    assert denied("It authorizes the union to intervene in domestic affairs.", span)
    span = "It undertakes to destroy them not later than nine months after its entry into force."
    assert not denied("They were to be destroyed within nine months of its entry into force.", span)


def test_not_to_approve_is_what_to_reject_is() -> None:
    near = ((0, 80, 0.1),)
    span = "Ultimately the Congress rejected the treaty."
    assert not done_otherwise("The Congress did not approve the treaty.", span, near)
    assert done_otherwise("The Congress approved the treaty.", span, near)


def test_a_majority_is_a_figure() -> None:
    span = "It shall enter into force when each of the parties has accepted it."
    assert unquoted("It enters into force when a majority of the parties accept it.", span)
    assert not unquoted("A majority of the parties accepted it.", "Most parties accepted it.")


def test_to_cooperate_is_to_co_operate() -> None:
    assert key_of("co-operate") == key_of("cooperate")
    assert [one.text for one in terms("to co-operate")] == ["to", "co-operate"]


def test_a_paragraph_s_number_a_day_and_a_designation_are_no_other_figures() -> None:
    paragraph = "3. Chad shall settle matters before departure, but within 60 days of the invoice."
    assert not another_fact("Chad has to settle the invoices within 60 days.", paragraph)
    dated = (
        "On May 9, the minister proposed a Canal Association, a group of 18 of the leading nations."
    )
    assert not another_fact("The minister proposed that eighteen nations run the Canal.", dated)
    missile = (
        "The purchase of the S-400 from Russia in 2019, as told in section 231, is significant."
    )
    assert not another_fact("It regards the purchase of the S-400 as significant.", missile)
    both = "It was signed on 9 May and entered into force on 18 June."
    assert another_fact("It was signed on 18 June.", both)


def test_the_words_of_a_row_stand_in_no_order(encoder: LocalEncoder) -> None:
    line = "Military - note: defense is the responsibility of Australia"
    texts = Evidence([EvidenceText(line, "Bird Island — Facts of the World")], encoder)
    assert find("Australia is responsible for the defence of Bird Island.", texts).span is not None
    assert find("Norway is responsible for the defence of Bird Island.", texts).span is None


def test_what_failed_to_help_gave_no_help() -> None:
    said = "It quit in 1973 because it got no help against the pirates."
    failed = "It left in 1973, as the league had failed to provide assistance against the pirates."
    assert not denied(said, failed)
    helped = "It left in 1973, although the league had provided assistance against the pirates."
    assert denied(said, helped)


def test_none_of_what_a_line_is_about_is_told_by_a_nought() -> None:
    assert not denied("Chad has no coastline.", "Chad — coastline: 0 km (landlocked)")
    assert denied("Chad has no coastline.", "Chad — coastline: 0.5 km")
    assert denied("Chad has no coastline.", "Chad — coastline: 40 km")


def test_of_what_kind_a_thing_is_is_no_deed() -> None:
    span = "The governments remained concerned about possible Northern expansion."
    said = "The governments were concerned about renewed Northern expansion."
    place = said.index("renewed")
    near = [(place, place + len("renewed"), 0.1)]
    assert not done_otherwise(said, span, near)


def test_what_came_in_the_wake_of_a_thing_may_be_its_result() -> None:
    span = "The republic severed relations in the wake of the war."
    assert not unfounded("The republic severed relations because of the war.", span)
    assert unfounded("It severed relations because of the war.", "It severed relations in May.")


def test_a_word_of_the_same_root_and_one_of_a_name_oppose_nothing() -> None:
    span = (
        "The first of these trips was conducted in great secrecy and revealed to the public only "
        "when the envoy had come home and told the council what had been agreed."
    )
    assert not opposed("The envoy's first trip was kept secret.", span)
    named = "The Limited Ban Treaty was signed by three states and banned all tests in the air."
    assert not opposed("The treaty banning tests in the air is of unlimited duration.", named)
    plain = "A treaty of limited duration was signed by three states; it banned tests in the air."
    assert opposed("The treaty banning tests in the air is of unlimited duration.", plain)
