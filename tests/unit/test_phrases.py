"""What the product says itself is told by codes, whatever it is filled with."""

import re

import pytest

from assistant.grounding.faults import faults
from assistant.phrases import PATTERNS, phrase, told

VALUES = {
    "names": "“Oslo” or “Bergen”",
    "question": "And who. Says so?",
    "why": "It is away. Start it.",
    "n": "3",
}


def filled(code: str) -> str:
    gaps = re.findall(r"\{(\w+)\}", PATTERNS[code])
    return phrase(code, **{gap: VALUES.get(gap, f"a {gap}") for gap in gaps})


@pytest.mark.parametrize("code", PATTERNS)
def test_a_sentence_is_read_as_what_it_was_made_from(code: str) -> None:
    (one,) = told(filled(code))

    assert (one.code, one.text) == (code, filled(code))
    assert one.pattern.format(**one.values) == one.text


def test_the_sentences_of_a_note_are_told_apart() -> None:
    codes = ["words-only", "respelled", "several-left-out", "another-number", "nowhere"]
    note = " ".join(map(filled, codes))

    assert [one.code for one in told(note)] == codes


def test_words_of_somebody_else_have_no_code() -> None:
    assert told("The exercise was held in Norway.") == ()
    assert told(f"{phrase('not-answered')} The exercise was held in Norway.") == ()


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("It has 12 members.", "It has 32 members."),
        ("It has 12 members.", "It has members."),
        ("It cost 12 per cent.", "It cost much."),
        ("It is 12 miles long.", "It is 12 kilometres long."),
        ("It began in March 2020.", "It began in April 2020."),
        ("It began in March 2020.", "It began in 2020."),
        ("It was led by Norway.", "It was led by Sweden."),
        ("Norway trained Sweden.", "Sweden trained Norway."),
        ("It is not binding.", "It is binding."),
        ("It is binding.", "It is not binding."),
        ("It will be held.", "It may be held."),
        ("It must be held.", "It is held."),
        ("All members voted.", "Members voted."),
        ("It was the first visit.", "It was a visit."),
        ("It increased spending.", "It decreased spending."),
        ("The visit was long.", "The seminar was long."),
    ],
)
def test_every_fault_of_a_sentence_has_its_code(sentence: str, span: str) -> None:
    found = [one for each in faults(sentence, span, "").values() for one in each]

    assert found
    assert [told(one)[0].text for one in found] == found
