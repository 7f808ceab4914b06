"""What a sentence says otherwise than its span: one planted error of each kind, in words."""

import pytest

from assistant.grounding.faults import fault, faults
from assistant.grounding.figures import missing, numbers

SPAN = (
    "On 4 May 1993 Portugal opened the liaison office at Lisbon, "
    "which may employ some 1,200 people."
)
AROUND = f"The liaison office. Spain and Portugal paid for it. {SPAN}"


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("On 4 May 1994 Portugal opened the liaison office.", "says 1993, the sentence 1994"),
        ("On 4 July 1993 Portugal opened the liaison office.", "says May, the sentence July"),
        ("Portugal opened the liaison office, which may employ 1,300 people.", "1300"),
        ("Greece opened the liaison office at Lisbon on 4 May 1993.", "names Greece"),
        ("On 4 May 1993 Spain opened the liaison office at Lisbon.", "the sentence “Spain”"),
        ("On 4 May 1993 Portugal did not open the liaison office.", "says “not”"),
        ("On 4 May 1993 Portugal closed the liaison office at Lisbon.", "the sentence “closed”"),
        ("The liaison office at Lisbon employs 1,200 people.", "states it as a fact"),
        ("The office may employ all 1,200 people.", "says “some”, the sentence “all”"),
        ("The office may employ 1,200 million people.", "says 1200, the sentence 1200000000"),
        ("The office may employ 1,200 per cent.", "does not say per cent"),
    ],
)
def test_a_planted_error_is_told(sentence: str, wrong: str) -> None:
    assert wrong in fault(sentence, SPAN, AROUND)


@pytest.mark.parametrize(
    "sentence",
    [
        SPAN,
        "Portugal opened the liaison office on 4 May 1993, and it may employ 1200 people.",
        "The office at Lisbon might employ some 1,200 people.",
        "In 1993 Portugal opened an office at Lisbon that may have employees.",
        "In 1993 Portugal founded the liaison office at Lisbon.",
    ],
)
def test_other_words_for_the_same_are_no_fault(sentence: str) -> None:
    assert fault(sentence, SPAN, AROUND) == ""


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("It has 1.2 thousand members.", "It has 1,200 members."),
        ("It has 1 200 members.", "It has 1,200 members."),
        ("Twelve ships left.", "12 ships left."),
        ("Thirty-two ships left.", "32 ships left."),
        ("The treaty was signed on 04/04/1949.", "The treaty was signed on 4 April 1949."),
        ("The treaty was signed on 1949-04-05.", "The treaty was signed on 5 April 1949."),
        ("It was signed on Sept. 5, 1949.", "It was signed on 5 September 1949."),
        ("Some 12 per cent voted.", "Some 12% voted."),
        ("It cost 2.5 million dollars.", "It cost $2,500,000."),
        ("The force marched 12 km.", "The force marched 12 kilometres."),
    ],
)
def test_the_same_figure_in_another_spelling_is_no_fault(sentence: str, span: str) -> None:
    assert fault(sentence, span, span) == ""
    assert fault(span, sentence, sentence) == ""


@pytest.mark.parametrize(
    ("sentence", "span", "wrong"),
    [
        ("The force marched 12 miles.", "The force marched 12 km.", "says kilometre after 12"),
        ("It lasted 3 weeks.", "It lasted 3 days.", "says day after 3"),
        ("It covers 5 square miles.", "It covers 5 miles.", "after 5"),
        ("It was signed on 05/04/1949.", "It was signed on 5 April 1950.", "says 1950"),
    ],
)
def test_an_equal_number_of_something_else_is_told(sentence: str, span: str, wrong: str) -> None:
    assert wrong in fault(sentence, span, span)


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("Latvia invited Estonia to the exercise.", "Estonia invited Latvia to the exercise."),
        ("Germany was invaded by France.", "France was invaded by Germany."),
        ("Germany was invaded by France.", "Germany invaded France."),
    ],
)
def test_who_does_what_is_not_exchanged(sentence: str, span: str) -> None:
    assert "the other way round" in fault(sentence, span, span)


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("Latvia was invited by Estonia to it.", "Estonia invited Latvia to it."),
        ("France was invaded by Germany.", "Germany invaded France."),
        ("The treaty was signed by Finland in 1992.", "Finland signed the treaty in 1992."),
        ("Estonia and Latvia took part.", "Latvia and Estonia took part."),
        ("Germany, France and Italy agreed in Rome.", "In Rome, France, Italy and Germany agreed."),
    ],
)
def test_the_same_in_another_order_is_no_fault(sentence: str, span: str) -> None:
    assert fault(sentence, span, span) == ""


@pytest.mark.parametrize(
    ("sentence", "span", "wrong"),
    [
        ("The treaty binds observers.", "The treaty does not bind observers.", "“not”"),
        ("The treaty never binds observers.", "The treaty binds observers.", "“never”"),
        ("All members agreed.", "Some members agreed.", "“all”"),
        ("Up to 500 troops took part.", "At least 500 troops took part.", "“up to”"),
        ("The minister must report.", "The minister should report.", "“must”"),
        ("The minister visited Kosovo.", "The minister planned to visit Kosovo.", "“planned”"),
        ("The company lost 5 million.", "The company gained 5 million.", "“gained”"),
        ("It did not not open.", "It did not open.", "denies twice"),
        ("More ships left before more men.", "More ships left after more men.", "“before”"),
        ("Ships of the States United left.", "Ships of the United States left.", "State"),
        ("The talks were unsuccessful.", "The talks were successful.", "“successful”"),
        ("It was the largest port.", "It was a port.", "“largest”"),
    ],
)
def test_a_small_word_that_turns_a_sentence_is_told(sentence: str, span: str, wrong: str) -> None:
    assert wrong in fault(sentence, span, span)


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("The force failed to leave.", "The force did not leave."),
        ("It has never been closed.", "It has never been closed since. Officers serve there."),
        ("Officers serve there.", "It has never been closed since. Officers serve there."),
        ("The minister might visit Kosovo.", "The minister may visit Kosovo."),
    ],
)
def test_the_same_denial_or_degree_is_no_fault(sentence: str, span: str) -> None:
    assert fault(sentence, span, span) == ""


def test_a_name_may_stand_in_the_heading() -> None:
    span = "It opened in 1993 with eleven officers."
    around = f"Liaison office at Lisbon\n{span}"
    assert fault("The office at Lisbon opened in 1993 with eleven officers.", span, around) == ""


def test_numbers_are_read_in_digits_and_words() -> None:
    assert numbers("2.5 million dollars") == numbers("$2,500,000") == ["2500000"]
    assert numbers("1.2 thousand") == ["1200"]
    assert numbers("04/04/1949") == numbers("4 April 1949") == ["4", "1949"]
    assert numbers("Twelve ships and 1,200 men, 3.5 million euros") == ["12", "1200", "3500000"]


def test_a_date_whose_month_nobody_can_tell_is_compared_by_its_year() -> None:
    assert numbers("04/05/1949") == ["1949"]
    assert fault("Signed on 04/05/1949.", "Signed on 4 May 1949.", "") == ""
    assert "1950" in fault("Signed on 04/05/1950.", "Signed on 4 May 1949.", "")


def test_a_designation_counts_nothing() -> None:
    span = "The doctrine is AJP-7 of 2019, and 12 Allies follow it."
    assert missing("Seven Allies follow it.", span) == ["7"]
    assert missing("Twelve Allies follow AJP 7 of 2019.", span) == []


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        (
            "Norway and the Soviet Union signed the Border Treaty in 1947.",
            "The Border Treaty was signed in Oslo by Norway and the Soviet Union in 1947.",
        ),
        (
            "The Council of the Baltic Union established PACT in 2017.",
            "PACT is a framework, established by the Council of the Baltic Union in 2017.",
        ),
        (
            "The United Kingdom never recognized the incorporation of Estonia.",
            "It ended free Estonia, the United Kingdom never recognized the incorporation.",
        ),
    ],
)
def test_who_did_it_may_stand_first_or_behind_by(sentence: str, span: str) -> None:
    assert faults(sentence, span, span)["exchanged"] == []


def test_a_people_s_is_its_country_s_and_not_the_country() -> None:
    span = "Turkey raised objections, and Germany invaded France."
    assert fault("Turkish objections were raised.", span, span) == ""
    assert fault("Finnish objections were raised.", span, span)
    other = "Germany invaded France, and French resistance collapsed."
    assert faults("France invaded Germany.", other, other)["exchanged"]


def test_the_second_verb_of_a_subject_is_its_own() -> None:
    span = "The mission of Elba began in May 2015 and ended in early June."
    assert fault("The mission of Elba ended in early June.", span, span) == ""
    assert fault("The mission of Elba ended in May 2015.", span, span)


def test_a_figure_in_words_is_no_other_fact() -> None:
    span = "The union has had 56 members since Gabon and Togo joined in June 2022."
    said = "The union has had fifty-six members since June 2022."
    assert faults(said, span, span)["another_fact"] == []


@pytest.mark.parametrize(
    ("sentence", "span", "kind"),
    [
        ("Some 50,000 people took part.", "About 50,000 people took part.", "operator_exchanged"),
        ("Article 5 was only invoked once.", "Article 5 was invoked once.", "superlative"),
        ("Only the host pays.", "The host alone pays.", "superlative"),
        (
            "It needs 42 days for 900 troops or more.",
            "It needs 42 days for at least 900 troops.",
            "amount",
        ),
        (
            "English and French are the languages of NATO.",
            "NATO's languages are English and French.",
            "exchanged",
        ),
        ("Malta, Cyprus and Oman left.", "Cyprus, Malta and Oman left.", "exchanged"),
        ("The American troops left.", "Troops of the United States left.", "strangers"),
        ("It was signed in April 2012.", "Il fut signé le 18 avril 2012.", "dates"),
        ("It is the 26th member.", "It is the twenty-sixth member.", "numbers"),
    ],
)
def test_the_same_in_other_small_words_is_no_fault(sentence: str, span: str, kind: str) -> None:
    assert faults(sentence, span, span)[kind] == []


def test_the_words_of_one_month_are_not_told_of_another() -> None:
    span = "The centre was founded in May 2008 and was accredited by the league in October 2008."
    assert faults("The centre was founded in October 2008.", span, span)["another_fact"]
    assert not faults("The centre was accredited in October 2008.", span, span)["another_fact"]


def test_the_name_of_what_is_done_to_is_not_who_does_it() -> None:
    span = (
        "After a march, Danish forces recaptured the capital, Port Holm, on June 14, forcing peace."
    )
    assert not faults("Danish forces recaptured Port Holm on 14 June 1702.", span, span)[
        "another_subject"
    ]


@pytest.mark.parametrize(
    ("sentence", "span", "told"),
    [
        # A year is no number of anything, and the number of a paragraph counts nothing.
        (
            "Under the treaty of 1930 Riga could keep twelve ships.",
            "Ships were set at 18 for Holm, and 12 for Riga.",
            "The passage does not say 1930.",
        ),
        (
            "The mission could have up to 1,700 armed personnel.",
            "1.3. The mission shall be composed of up to 700 armed personnel.",
            "The passage says 700, the sentence 1700.",
        ),
        (
            "Riga settles the invoices within 60 days after receipt.",
            "Riga shall settle the invoices not later than 60 days after receipt.",
            "",
        ),
        (
            "Agents may enter the premises only with the consent of the head.",
            "Agents may not enter the premises, except with the consent of the head.",
            "",
        ),
    ],
)
def test_a_reason_compares_what_can_be_compared(sentence: str, span: str, told: str) -> None:
    assert fault(sentence, span, span) == told
