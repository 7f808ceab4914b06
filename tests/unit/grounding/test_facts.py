"""What a sentence takes from two facts of its span, and from another column of a row."""

import pytest

from assistant.grounding.facts import another_fact
from assistant.grounding.faults import fault
from assistant.grounding.rows import rows
from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.verify import find
from assistant.models.encoder import LocalEncoder

CHARTER = "The Charter was signed on 20 November 2007 and entered into force on 15 December 2008."
TREATY = (
    "Russia suspended its part in the Treaty in December 2007. "
    "Russia completed its withdrawal from the Treaty on 7 November 2023."
)
TRADE = "Exports rose by 5 per cent and imports fell by 3 per cent."
MEMBERS = "## Sizes\nFeature: Members; NATO: 32; Commonwealth: 56; African Union: 55\nAll vote."


@pytest.mark.parametrize(
    ("sentence", "span", "wrong"),
    [
        ("The Charter was signed on 15 December 2008.", CHARTER, "says 2007"),
        (
            "Russia completed its withdrawal in December 2007.",
            TREATY,
            "says 2023, the sentence 2007",
        ),
        ("Exports fell by 3 per cent.", TRADE, "says 5, the sentence 3"),
    ],
)
def test_the_words_of_one_fact_with_the_figure_of_another_are_told(
    sentence: str, span: str, wrong: str, encoder: LocalEncoder
) -> None:
    assert any(wrong in told for told in another_fact(sentence, span))
    assert find(sentence, Evidence([EvidenceText(span)], encoder)).span is None


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("The Charter was signed on 20 November 2007.", CHARTER),
        ("The Charter entered into force on 15 December 2008.", CHARTER),
        ("Russia suspended its part in December 2007.", TREATY),
        ("Russia completed its withdrawal on 7 November 2023.", TREATY),
        ("Imports fell by 3 per cent.", TRADE),
        (TREATY, TREATY),
    ],
)
def test_each_fact_with_its_own_figure_is_none_of_another(sentence: str, span: str) -> None:
    assert another_fact(sentence, span) == []


@pytest.mark.parametrize(
    ("sentence", "answers"),
    [
        ("The Commonwealth has 56 members.", True),
        ("The Commonwealth has 55 members.", False),
        ("NATO has 56 members.", False),
        ("NATO has 32 members and the African Union has 55 members.", True),
    ],
)
def test_a_row_answers_for_the_columns_that_are_named(sentence: str, answers: bool) -> None:
    (row,) = rows(MEMBERS).values()

    assert row.answers(sentence) is answers


def test_the_figure_of_another_column_is_not_carried(encoder: LocalEncoder) -> None:
    held = Evidence([EvidenceText(MEMBERS)], encoder)

    assert find("The Commonwealth has 56 members.", held).span is not None
    assert find("NATO has 56 members.", held).span is None


def test_a_denial_of_the_same_is_no_new_one(encoder: LocalEncoder) -> None:
    text = "The United States never recognized the state’s forcible incorporation into the Union."
    said = "The United States never recognized Estonia's incorporation into the Union."
    found = find(said, Evidence([EvidenceText(text, "Estonia")], encoder))

    assert "never" not in found.problem


BRIGADE = (
    "Germany decided to station a brigade in Lithuania, and the ministers of Germany and Lithuania "
    "signed a roadmap."
)
ADVICE = "Defence attachés advise the ambassador on military and security matters."


@pytest.mark.parametrize(
    ("sentence", "text", "carried"),
    [
        ("Lithuania decided to station a brigade in Germany.", BRIGADE, False),
        ("Germany decided to station a brigade in Lithuania.", BRIGADE, True),
        ("The defence attaché is advised by the ambassador on military matters.", ADVICE, False),
        ("The ambassador is advised by the defence attaché on military matters.", ADVICE, True),
    ],
)
def test_who_does_it_to_whom_is_not_turned_round(
    sentence: str, text: str, carried: bool, encoder: LocalEncoder
) -> None:
    found = find(sentence, Evidence([EvidenceText(f"Of Lithuania. {text}")], encoder))

    assert (found.span is not None) is carried


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (
            "The Military Committee is supported by the International Military Staff in Brussels.",
            "The International Military Staff in Brussels supports the Military Committee.",
        ),
        (
            "La diplomatie de défense ne remplace pas la diplomatie classique.",
            "La diplomatie de défense complète la diplomatie classique et ne la remplace pas.",
        ),
        (
            "Russia denied the charge that it had breached the Treaty.",
            "The Allies stated that Russia had breached the Treaty, and Russia denied the charge.",
        ),
    ],
)
def test_a_word_of_two_names_and_a_denial_of_both_are_no_fault(sentence: str, text: str) -> None:
    assert fault(sentence, text, text) == ""
