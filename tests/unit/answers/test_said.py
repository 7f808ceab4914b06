"""What one sentence says whole answers, though nothing else tells that the library does."""

import pytest

from assistant.answers.forms import read_form
from assistant.answers.pool import Pooled, Source
from assistant.answers.reading import Part
from assistant.answers.said import says_all
from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf


def _said(question: str, text: str, title: str, encoder: TokenLocalEncoder) -> bool:
    stored = Shelf(title, (("Part", text),), encoder).stored[0]
    part = Part(text, 0, len(text), bullet=False, leads=True)
    return says_all(read_form(question), Pooled(Source(stored, 0.5, 0.5), part, 0.1))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who was Ole Brandt exchanged for?", "In 1962 Ole Brandt was traded for Per Lind."),
        ("Who was Ole Brandt exchanged for?", "In 1962 he was traded for Per Lind."),
        ("Where was Ole Brandt born?", "Brandt was born in Gullport."),
        ("Which harbours did not sign the Gull Pact?", "The Gull Pact was not signed by harbours."),
    ],
)
def test_akin_words_and_a_title_that_names_it_say_it_too(
    question: str, text: str, encoder: TokenLocalEncoder
) -> None:
    assert _said(question, text, "Ole Brandt and the Gull Pact", encoder)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who was Jens Bro exchanged for?", "In 1962 Ole Brandt was traded for Per Lind."),
        ("When was Ole Brandt exchanged?", "Ole Brandt was exchanged for Per Lind."),
        ("Where was Ole Brandt born?", "Ole Brandt was born and died."),
        ("Who was Ole Brandt exchanged for?", "Ole Brandt was never exchanged for Per Lind."),
        ("Which harbours did not sign the Gull Pact?", "The Gull Pact was signed by harbours."),
        ("Why was Ole Brandt exchanged?", "Ole Brandt was exchanged in 1962."),
        ("Who was Ole Brandt exchanged for?", "Who was exchanged for Ole Brandt in Skagen?"),
        ("Where is Skagen?", "Skagen is in Norway."),
    ],
)
def test_another_name_a_denial_and_a_missing_answer_do_not(
    question: str, text: str, encoder: TokenLocalEncoder
) -> None:
    assert not _said(question, text, "Ole Brandt and the Gull Pact", encoder)


def test_in_a_text_on_an_article_another_that_is_named_is_not_it(
    encoder: TokenLocalEncoder,
) -> None:
    question, title = "How often was Article 4 ever invoked?", "Consultation under Article 4"
    assert _said(question, "It was ever invoked nine times.", title, encoder)
    assert not _said(question, "Article 5 was ever invoked once.", title, encoder)


LIFE = (
    (
        "Early life",
        "Brandt was born in Gullport. The family of Brandt had strong roots in Skagen. Under the "
        "wardens the harbour was enlarged and the dunes were planted.",
    ),
    (
        "Influence on the League",
        "As warden Ole Jens Brandt drew up the plan for the lights of the coast. He left in 1913.",
    ),
    (
        "The war",
        "Ships of the League met the fleet near the cape. Brandt was captured and sentenced. In "
        "1912 he and a pilot were traded for a captured envoy, Per Lind.",
    ),
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Where was Ole Brandt born?", "Brandt was born in Gullport. [1]"),
        (
            "Who was Ole Brandt exchanged for?",
            "In 1912 he and a pilot were traded for a captured envoy, Per Lind. [1]",
        ),
    ],
)
def test_what_is_said_whole_is_the_answer_and_nothing_beside_it(
    question: str, answer: str, encoder: TokenLocalEncoder
) -> None:
    shelf = Shelf("Biographies of the wardens: Ole Jens Brandt", LIFE, encoder)
    assert shelf.draft(question, encoder).text == answer
