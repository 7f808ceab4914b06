"""Names, figures and dates that say the same otherwise are compared as what they are."""

import pytest

from assistant.grounding.denials import denied
from assistant.grounding.denied_there import denied_by_prefix
from assistant.grounding.figures import other_numbers
from assistant.grounding.french import in_english
from assistant.grounding.limits import limit
from assistant.grounding.names import shortened
from assistant.grounding.opposites import opposed
from assistant.grounding.restated import derived, restated
from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.verify import find
from assistant.models.encoder import LocalEncoder


@pytest.mark.parametrize(
    ("text", "sentence", "as_put"),
    [
        ("a fee of 29,670 crowns", "It cost nearly 30,000 crowns.", "nearly 30,000 crowns"),
        ("a fee of 25,670 crowns", "It cost nearly 30,000 crowns.", "25,670 crowns"),
        ("a fee of 31,000 crowns", "It cost nearly 30,000 crowns.", "31,000 crowns"),
        ("a fee of 31,000 crowns", "It cost more than 30,000 crowns.", "more than 30,000 crowns"),
        ("121 million people", "About 120 million people voted.", "About 120 million people"),
        ("a fee of 29,670 crowns", "It cost 30,000 crowns.", "29,670 crowns"),
        ("held in 1998", "It had about 2,000 members.", "1998"),
    ],
)
def test_a_rounded_figure_is_the_exact_one(text: str, sentence: str, as_put: str) -> None:
    assert as_put in restated(text, sentence)


@pytest.mark.parametrize(
    ("text", "sentence", "as_put"),
    [
        ("within 42 days of notice", "Within six weeks of notice.", "six weeks"),
        ("within 40 days of notice", "Within six weeks of notice.", "40 days"),
        ("bears 75 per cent of it", "It bears three quarters of it.", "three quarters"),
        ("on June 24, 1948, it began", "It began in late June 1948.", "late June 24, 1948"),
        ("on June 4, 1948, it began", "It began in late June 1948.", "on June 4, 1948"),
        ("in October of 1962", "In the autumn of 1962.", "autumn October of 1962"),
        ("in April of 1962", "In the autumn of 1962.", "in April of 1962"),
        ("in June 1994", "In mid-1994.", "mid June 1994"),
        ("may enter at any time", "It may enter whenever it wishes.", "enter whenever it wishes"),
        ("may enter whenever they want", "They may enter at any time.", "may enter at any time"),
        ("some 30-35,000 active troops", "It has 30,000 troops.", "some 30,000-35,000 active"),
        ("had not been able to leave", "He was unable to go.", "was unable to leave"),
        ("they were unable to leave", "They could not leave.", "they could not leave"),
        ("they could not leave", "They were not able to go.", "they was not able to leave"),
        ("they could leave", "They were unable to go.", "they could leave"),
        ("aged 18-25 in 2,000 towns", "It has 2,000 towns.", "aged 18-25 in 2,000 towns"),
    ],
)
def test_other_units_and_parts_of_a_year_say_the_same(
    text: str, sentence: str, as_put: str
) -> None:
    assert as_put in restated(text, sentence)


def test_the_years_between_two_and_the_names_of_a_list_are_counted() -> None:
    post = "It opened in 1947. It was closed in 1950."
    assert derived("It existed for three years.", post) == {"3"}
    assert not derived("It existed for four years.", post)
    assert derived("Four towns joined.", "Oslo, Riga, Rome and the Hague joined.") == {"4"}


@pytest.mark.parametrize(
    ("text", "sentence", "as_put"),
    [
        ("The Soviet Union left.", "Moscow left.", "Moscow left."),
        ("The U.N. met.", "The United Nations met.", "United Nations met."),
        ("The Republic of Korea signed.", "Seoul signed.", "Seoul signed."),
        ("The treaty was signed by France.", "It was signed in Paris.", "by France."),
        ("The Soviet Union left.", "The Warsaw Pact left; Poland stayed.", "The Soviet Union left"),
    ],
)
def test_a_capital_stands_for_its_government_and_not_for_the_town(
    text: str, sentence: str, as_put: str
) -> None:
    assert as_put in shortened(text, sentence)


def test_who_is_excepted_does_not_do_it() -> None:
    span = "The union had treaties with each of the towns except for East Harbour."
    assert "East Harbour" in limit("The union had a treaty with East Harbour.", span)


def test_what_is_left_to_each_is_no_duty() -> None:
    span = "Each town will help the others by such action as it deems necessary."
    assert "as it deems necessary" in limit("Each town must send ships to help the others.", span)
    assert not limit("Each town will help the others as it deems necessary.", span)


def test_what_was_only_attempted_was_not_done() -> None:
    span = "An effort to renew the truce failed in May."
    assert "effort to renew" in limit("The truce was renewed in May.", span)
    vain = "Adams attempted to build a league of small ports, but was unsuccessful."
    assert "unsuccessful" in limit("Adams brought together a league of small ports.", vain)
    assert not limit("Adams failed to build a league of small ports.", vain)


def test_what_non_members_do_members_need_not() -> None:
    span = "Each non-member state accepts inspections."
    assert denied_by_prefix("Each member state accepts inspections.", span)
    assert not denied_by_prefix("Each non-member state accepts inspections.", span)


def test_a_denial_in_other_words_is_no_sure_fault() -> None:
    span = "The board prevented the towns from joining the league."
    assert not denied("The towns could not become members of the league.", span)
    # What repeats the span with a denial in it denies what that says.
    assert denied("The board prevented not the towns from joining the league.", span)
    plain = "The towns joined the league in May."
    assert denied("The towns did not join the league in May.", plain)


def test_a_figure_is_rounded_and_never_told_closer_than_it_was() -> None:
    assert "about 30,000" in restated("It had 29,670 men.", "It had about 30,000 men.")
    assert "about 31,000" not in restated("It had 30,000 men.", "It had about 31,000 men.")


def test_a_number_that_is_worked_out_stands_in_other_words_only() -> None:
    span = "The council of Lund, Ribe and Holm met from 1902 until 1914."
    assert not other_numbers("Delegates of 3 towns sat in it.", span)
    assert other_numbers("The council of 3, Ribe and Holm met from 1902 until 1914.", span)


def test_an_opposite_that_is_denied_is_none() -> None:
    assert not opposed("The guest was rejected.", "The guest was not accepted.")
    assert opposed("The guest was rejected.", "The guest was accepted.")


FRENCH = (
    "Le Comité militaire est la plus haute autorité militaire de l'OTAN et conseille le Conseil de "
    "l'Atlantique Nord. La diplomatie de défense ne remplace pas la diplomatie classique."
)


def test_of_what_was_never_established_there_was_none() -> None:
    span = "Full trade relations between Ribe and the Free Town of Velm were never established."
    assert denied("Ribe had full trade relations with the Free Town of Velm.", span)
    assert not denied("Ribe never had full trade relations with the Free Town of Velm.", span)
    other = "Ribe had full trade relations with Velm, but a joint school was never established."
    assert not denied("Ribe had full trade relations with Velm.", other)


def test_an_english_sentence_is_held_against_a_french_text(encoder: LocalEncoder) -> None:
    evidence = Evidence([EvidenceText(FRENCH, language="fr")], encoder)
    true = "The Military Committee is NATO's highest military authority."
    found = find(true, evidence)
    assert found.verdict == "supported"
    assert found.span is not None
    assert FRENCH.startswith(found.span.text)
    assert find("Defence diplomacy replaces classic diplomacy.", evidence).span is None


def test_what_a_french_text_denies_stays_denied() -> None:
    assert in_english("L'État ne remplace pas la ligue.") == "state not replace league. "


def test_a_syllable_before_a_word_may_be_joined_to_it_or_not() -> None:
    assert restated("They re-captured Riga.", "Riga was recaptured.") == "They recaptured Riga."
    assert restated("They recaptured Riga.", "Riga was re-captured.") == "They re-captured Riga."


def test_units_are_counted_in_letters_too() -> None:
    assert restated("It ends after twenty years.", "two decades") == "It ends after two decades."
    assert restated("It ends after twelve years.", "two decades") == "It ends after twelve years."


def test_a_state_s_long_name_is_its_name() -> None:
    text = "data given to the Government of the State of Qatar before entering the State of Qatar"
    short = "data given to the Government of Qatar before entering Qatar"
    assert shortened(text, "It has to give Qatar the data.") == short
    both = "the Republic of China and the People's Republic of China"
    assert shortened(both, "It spoke of China.") == both


def test_a_state_s_long_name_is_one_name() -> None:
    text = "Notice is given to the Government of the United States of America."
    assert shortened(text, "A member notified Washington.") == (
        "Notice is given to the Government of the Washington."
    )


def test_under_a_law_is_not_below_a_number() -> None:
    span = "The act of 1917 set a test for guests over 16 years old."
    assert not opposed("Guests older than 16 took a test under the act of 1917.", span)
    assert opposed("The act of 1917 set a test for guests under 16 years old.", span)
