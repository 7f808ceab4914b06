"""Figures, dates and numbers in words are compared by what they mean."""

import pytest

from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.terms import Kind, terms
from assistant.grounding.verify import find
from assistant.models.encoder import LocalEncoder


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("six hundred and forty-three troops", "643"),
        ("a hundred thousand men", "100000"),
        ("three hundred twelve", "312"),
        ("five hundred million", "500000000"),
        ("nine hundred and one", "901"),
        ("forty-three", "43"),
        ("the 7th of March", "7"),
        ("le 1er mai", "1"),
    ],
)
def test_a_number_in_words_or_in_order_is_the_number(written: str, number: str) -> None:
    assert [one.key for one in terms(written) if one.kind is Kind.NUMBER] == [number]


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("The battlegroup had six hundred and forty-three troops.", "supported"),
        ("The battlegroup had six hundred and forty-two troops.", "unsupported"),
        ("It was opened on March 7th, 2024.", "supported"),
        ("It was opened on March 8th, 2024.", "unsupported"),
    ],
)
def test_what_is_written_otherwise_is_carried(
    sentence: str, verdict: str, encoder: LocalEncoder
) -> None:
    text = "The battlegroup had 643 troops. It was opened on 7 March 2024."
    assert find(sentence, Evidence([EvidenceText(text)], encoder)).verdict == verdict


@pytest.mark.parametrize("name", ["Nuku'alofa", "Nuku’alofa", "Nuku‘alofa", "Nukuʻalofa"])
def test_a_name_is_the_same_with_every_apostrophe(name: str, encoder: LocalEncoder) -> None:
    text = f"The United States opened its embassy in {name} on May 9, 2023."
    sentence = "The American embassy in Nuku'alofa was opened on 9 May 2023."
    assert find(sentence, Evidence([EvidenceText(text)], encoder)).verdict == "supported"
    quoted = "The United States opened its embassy in Nuku'alofa on May 9, 2023."
    assert find(quoted, Evidence([EvidenceText(text)], encoder)).verdict == "quoted"
