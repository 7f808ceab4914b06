"""What a sentence says otherwise than its span: one planted error of each kind, in words."""

import pytest

from assistant.grounding.faults import fault, numbers

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
        ("On 4 May 1993 Spain opened the liaison office at Lisbon.", "the sentence Spain"),
        ("On 4 May 1993 Portugal did not open the liaison office.", "says “not”"),
        ("On 4 May 1993 Portugal closed the liaison office at Lisbon.", "the sentence “closed”"),
        ("The liaison office at Lisbon employs 1,200 people.", "states it as a fact"),
        ("The office may employ all 1,200 people.", "says “all”"),
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
    ],
)
def test_other_words_for_the_same_are_no_fault(sentence: str) -> None:
    assert fault(sentence, SPAN, AROUND) == ""


def test_who_does_what_is_not_exchanged() -> None:
    span = "Estonia invited Latvia to the exercise."
    assert "Estonia" in fault("Latvia invited Estonia to the exercise.", span, span)
    assert fault("Latvia was invited by Estonia to the exercise.", span, span) == ""


def test_a_denial_is_not_left_out() -> None:
    span = "The treaty does not bind observers."
    assert "“not”" in fault("The treaty binds observers.", span, span)


def test_a_name_may_stand_in_the_heading() -> None:
    span = "It opened in 1993 with eleven officers."
    around = f"Liaison office at Lisbon\n{span}"
    assert fault("The office at Lisbon opened in 1993 with eleven officers.", span, around) == ""


def test_numbers_are_read_in_digits_and_words() -> None:
    assert numbers("2.5 million dollars") == numbers("$2,500,000") == ["2500000"]
    assert numbers("1.2 thousand") == ["1200"]
    assert numbers("04/04/1949") == numbers("4 April 1949")
    assert numbers("Twelve ships and 1,200 men, 3.5 million euros") == ["1200", "3500000", "12"]
