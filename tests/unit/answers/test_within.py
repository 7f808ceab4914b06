"""What a text means by a word, and how one leaves it, is told by its own words."""

import pytest

from assistant.answers.within import asked_within
from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

TREATY = (
    (
        "Article 1",
        "In this Treaty the expression:\n\n(a) “harbour” means a place where boats are kept;\n\n"
        "(b) a “pilot” is who leads them in;\n\n(c) “crews” means\n\n(i) those on board;\n\n"
        "(ii) their cooks.\n\nA boat is considered to be at sea once its ropes are cast off.",
    ),
    ("Article 2", "Each harbour shelters pilots of all parties and pays for a crew at sea."),
    ("Article 3", "The Treaty enters into force when two parties have ratified it."),
    (
        "Article 4",
        "1. The present Treaty may be denounced by any party in writing.\n\n"
        "2. The denunciation takes effect a year later.",
    ),
    ("Article 5", "A party may withdraw its reservation at any time."),
    (
        "Article 6",
        "A dispute with a pilot is bad luck. Disputes about the Treaty shall be settled by two "
        "umpires. Their tribunal sits at sea.",
    ),
    ("Article 7", "The Treaty shall remain in force for ten years. It shall be renewed by letter."),
    ("Article 8", "Instruments of ratification shall be deposited with Lund. Lund keeps them dry."),
    (
        "Definitions",
        "Pilotage, as used in this part, means the leading of boats. Stray boat, as used in this "
        "part, means a boat without a crew.",
    ),
    (
        "Article 9",
        "The present Treaty shall apply to the area south of Lund.\n\nRibe is north.",
    ),
    ("Signatures", "The parties are glad. DONE at Bergen, this fourth day of May 1993."),
)


@pytest.fixture(scope="module")
def treaty(encoder: TokenLocalEncoder) -> Shelf:
    return Shelf("The Gull Treaty", TREATY, encoder)


@pytest.mark.parametrize(
    "question",
    [
        "What does “harbour” mean in the Gull Treaty?",
        "What is a harbour under the Gull Treaty?",
        "How is harbour defined in the Gull Treaty?",
        "How does the Gull Treaty define a harbour?",
        "Define “harbour” for the purposes of the Gull Treaty.",
    ],
)
def test_a_word_is_told_by_what_defines_it_in_the_text(
    question: str, treaty: Shelf, encoder: TokenLocalEncoder
) -> None:
    draft = treaty.draft(question, encoder)
    assert draft.text == "“harbour” means a place where boats are kept; [1]"


def test_a_definition_brings_its_items(treaty: Shelf, encoder: TokenLocalEncoder) -> None:
    text = treaty.draft("Who counts as “crew” in the Gull Treaty?", encoder).text
    assert text == "“crews” means [1] those on board; [2] their cooks. [3]"


def test_what_is_considered_so_is_defined_without_quotation_marks(
    treaty: Shelf, encoder: TokenLocalEncoder
) -> None:
    assert treaty.draft("What is a boat “at sea” under the Gull Treaty?", encoder).text == (
        "A boat is considered to be at sea once its ropes are cast off. [1]"
    )


@pytest.mark.parametrize(
    "question",
    [
        "How can a State leave the Gull Treaty?",
        "May a party withdraw from the Gull Treaty?",
        "How can the Gull Treaty be denounced?",
    ],
)
def test_who_asks_how_to_leave_a_treaty_gets_the_clause_of_leaving(
    question: str, treaty: Shelf, encoder: TokenLocalEncoder
) -> None:
    assert treaty.draft(question, encoder).text == (
        "The present Treaty may be denounced by any party in writing. [1] "
        "The denunciation takes effect a year later. [2]"
    )


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "How are disputes about the Gull Treaty settled?",
            "Disputes about the Treaty shall be settled by two umpires. [1] "
            "Their tribunal sits at sea. [2]",
        ),
        (
            "How long does the Gull Treaty remain in force?",
            "The Treaty shall remain in force for ten years. [1] "
            "It shall be renewed by letter. [2]",
        ),
        (
            "When and where was the Gull Treaty signed?",
            "DONE at Bergen, this fourth day of May 1993. [1]",
        ),
        (
            "Who is the depositary of the Gull Treaty?",
            "Instruments of ratification shall be deposited with Lund. [1]",
        ),
    ],
)
def test_what_treaties_settle_at_their_end_is_told_by_its_clause(
    question: str, text: str, treaty: Shelf, encoder: TokenLocalEncoder
) -> None:
    assert treaty.draft(question, encoder).text == text


@pytest.mark.parametrize(
    "question",
    [
        "Why did Norway withdraw from the Gull Treaty?",
        "When did Norway leave the Gull Treaty?",
        "How can a sailor leave the harbour?",
        "What is the Gull Treaty?",
    ],
)
def test_what_was_done_once_is_no_clause(question: str) -> None:
    assert asked_within(question) is None


def test_a_text_mentions_the_short_name_that_it_bears_in_full(encoder: TokenLocalEncoder) -> None:
    title = "Geneva Convention relative to the treatment of prisoners of war"
    sections = (("Article 8", "The Protecting Powers safeguard the interests of the parties."),)
    shelf = Shelf(title, sections, encoder)
    draft = shelf.draft("What do Protecting Powers do under the Third Geneva Convention?", encoder)
    assert "safeguard" in draft.text
    assert not draft.missing


@pytest.mark.parametrize(
    "question", ["Which area does the Gull Treaty cover?", "Where does the Gull Treaty apply?"]
)
def test_where_a_text_applies_is_told_by_what_it_says_of_its_area(
    question: str, treaty: Shelf, encoder: TokenLocalEncoder
) -> None:
    assert treaty.draft(question, encoder).text == (
        "The present Treaty shall apply to the area south of Lund. [1]"
    )


@pytest.mark.parametrize(
    "question",
    ["What is a stray boat in the Gull Treaty?", "How is 'stray boat' defined in the Gull Treaty?"],
)
def test_a_word_is_told_by_how_it_is_used(
    question: str, treaty: Shelf, encoder: TokenLocalEncoder
) -> None:
    assert treaty.draft(question, encoder).text == (
        "Stray boat, as used in this part, means a boat without a crew. [1]"
    )
