"""What one sentence has all of is told, and what has a name only in pieces is not it."""

import pytest

from assistant.answers.enough import needed
from assistant.answers.extractive import ExtractiveAnswerer
from assistant.answers.forms import read_form
from assistant.answers.lines import stands
from assistant.answers.question import Expected
from assistant.answers.rating import defines
from assistant.answers.reading import Reader
from assistant.answers.scoring import refusal
from assistant.answers.selection import select
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.standalone import resolve
from tests.unit.answers.test_standing import passage
from tests.unit.shelf import Shelf


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("Who was the first GULLCOM?", "Admiral Anna Tern was the first GULLCOM.", True),
        ("Who was the first GULLCOM?", "The first GULLCOM took office late.", False),
        ("Who was the first GULLCOM?", "Admiral Anna Tern led GULLCOM.", False),
        ("How long is the border with Ternland?", "The Ternland border has 1,340 miles.", True),
        ("How large is the staff of GULLCOM?", "GULLCOM has a staff of 700.", True),
        ("When did the Gull League end?", "The Gull League came to its end in 1991.", True),
        ("When did the Gull League end?", "The Gull League came to its end at last.", False),
    ],
)
def test_less_has_to_speak_for_what_one_sentence_has_all_of(
    question: str, text: str, told: bool
) -> None:
    least = needed(read_form(question), question, passage("a", 0.5, (text, 0.3)), in_words=False)
    assert least == (refusal().named if told else refusal().answers)


def test_words_of_another_language_need_less_for_what_is_spoken_of_by_name() -> None:
    form = read_form("Qu'est-ce que le signal long ?", words="Long Signal")
    said = passage("a", 0.5, ("The Long Signal was sent in 1902.", 0.3))
    other = passage("a", 0.5, ("The signal was not long.", 0.3))
    assert needed(form, "Long Signal", said, in_words=True) == refusal().answers
    assert needed(form, "Long Signal", other[:0], in_words=True) == refusal().translated


def test_what_a_name_is_is_told_by_what_has_it_whole() -> None:
    form = read_form("What was the Long Signal?")
    pool = passage(
        "a",
        0.5,
        ("Long pauses came with each signal that the towns lit.", 0.6),
        ("Tern sent eight pages to the council, the now famous “long signal” on the pirates.", 0.1),
    )
    assert select(form, pool, sure=True) == pool[1:]
    # Where none has it whole, the rest is not thrown away.
    assert select(form, pool[:1], sure=True) == pool[:1]


def test_a_border_has_a_length_and_a_war_a_duration() -> None:
    assert not read_form("How long is the border?").asks_duration
    assert read_form("How long was the war?").asks_duration
    assert read_form("How long did it last?").asks_duration


@pytest.mark.parametrize(
    ("question", "defining"),
    [
        ("Who was Anna Tern?", True),
        ("Qui était Anna Tern ?", True),
        ("Who is the Secretary General?", False),
        ("Who was Secretary of State under Carter?", False),
        ("Who was first?", False),
    ],
)
def test_who_somebody_was_asks_what_he_was(question: str, defining: bool) -> None:
    form = read_form(question)
    assert form.asks_definition is defining
    assert (form.expected is Expected.NAME) is not defining


def test_what_is_over_is_said_to_have_been_something() -> None:
    form = read_form("What was the Gull Purchase?")
    (said,) = passage("a", 0.5, ("The Gull Purchase was an agreement between two towns.", 0.5))
    (other,) = passage("a", 0.5, ("The Gull Purchase was made in 1854.", 0.5))
    assert defines(form, said)
    assert not defines(form, other)


def test_an_article_is_found_however_far_it_stands_from_what_was_found(
    encoder: TokenLocalEncoder,
) -> None:
    articles = [(f"Article {i}", f"Harbour number {i} has a light.") for i in range(1, 420)]
    shelf = Shelf("The Gull Treaty", [*articles, ("End", "The Gull Treaty says this.")], encoder)
    asked = resolve("What does Article 33 of the Gull Treaty say?", ())
    found = [one for one in shelf.passages(asked, 500) if one.stored.chunk.ordinal == 419]
    draft = ExtractiveAnswerer(Reader(encoder), shelf.neighbours).draft(asked, found)
    assert draft.text == "Harbour number 33 has a light. [1]"


def test_a_number_alone_is_no_sentence_of_an_article(encoder: TokenLocalEncoder) -> None:
    text = "1. There are 18 judges.\n\n2.\n\n(a) The council may add some."
    shelf = Shelf("The Gull Treaty", (("Article 36", text),), encoder)
    assert shelf.draft("What does Article 36 of the Gull Treaty say?", encoder).text == (
        "- There are 18 judges. [1]\n- The council may add some. [2]"
    )


def test_what_defines_a_thing_opens_the_answer_though_other_sentences_are_likelier() -> None:
    form = read_form("Define haulage")
    pool = passage(
        "a",
        0.5,
        ("Haulage is dear where rivers of the coast freeze.", 0.6),
        ("Haulage is the carrying of goods over land.", 0.1),
    )
    assert select(form, pool, sure=True)[0] == pool[1]
    unlikely = passage("a", 0.5, ("Haulage is the carrying of goods over land.", 0.01))
    assert select(form, [pool[0], *unlikely], sure=True)[0] == pool[0]


def test_both_of_two_that_are_named_needs_nothing_before_it() -> None:
    form = read_form("What did the pilots do?")
    named, left = passage(
        "a",
        0.5,
        ("Both the pilots and the fishermen mended the lights.", 0.5),
        ("Both mended the lights.", 0.5),
    )
    assert stands(form, named)
    assert not stands(form, left)
