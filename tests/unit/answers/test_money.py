"""Who asks what something cost is told a sum."""

from dataclasses import replace

import pytest

from assistant.answers.enough import needed
from assistant.answers.forms import read_form
from assistant.answers.question import Expected
from assistant.answers.scoring import refusal
from assistant.answers.selection import select
from tests.unit.answers.test_standing import passage

ASKED = "How much did Gullport pay for Ternland?"
SUM = ("In the autumn its council bought Ternland for $7.2 million.", 0.2)
OFFER = ("Gullport was offered all 4 islands of Ternland in 1859.", 0.5)


@pytest.mark.parametrize(
    ("question", "money"),
    [
        (ASKED, True),
        ("What was the price of Ternland?", True),
        ("What did the canal cost?", True),
        ("What did Gullport pay for Ternland?", True),
        ("What did Gullport pay attention to?", False),
        ("Combien a coûté Ternland ?", True),
        ("How much rain fell?", False),
        ("What was the prize?", False),
    ],
)
def test_a_sum_is_asked_for(question: str, money: bool) -> None:
    form = read_form(question)
    assert form.asks_money is money
    assert not money or form.expected is Expected.QUANTITY


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("It cost $7.2 million.", True),
        ("The towns paid 20,000 gold marks for it.", True),
        ("They sailed for 20,000 miles.", False),
        ("It was bought in 1859.", False),
    ],
)
def test_a_sum_has_a_currency(text: str, met: bool) -> None:
    assert read_form(ASKED).met_by(text) is met


@pytest.mark.parametrize("question", [ASKED, "What was the price of Ternland?"])
def test_the_sum_is_the_answer_though_an_offer_has_more_of_the_words(question: str) -> None:
    pool = passage("a", 0.5, SUM, OFFER)
    assert select(read_form(question), pool, sure=True) == pool[:1]


def test_a_sum_said_of_what_is_named_needs_less_that_speaks_for_it() -> None:
    form, other = read_form(ASKED), ("In the autumn its council paid $7.2 million.", 0.2)
    said, of_other = passage("a", 0.5, SUM, OFFER), passage("a", 0.5, other, OFFER)
    assert needed(form, ASKED, said, in_words=False) == refusal().named
    assert needed(form, ASKED, of_other, in_words=False) == refusal().answers


def test_the_sum_is_told_where_a_name_stands_elsewhere_in_the_document() -> None:
    signed = ("Captain Perrin signed a compact with Outer Ternland in 1854.", 0.2)
    told = ("The compact stipulated that an Outer Ternland pilot could be hired for $5.00.", 0.6)
    pool = passage("a", 0.5, signed)
    for one in passage("b", 0.5, told):
        stored = replace(one.source.stored, version_id=pool[0].source.stored.version_id)
        pool.append(replace(one, source=replace(one.source, stored=stored)))
    asked = "What did a pilot cost under Perrin's compact with Outer Ternland?"
    assert [one.text for one in select(read_form(asked), pool, sure=True)] == [told[0]]
