"""One of two rivals is not the other, and another wording for the same deed is no other deed."""

import pytest

from assistant.grounding.deeds import done_otherwise
from assistant.grounding.denied_there import stated_beside
from assistant.grounding.replaced import name_exchanged
from assistant.grounding.rivals import of_a_rival


@pytest.mark.parametrize(
    ("sentence", "span", "wrong"),
    [
        ("Auk joined the Norden Royal Guard.", "Auk enlisted in the Norden Royal Fleet.", True),
        ("Auk joined the Norden Royal Guard.", "Auk went to the Norden Royal Guard.", False),
        (
            "Auk joined the Norden Royal Guard.",
            "Auk left the Norden Royal Fleet for the Norden Royal Guard.",
            False,
        ),
        ("The rising against Duke Lund failed.", "They rose against King Auk in vain.", True),
        ("The rising against Auk failed.", "They rose against King Auk in vain.", False),
        ("The rising against the king failed.", "They rose against King Auk in vain.", False),
        ("The rising against Lund failed.", "They rose against Auk, and Lund fled.", False),
    ],
)
def test_what_is_said_of_a_rival_is_not_said_of_the_other(
    sentence: str, span: str, *, wrong: bool
) -> None:
    assert bool(of_a_rival(sentence, span)) == wrong


@pytest.mark.parametrize(
    ("sentence", "span", "wrong"),
    [
        (
            "Auk had not praised the sales.",
            "Auk had not been able to halt the sales to Lund, which he had praised, but he left.",
            True,
        ),
        (
            "Auk had not praised the sales.",
            "Auk wrote of the sales to Lund, which he had never praised.",
            False,
        ),
        ("Auk had not halted them.", "Auk, who was old, had halted none of the sales.", False),
        ("Auk had praised the sales.", "Auk halted the sales, which he had praised.", False),
    ],
)
def test_a_clause_about_a_thing_is_not_denied_with_the_rest(
    sentence: str, span: str, *, wrong: bool
) -> None:
    assert bool(stated_beside(sentence, span)) == wrong


def test_what_one_did_to_a_place_in_two_words_for_it_is_one_deed() -> None:
    span = "Auk explored Norden in 1901. In 1910, Lund transferred the isle to the guild."
    assert not done_otherwise("Lund handed Norden over to the guild in 1910.", span, ())
    assert done_otherwise("Auk handed Norden over to the guild in 1910.", span, ())


def test_a_year_stands_in_no_place_of_a_name() -> None:
    span = "A rising in 1905 was put down by the guild."
    assert not name_exchanged("A rising in Norden was put down by the guild.", span, "")
    assert name_exchanged("A rising in 1906 was put down by the guild.", span, "")
