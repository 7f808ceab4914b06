"""Who asks what an article says gets the article, though it uses none of the question's words."""

import pytest

from assistant.answers.asked_provisions import asked_for, of_no_text
from assistant.answers.provisions import asked_of_texts
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.standalone import resolve
from tests.unit.shelf import Shelf

TREATY = (
    ("Preamble", "The parties to the Gull Treaty wish to keep the peace of the coast."),
    ("Article 1", "1. Each harbour lights its own quay. It pays for the oil.\n\n2. None is dark."),
    (
        "Article 2",
        "A ship in distress is taken in by the nearest harbour.\n\nArticle 3\n\nPilots are shared.",
    ),
    ("Article 4", "Article 2 of the Gull Treaty applies to boats as well."),
)


@pytest.fixture(scope="module")
def treaty(encoder: TokenLocalEncoder) -> Shelf:
    return Shelf("The Gull Treaty", TREATY, encoder)


@pytest.mark.parametrize(
    "question",
    [
        "What is Article 2 of the Gull Treaty?",
        "What does article 2 of the Gull Treaty say?",
        "Quote Article 2 of the Gull Treaty",
        "What does Article 2 of the Gull Treaty provide for?",
        "What does Article 2 of the Gull Treaty regulate?",
        "What does Article 2 of the Gull Treaty deal with?",
        "What does Article 2 of the Gull Treaty require of a ship in distress?",
        "Under Article 2 of the Gull Treaty, what happens to a ship in distress?",
        "Article 2 of the Gull Treaty?",
        "article 2 gull treaty",
        "Which harbour does Article 2 of the Gull Treaty name?",
        "Which ships are mentioned in Article 2 of the Gull Treaty?",
    ],
)
def test_an_article_is_what_it_says_and_not_what_names_it(
    question: str, treaty: Shelf, encoder: TokenLocalEncoder
) -> None:
    draft = treaty.draft(question, encoder)
    assert draft.text == "A ship in distress is taken in by the nearest harbour. [1]"
    assert not draft.missing


def test_an_article_that_shares_a_chunk_with_the_one_before_it_is_found(
    treaty: Shelf, encoder: TokenLocalEncoder
) -> None:
    assert treaty.draft("What does Article 3 of the Gull Treaty say?", encoder).text == (
        "Pilots are shared. [1]"
    )


def test_numbered_paragraphs_stay_whole(treaty: Shelf, encoder: TokenLocalEncoder) -> None:
    assert treaty.draft("What is Article 1 of the Gull Treaty?", encoder).text == (
        "Each harbour lights its own quay. [1] It pays for the oil. [2] None is dark. [3]"
    )


def test_an_article_of_another_treaty_is_not_given(
    treaty: Shelf, encoder: TokenLocalEncoder
) -> None:
    text = treaty.draft("What is Article 2 of the Tern Convention?", encoder).text
    assert "A ship in distress" not in text


def test_a_text_that_has_no_such_article_is_said_to_have_none(
    treaty: Shelf, encoder: TokenLocalEncoder
) -> None:
    draft = treaty.draft("What does Article 9 of the Gull Treaty say?", encoder)
    assert draft.abstained
    assert "“The Gull Treaty” has articles 1 to 4." in draft.text


def test_what_only_speaks_of_a_treaty_in_its_name_is_not_asked_for_its_articles(
    encoder: TokenLocalEncoder,
) -> None:
    about = "Agreement on the Boats of the Parties to the Gull Treaty"
    shelf = Shelf(about, (("Article 9", "Boats are lit."), ("Article 10", "Oars too.")), encoder)
    assert shelf.draft("What does Article 9 of the Gull Treaty say?", encoder).abstained


def test_of_a_document_of_several_texts_the_one_named_is_read(encoder: TokenLocalEncoder) -> None:
    sections = (
        ("Article 1", "Harbours light their quays."),
        ("Protocol on Pilots", "The parties agree as follows."),
        ("Article 1", "Pilots are shared."),
    )
    shelf = Shelf("The Gull Treaty", sections, encoder)
    assert shelf.draft("What does Article 1 of the Protocol on Pilots say?", encoder).text == (
        "Pilots are shared. [1]"
    )


@pytest.mark.parametrize(
    "question",
    [
        "When was Article 2 of the Gull Treaty signed?",
        "What is the difference between Article 2 and Article 3 of the Gull Treaty?",
        "What does Article 2 mean for harbours of the Gull Treaty that are closed?",
    ],
)
def test_who_asks_something_else_about_an_article_does_not_ask_for_its_text(question: str) -> None:
    assert asked_for(question) is None


def test_of_a_long_article_is_told_what_is_asked_of_it(encoder: TokenLocalEncoder) -> None:
    text = "Pilots are paid by the day. Lamps are lit at dusk. Oil is bought at Skagen."
    shelf = Shelf("The Gull Treaty", (("Article 7", text), *TREATY), encoder)
    question = "What does Article 7 of the Gull Treaty say about lamps?"
    assert shelf.draft(question, encoder).text == "Lamps are lit at dusk. [1]"


def test_what_stands_below_a_heading_without_a_number_is_the_article_between(
    encoder: TokenLocalEncoder,
) -> None:
    sections = (
        ("Article 1", "Harbours light their quays."),
        ("Legal jurisdiction", "The courts of Skagen judge the crews."),
        ("Article 3", "This Treaty is open to all."),
    )
    shelf = Shelf("The Gull Treaty", sections, encoder)
    assert shelf.draft("What does Article 2 of the Gull Treaty say?", encoder).text == (
        "The courts of Skagen judge the crews. [1]"
    )
    assert "courts" not in shelf.draft("What does Article 4 of the Gull Treaty say?", encoder).text


def test_a_treaty_is_known_by_the_short_name_that_it_never_gives_itself(
    encoder: TokenLocalEncoder,
) -> None:
    title = "Geneva Convention relative to the treatment of prisoners of war"
    shelf = Shelf(title, (("Article 17", "He gives his rank."),), encoder)
    question = "What does Article 17 of the Third Geneva Convention say?"
    assert shelf.draft(question, encoder).text == "He gives his rank. [1]"
    other = "What does Article 17 of the First Geneva Convention say?"
    assert "rank" not in shelf.draft(other, encoder).text


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("article 5", "article 5"),
        ("What does article V say?", "article V"),
        ("What does article 5 of the Gull Treaty say?", ""),
        ("Which harbours does article 5 bind?", ""),
    ],
)
def test_an_article_of_no_text_is_told(question: str, named: str) -> None:
    assert of_no_text(question) == named


def test_of_what_text_an_article_is_meant_is_asked_by_the_texts_names(
    treaty: Shelf, encoder: TokenLocalEncoder
) -> None:
    other = Shelf("Verdrag", (("BOAT CONVENTION", "Boats are lit."),), encoder)
    guide = Shelf("A guide to boats", (("Document of the Parties to a Treaty", "X."),), encoder)
    question = resolve("article 2", ())
    passages = [one for shelf in (treaty, other, guide) for one in shelf.passages(question)]
    assert [*asked_of_texts("article 2", passages, "en")] == [
        "What does article 2 of the Gull Treaty say?",
        "What does article 2 of the Boat Convention say?",
    ]
