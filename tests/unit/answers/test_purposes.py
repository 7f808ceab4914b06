"""Who asks what something was for is told that, and not only what became of it."""

from dataclasses import replace

import pytest

from assistant.answers.enough import needed
from assistant.answers.extractive import ExtractiveAnswerer
from assistant.answers.forms import read_form
from assistant.answers.rating import rated
from assistant.answers.reading import Reader
from assistant.answers.scoring import refusal
from assistant.answers.selection import select
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.standalone import resolve
from assistant.retrieval.translation import with_translation
from tests.unit.answers.test_standing import passage
from tests.unit.shelf import Shelf

ASKED = "What was the purpose of the Harbour Plan?"
LIKELY = ("The Harbour Plan brought trade and much money into the region.", 0.7)
SAID = ("The purpose of the Harbour Plan—so it was called—was to keep the towns at peace.", 0.1)


@pytest.mark.parametrize(
    ("question", "purpose"),
    [
        (ASKED, True),
        ("What were the main aims of the plan?", True),
        ("What is the reason for the delay?", True),
        ("Quel était le but du plan ?", True),
        ("Dans quel but le plan a-t-il été lancé ?", True),
        ("What is the capital of France?", False),
        ("Quelle est la capitale de la France ?", False),
        ("What purpose-built ships were there?", False),
    ],
)
def test_a_purpose_is_asked_for(question: str, purpose: bool) -> None:
    form = read_form(question)
    assert form.asks_purpose is purpose
    assert not (purpose and form.asks_fact)


def test_several_aims_are_a_list() -> None:
    form = read_form("What are the main aims of the Harbour Plan?")
    assert form.asks_list
    assert not form.asks_cause
    assert read_form(ASKED).asks_cause


def test_the_sentence_that_names_the_purpose_of_that_is_the_answer() -> None:
    pool = [*passage("a", 0.5, LIKELY), *passage("b", 0.5, SAID)]
    assert select(read_form(ASKED), pool, sure=True) == pool[1:]
    other = passage("b", 0.5, ("The purpose of the Tern Plan was to keep the towns at peace.", 0.1))
    assert select(read_form(ASKED), [*pool[:1], *other], sure=True)[0] == pool[0]


def test_what_is_said_in_so_many_words_is_given_whatever_its_chance() -> None:
    form, said, likely = read_form(ASKED), passage("b", 0.5, SAID), passage("a", 0.5, LIKELY)
    assert needed(form, ASKED, said, in_words=True) == 0
    assert needed(form, ASKED, likely, in_words=False) == refusal().answers
    assert needed(form, ASKED, likely, in_words=True) == refusal().translated


def test_a_heading_promises_a_list_and_no_purpose(encoder: TokenLocalEncoder) -> None:
    shelf = Shelf("Plans", (("Aims of the Harbour Plan", LIKELY[0]),), encoder)
    (one,) = passage("a", 0.5, LIKELY)
    pool = [replace(one, source=replace(one.source, stored=shelf.stored[0]))]
    aims = read_form("Which aims did the Harbour Plan have?")
    assert needed(aims, "", pool, in_words=False) == refusal().named
    assert needed(read_form(ASKED), "", pool, in_words=False) == refusal().answers


def test_a_purpose_asked_for_in_french_is_found_in_english(encoder: TokenLocalEncoder) -> None:
    shelf = Shelf(
        "Towns", (("Trade", LIKELY[0]), ("Peace", SAID[0].replace("Harbour", "Gull"))), encoder
    )
    asked = with_translation(resolve("Quel était le but du plan Gull ?", ()))
    found = [replace(one, score=0.4) for one in shelf.passages(asked)]
    draft = ExtractiveAnswerer(Reader(encoder), shelf.neighbours).draft(asked, found)
    assert draft.text.startswith("The purpose of the Gull Plan")


@pytest.mark.parametrize(
    "text",
    [
        "The council formed the league as a counterbalance to the guild.",
        "The drought led the towns to look for other grain.",
        "They opened the gates in the hope that trade would come back.",
        "The tax was intended to pay for the walls.",
        "One concern was that the ferry would carry grain to the rivals.",
        "The wardens worried that the pact could draw them into a war.",
        "Another was the fact that the boats were engaged elsewhere.",
    ],
)
def test_a_reason_is_heard_in_what_somebody_meant(text: str) -> None:
    assert read_form("Why did the towns do that?").explains(text)


def test_a_reason_for_the_act_itself_is_rated_above_another_reason() -> None:
    form = read_form("Why did the Gull League end?")
    one, other = passage(
        "a",
        0.5,
        ("The Gull League was rich because of its herring.", 0.40),
        ("The Gull League ended because the herring left.", 0.34),
    )
    assert rated(form, other) > rated(form, one)
