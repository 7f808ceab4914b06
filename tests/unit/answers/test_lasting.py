"""Who asks how long is told a duration, or when it began and when it ended."""

from dataclasses import replace

import pytest

from assistant.answers.enough import needed
from assistant.answers.forms import read_form
from assistant.answers.lasting import begun_and_ended
from assistant.answers.scoring import refusal
from assistant.answers.selection import select
from assistant.models.encoder import TokenLocalEncoder
from tests.unit.answers.test_standing import passage
from tests.unit.shelf import Shelf

ASKED = "How long did the Gull strike last?"
LIKELY = ("The Gull strike had cost the towns dear in all those days.", 0.6)
BEGAN = ("The Gull pilots began to stay at home on June 24, 1948.", 0.2)
ENDED = ("On May 12, 1949, the Gull council lifted the toll.", 0.1)
BOTH = ("The Gull strike began in June 1948 and ended in early May 1949.", 0.1)


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("It was held from September 5–17, 1978.", True),
        ("It went on from 25 October to 7 November.", True),
        ("It was open from 2015 until early in 2021.", True),
        ("It stayed there until the end of 2014.", True),
        ("Since the end of the war nobody went there.", False),
        ("They waited until help came.", False),
    ],
)
def test_a_duration_has_a_number_or_two_dates(text: str, met: bool) -> None:
    assert read_form(ASKED).met_by(text) is met


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("The council shall be told within eight (8) days after they arrive.", False),
        ("A pilot came a year after the war.", False),
        ("They are taken in for a year after the war.", True),
        ("They may keep it in perpetuity.", True),
        ("GULL-2015.47, 10 February 2015: pilots are taken in.", False),
    ],
)
def test_a_time_by_which_is_no_time_for_which(text: str, met: bool) -> None:
    assert read_form("How long may the pilots be kept in Ribe?").met_by(text) is met


def test_a_time_by_which_is_told_to_who_asks_how_long_there_is() -> None:
    form = read_form("How long does a pilot have to tell the council?")
    assert form.met_by("The council shall be told within eight (8) days after they arrive.")


def test_how_long_is_told_by_what_leads_in_the_conditions() -> None:
    leads = ("The council of Ribe houses a pilot for six months, provided that he says:", 0.4)
    told = ("A pilot tells the council of Ribe within eight days that he has come.", 0.5)
    pool = passage("a", 0.5, told, leads)
    form = read_form("How long may a pilot be housed in Ribe?")
    assert select(form, pool, sure=True) == pool[1:]


def test_how_long_is_told_elsewhere_in_the_document_of_the_likeliest() -> None:
    likely = ("By the pact of Lund and Ribe the land for the pilots’ graves is theirs.", 0.7)
    told = ("Ribe is granted the free use, in perpetuity, of land required for graves.", 0.2)
    pool = passage("a", 0.5, likely, told)
    form = read_form("For how long did Lund give Ribe the land for the graves?")
    assert select(form, pool, sure=True) == pool[1:]


def test_begin_and_end_are_told_where_no_duration_is() -> None:
    pool = passage("a", 0.5, LIKELY, BEGAN, ENDED)
    assert select(read_form(ASKED), pool, sure=True) == pool[1:]


def test_a_sentence_with_both_is_told_alone() -> None:
    pool = passage("a", 0.5, LIKELY, BEGAN, ENDED, BOTH)
    assert select(read_form(ASKED), pool, sure=True) == pool[3:]


def test_a_duration_is_told_rather_than_two_dates() -> None:
    pool = passage("a", 0.5, BEGAN, ENDED, ("The Gull strike lasted eleven months.", 0.1))
    assert select(read_form(ASKED), pool, sure=True) == pool[2:]


def test_the_end_of_something_else_is_not_put_to_the_beginning() -> None:
    end = ("On May 12, 1949, the council of Ternport lifted its toll.", 0.1)
    pool = [*passage("a", 0.5, LIKELY, BEGAN), *passage("b", 0.5, end)]
    assert select(read_form(ASKED), pool, sure=True) != [pool[1], pool[2]]


def test_the_beginning_of_one_document_and_the_end_of_another_tell_no_duration() -> None:
    pool = [*passage("a", 0.5, BEGAN), *passage("b", 0.5, ENDED)]
    assert begun_and_ended(read_form(ASKED), pool) == []
    assert len(begun_and_ended(read_form(ASKED), passage("a", 0.5, BEGAN, ENDED))) == len(pool)


def test_what_is_far_less_likely_than_the_likeliest_tells_no_duration() -> None:
    unlikely = (ENDED[0], 0.005)
    assert begun_and_ended(read_form(ASKED), passage("a", 0.5, BEGAN, unlikely)) == []


def test_begin_and_end_need_less_that_speaks_for_them() -> None:
    form = read_form(ASKED)

    def least(*said: tuple[str, float]) -> float:
        return needed(form, ASKED, passage("a", 0.5, *said), in_words=False)

    assert least(LIKELY) == refusal().answers
    assert least(LIKELY, BEGAN, ENDED) == refusal().named
    assert least(BOTH) == 0


def test_a_title_with_its_years_promises_a_duration(encoder: TokenLocalEncoder) -> None:
    text = "Nobody brought a ship in, and the bread was dear."
    dated = Shelf("The Gull Strike, 1948–1949", (("Bread", text),), encoder)
    plain = Shelf("The Gull Strike", (("Bread", text),), encoder)
    for shelf, least in ((dated, refusal().named), (plain, refusal().answers)):
        (one,) = passage("a", 0.5, (text, 0.3))
        pool = [replace(one, source=replace(one.source, stored=shelf.stored[0]))]
        assert needed(read_form(ASKED), ASKED, pool, in_words=False) == least
