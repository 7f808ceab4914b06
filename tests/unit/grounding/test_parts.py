"""A sentence that joins statements is proved by each of them, and by no less."""

import pytest

from assistant.grounding.parts import is_specific, parts
from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.verify import find
from assistant.models.encoder import LocalEncoder

PACT = "The Harbour Pact limited each side to 550 ships. It was signed in Bergen on 8 April 2010."
END = "The Harbour Pact expired on 5 February 2021. The Fishing Treaty expired in June 2015."


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "The pact limited each side to 550 ships and expired in February 2021.",
            (
                "The pact limited each side to 550 ships.",
                "The pact expired in February 2021.",
            ),
        ),
        (
            "The Panel of the Wise advises the Peace and Security Council, and a fund pays for it.",
            (
                "The Panel of the Wise advises the Peace and Security Council.",
                "A fund pays for it.",
            ),
        ),
        (
            "The Union, launched in Durban in 2002, succeeded the League.",
            ("The Union was launched in Durban in 2002.", "The Union succeeded the League."),
        ),
        (
            "The pilot was captured by the guards and later swapped for a spy.",
            ("The pilot was captured by the guards.", "The pilot was swapped for a spy."),
        ),
        (
            "The pact was signed in spring, and United Nations troops left Bergen.",
            ("The pact was signed in spring.", "United Nations troops left Bergen."),
        ),
        ("Finland and Sweden joined the union in 1995.", ()),
        ("The signed pact and the treaty ended in Oslo in May.", ()),
        ("The council met in Bergen, and so it was.", ()),
        ("It is false that the pact was signed in 2010 and expired in 2021.", ()),
        ("If the host agrees, the office supports visits and opened in 1993.", ()),
    ],
)
def test_a_sentence_is_taken_apart_where_statements_are_joined(
    sentence: str, found: tuple[str, ...]
) -> None:
    assert parts(sentence) == found


def test_a_statement_is_specific_by_what_stands_behind_its_verb() -> None:
    assert is_specific("The board denied the charge in May.")
    assert not is_specific("Bergen denied the charge.")


def test_two_facts_of_two_passages_are_carried_by_both(encoder: LocalEncoder) -> None:
    texts = Evidence([EvidenceText(PACT), EvidenceText(END)], encoder)
    found = find(
        "The Harbour Pact limited each side to 550 ships and expired on 5 February 2021.", texts
    )
    assert found.verdict == "supported"
    assert [span.number for span in found.spans] == [0, 1]
    assert "550 ships" in found.spans[0].text
    assert "5 February 2021" in found.spans[1].text


@pytest.mark.parametrize(
    "sentence",
    [
        "The Harbour Pact limited each side to 550 ships and expired in June 2015.",
        "The Harbour Pact limited each side to 650 ships and expired in February 2021.",
        "The Fishing Treaty limited each side to 550 ships and expired in June 2015.",
    ],
)
def test_a_sentence_with_one_false_part_is_refused(sentence: str, encoder: LocalEncoder) -> None:
    texts = Evidence([EvidenceText(PACT), EvidenceText(END)], encoder)
    assert find(sentence, texts).verdict == "unsupported"
