"""What settles that a span does not carry a sentence, though nearly all its words stand there."""

import pytest

from assistant.grounding.borrowed import borrowed, speaker
from assistant.grounding.deeds import done_otherwise
from assistant.grounding.denied_there import denied_name
from assistant.grounding.features import Beside
from assistant.grounding.figures import counted_otherwise, dated_otherwise, one_for_both
from assistant.grounding.limits import limit, unfounded
from assistant.grounding.mixing import mixed
from assistant.grounding.pairs import paired_otherwise
from assistant.grounding.rows import rows
from assistant.grounding.settled import settled
from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.verify import find
from assistant.models.encoder import LocalEncoder

BOARD = (
    "The Harbour Board is the senior authority of the port and advises the City Council on safety. "
    "The Customs Office of Bergen reports to the City Council."
)
SCHOOLS = (
    "The Naval School in Bergen, Norway, the Flight School in Gdynia, Poland, and the Signals "
    "School in Tartu, Estonia, train cadets."
)
GRAVE = "Article 4 gives the League a right to intervene in a member state in grave circumstances."
AID = "The pact obliges members to send aid to a state that is the victim of an attack."
RULED = "Most of its members were once under foreign rule."
STAFF = (
    "The office of supply\nThe office planned a staff of 700 people from several partners. "
    "Ukraine welcomed it. General Holm wrote its history."
)


@pytest.mark.parametrize(
    ("sentence", "given"),
    [
        ("The Harbour Board commands the City Council.", "advises"),
        ("The Harbour Board mistrusts the City Council.", ""),
        ("Harbour Boards recruit for the City Council.", "recruit"),
    ],
)
def test_another_verb_between_the_same_names_is_refused(
    sentence: str, given: str, encoder: LocalEncoder
) -> None:
    found = find(sentence, Evidence([EvidenceText(BOARD)], encoder))
    assert found.verdict == "unsupported"
    assert given in found.problem


@pytest.mark.parametrize(
    "sentence",
    ["The Harbour Board advises the City Council.", "The Harbour Board counsels the City Council."],
)
def test_the_same_deed_in_another_word_is_carried(sentence: str, encoder: LocalEncoder) -> None:
    assert find(sentence, Evidence([EvidenceText(BOARD)], encoder)).verdict == "supported"


def test_a_verb_that_says_little_is_no_other_deed() -> None:
    assert (
        done_otherwise("The Harbour Board provides advice.", "The Harbour Board advises.", ()) == ""
    )


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("The Naval School is in Gdynia, Poland.", True),
        ("The Flight School is in Tartu.", True),
        ("The Naval School is in Bergen, Norway.", False),
        ("In Tartu, Estonia, there is the Signals School.", False),
        ("The Naval School and the Flight School are in Bergen and Gdynia.", False),
        ("The Naval School sends cadets to the Flight School in Gdynia.", False),
    ],
)
def test_in_a_list_of_pairs_each_has_its_own_second(sentence: str, wrong: bool) -> None:
    assert bool(paired_otherwise(sentence, SCHOOLS)) == wrong


@pytest.mark.parametrize(
    ("sentence", "span", "limited"),
    [
        ("The League has a right to intervene in a member state.", GRAVE, "in grave circumstances"),
        ("The pact obliges members to send aid to a state.", AID, "that is the victim"),
        ("All its members have been under foreign rule.", RULED, "most"),
        ("Most of its members have been under foreign rule.", RULED, ""),
        (
            "In grave circumstances the League has a right to intervene in a member state.",
            GRAVE,
            "",
        ),
        ("The League is in a member state.", GRAVE, ""),
    ],
)
def test_when_and_of_how_many_may_not_be_left_out(sentence: str, span: str, limited: str) -> None:
    found = limit(sentence, span)
    assert limited in found if limited else not found


def test_a_name_of_the_surroundings_is_not_put_into_what_a_span_says() -> None:
    span = "The office planned a staff of 700 people from several partners."
    assert borrowed("The office planned a staff of 700 people from Ukraine.", span, STAFF)
    assert not borrowed("The office planned a staff of 700 people.", span, STAFF)
    assert not borrowed("Ukraine planned a staff of 700 people.", span, STAFF)
    # What has more words of its own is for other checks to tell.
    assert not borrowed("The office planned a wing of 700 lawyers from Ukraine.", span, STAFF)


def test_a_named_speaker_stands_in_the_span() -> None:
    span = "The office planned a staff of 700 people."
    assert speaker("As General Holm wrote, the office planned a staff of 700 people.", span)
    assert speaker("According to Holm, the office planned a staff.", span)
    assert not speaker("According to Holm, the office planned a staff.", f"{span} Holm saw it.")


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        (
            "A pilot is bound to a ship, while a broker is licensed by a state.",
            "A pilot is licensed by a state, while a broker is bound to a ship or a firm.",
        ),
        (
            "Arms pacts limit what states may hide.",
            "Arms pacts limit what states may hold, while trade rules limit what states may hide.",
        ),
        (
            "Le Forum du Nord a été lancé en juin 2004.",
            "Le Forum du Nord est un partenariat avec des voisins, engagé en 1994. L'Atelier du "
            "Golfe est un partenariat avec des voisins, lancé en juin 2004.",
        ),
        (
            "The host nation provides the core of a unit and leads its staff.",
            "A frame nation is the one that provides the core of a unit and leads its staff. A "
            "host nation is one that lends the ground.",
        ),
    ],
)
def test_both_sides_of_a_contrast_keep_their_own(sentence: str, span: str) -> None:
    assert mixed(sentence, span, span)
    assert not any(mixed(one, span, span) for one in span.split(". "))


@pytest.mark.parametrize(
    ("sentence", "span", "wrong"),
    [
        ("The port has ten quays.", "The port has 15 quays, of which ten are deep.", True),
        ("The port has 15 quays.", "The port has 15 quays, of which ten are deep.", False),
        ("The port has 12 quays.", "The port has 15 quays, of which ten are deep.", False),
        ("65 aircraft and 250 ships came.", "250 aircraft, 65 ships and a tug came.", True),
        ("65 ships and 250 aircraft came.", "250 aircraft, 65 ships and a tug came.", False),
    ],
)
def test_what_is_counted_keeps_its_number(sentence: str, span: str, wrong: bool) -> None:
    assert bool(counted_otherwise(sentence, span)) == wrong


def test_a_month_keeps_its_year() -> None:
    span = "It began on 1 January 2015. The mission before it ended on 31 December 2014."
    assert dated_otherwise("It began on 1 January 2014.", span)
    assert not dated_otherwise("It began in January 2015.", span)
    assert not dated_otherwise("It began in 2015.", span)


def test_one_is_not_both() -> None:
    assert one_for_both("It ends if one party agrees.", "It ends if both parties agree.")
    assert one_for_both("It ends if both parties agree.", "It ends if either party agrees.")
    assert not one_for_both("It ends if both parties agree.", "It ends if both parties agree.")
    either = "It ends if both parties agree or one party leaves."
    assert not one_for_both(either, "It ends if one party leaves.")
    assert not one_for_both(either, "It ends if one party leaves or both parties agree.")


def test_two_facts_do_not_make_a_cause() -> None:
    span = "The minister resigned in May. Some of the reports were false."
    assert unfounded("The minister resigned because some reports were false.", span)
    assert not unfounded("The minister resigned in May.", span)
    assert not unfounded("He resigned because of it.", "He resigned after the reports.")


def test_who_is_said_to_be_no_member_of_one_is_none_though_of_another() -> None:
    span = "Norway and Iceland are members of the pact and are not Member States of the union."
    assert denied_name("Norway is a Member State of the union.", span)
    assert not denied_name("Norway is not a Member State of the union.", span)
    assert not denied_name("Norway is a member of the pact.", span)


def test_what_one_column_has_is_not_said_of_another() -> None:
    table = (
        "| Feature | NATO | ASEAN |\n|---|---|---|\n"
        "| Founded | 4 April 1949 in Washington | 8 August 1967 in Bangkok |"
    )
    row = next(one for one in rows(table).values() if one.cells)
    assert row.answers("NATO was founded in Washington and ASEAN in Bangkok.")
    assert not row.answers("ASEAN was founded in Washington and NATO in Bangkok.")
    assert not row.answers("ASEAN was founded on 4 April 1949 and NATO on 8 August 1967.")


def test_who_is_named_in_the_statement_may_have_the_rest_of_it() -> None:
    span = "Elba became the 31st member in 2023, and Malta became the 32nd member in March 2024."
    around = f"{span} Elba and Malta joined together. Malta joined late."
    assert not mixed("Malta joined as the 32nd member in March 2024.", span, around)


def beside(span: str, around: str = "", *, row: bool = False) -> Beside:
    """A span as like the sentence as can be."""
    return Beside(span, around or span, frozenset(), cosine=1.0, best=1.0, text=1.0, row=row)


PLANNED = "The office planned a staff of 700 people from several partners."
FRAME = (
    "A frame nation is the one that provides the core of a unit and leads its staff. A host nation "
    "is one that lends the ground."
)
# Each is told by one check alone, in the order of `settled`.
UNTRUE = [
    ("The airline bought the bank.", "The bank bought the airline.", ""),
    ("The pact obliges members to send aid to a state.", AID, ""),
    ("It is the first bridge over the river.", "It is a bridge over the river.", ""),
    ("According to Holm, the office planned a staff of 700 people.", PLANNED, ""),
    (
        "Norway is a Member State of the union.",
        "Norway and Iceland are members of the pact and are not Member States of the union.",
        "",
    ),
    (
        "The Harbour Board commands the City Council.",
        "The Harbour Board advises the City Council.",
        "",
    ),
    ("Norway invaded Sweden.", "Sweden, a poor country, invaded its poor neighbor, Norway.", ""),
    ("The port has ten quays.", "The port has 15 quays, of which ten are deep.", ""),
    (
        "It began on 1 January 2014.",
        "It began on 1 January 2015. The mission before it ended on 31 December 2014.",
        "",
    ),
    ("It ends if both parties agree.", "It ends if either party agrees.", ""),
    ("The Flight School is in Tartu.", SCHOOLS, ""),
    ("The host nation provides the core of a unit and leads its staff.", FRAME, ""),
    ("The office planned a staff of 700 people from Ukraine.", PLANNED, STAFF),
    (
        "The minister resigned because some reports were false.",
        "The minister resigned in May. Some of the reports were false.",
        "",
    ),
]


@pytest.mark.parametrize(("sentence", "span", "around"), UNTRUE)
def test_what_any_check_tells_settles_it(sentence: str, span: str, around: str) -> None:
    assert settled(sentence, beside(span, around))


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Citizens of the island may vote from the age of 18.", True),
        ("Citizens of the island may vote in eighteen towns.", True),
        ("Citizens of the island may vote from the age of 21.", False),
        ("Two or more citizens of the island may vote from the age of 21.", False),
    ],
)
def test_a_figure_that_what_is_quoted_has_not_settles_it(sentence: str, wrong: bool) -> None:
    span = "Citizens of the island may vote from the age of 21."
    around = f"{span} Soldiers serve from the age of 18."
    assert settled(sentence, beside(span, around)) == wrong


def test_a_figure_of_a_columns_head_is_one_of_its_rows() -> None:
    span, around = "Tartu: 90,000", "City: people in 2020 Tartu: 90,000"
    sentence = "Tartu had 90,000 people in 2020."
    assert not settled(sentence, beside(span, around, row=True))
    assert settled(sentence, beside(span, around))


def test_whom_it_stands_for_settles_it_where_the_text_before_names_nobody() -> None:
    span = beside("The CFE Treaty was signed in Paris on 19 November 1990.")
    sentence = "It was signed in Paris on 19 November 1990."
    assert settled(sentence, span, before="NATO was founded in 1949. ")
    assert not settled(sentence, span, before="The CFE Treaty limits tanks. ")
    assert not settled(sentence, span)


def test_what_has_words_of_its_own_is_not_the_span_turned_round() -> None:
    span = beside("The bank bought the airline.")
    assert not settled("In spring the small airline bought the very old bank of Ribe.", span)


@pytest.mark.parametrize(
    ("sentence", "span", "around"),
    [
        ("The Flight School is in Tartu.", SCHOOLS, ""),
        ("The host nation provides the core of a unit and leads its staff.", FRAME, ""),
        ("The office planned a staff of 700 people from Ukraine.", PLANNED, STAFF),
    ],
)
def test_the_cells_of_a_row_are_no_clauses(sentence: str, span: str, around: str) -> None:
    assert not settled(sentence, beside(span, around, row=True))
