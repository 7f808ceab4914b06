"""Who asks how something was done is told by what speaks of its being done."""

import pytest

from assistant.answers.forms import read_form
from assistant.answers.manner import asked_how
from assistant.answers.otherwise import put_otherwise
from assistant.answers.selection import select
from tests.unit.answers.test_standing import passage

OF_HER = ("Ada Auk was appointed envoy to Skagen in 1911.", 0.7)
ASKED = "How did Ada Auk die?"


@pytest.mark.parametrize(
    ("question", "verb"),
    [
        (ASKED, "die"),
        ("How can the treaty of Ribe on classified information be ended?", "end"),
        ("How was the border dispute with Velm settled?", "settl"),
        ("How does a state join the Guild?", "join"),
        ("How does the Guild work?", ""),
        ("How many died?", ""),
        ("When did she die?", ""),
    ],
)
def test_the_verb_that_is_asked_after(question: str, verb: str) -> None:
    assert asked_how(question) == verb


def test_by_what_it_was_done_is_told_in_another_word() -> None:
    died = ("Auk served until her untimely death in 1912.", 0.3)
    killed = ("Auk was killed by the explosion of a gun.", 0.12)
    pool = passage("a", 0.7, OF_HER, died, killed)
    assert select(read_form(ASKED), pool, sure=True) == [pool[2]]


def test_what_only_says_that_it_was_is_told_where_nothing_says_by_what() -> None:
    pool = passage("a", 0.7, OF_HER, ("Auk died in Ribe in 1912.", 0.2))
    assert select(read_form(ASKED), pool, sure=True) == [pool[1]]


def test_what_is_said_of_the_same_thing_is_no_way_to_do_it() -> None:
    pool = passage("a", 0.7, ("The Gull Guild adapts to new harbours.", 0.6))
    assert select(read_form("How can a town leave the Gull Guild?"), pool, sure=True) == []


def test_an_act_is_told_in_a_word_that_is_put_for_it() -> None:
    form = read_form("When did Velm stop being protected under the Gull Pact?")
    told = ("On May 4, 1931, the Gull Pact suspended its obligations toward Velm.", 0.4)
    pool = passage("a", 0.7, told)
    assert select(form, pool, sure=True) == []
    otherwise = put_otherwise(form)
    assert otherwise is not None
    assert select(otherwise, pool, sure=True) == pool


def test_nobody_is_in_office_now_for_having_been_so_then() -> None:
    form = read_form("Who is the present envoy in Velm?")
    then = ("The mission in Velm was opened in 1976 with Ada Auk as envoy.", 0.6)
    assert select(form, passage("a", 0.7, then), sure=True) == []
    now = ("The envoy in Velm is Ada Auk.", 0.6)
    pool = passage("a", 0.7, then, now)
    assert select(form, pool, sure=True) == pool[1:]


def test_of_two_sums_that_of_the_year_is_told() -> None:
    form = read_form("How much money did Velm get for the islands in 1854?")
    first = ("In 1853 Skagen offered Velm $15 million for the islands.", 0.7)
    last = ("The sale of 1854 gave Velm $10 million for the islands.", 0.5)
    pool = passage("a", 0.7, first, last)
    assert select(form, pool, sure=True) == pool[1:]
