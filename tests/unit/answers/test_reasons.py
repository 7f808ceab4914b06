"""Who asks why is told what led to it, from the sentence beside, or that no reason is quoted."""

import json
from pathlib import Path

import pytest

from assistant.answers.forms import read_form
from assistant.answers.remarks import missing_of
from assistant.answers.selection import select
from assistant.phrases import PATTERNS, phrase
from tests.unit.answers.test_standing import passage

ASKED = "Why did Velm sever relations with Skagen in 1950?"
DONE = ("Velm severed relations with Skagen on February 20, 1950.", 0.6)
GONE = ("The envoy of Skagen left Velm on February 24, 1950.", 0.5)
BEFORE = ("In 1950 Velm accused the envoy of Skagen of espionage.", 0.3)
BEHIND = ("This action was taken following the seizure of the lighthouse.", 0.05)


def test_what_led_to_it_stands_before() -> None:
    pool = passage("a", 0.7, BEFORE, DONE, GONE)
    assert select(read_form(ASKED), pool, sure=True) == pool[:2]


def test_what_led_to_it_stands_behind() -> None:
    pool = passage("a", 0.7, DONE, BEHIND, GONE)
    assert select(read_form(ASKED), pool, sure=True) == pool[:2]


def test_a_reason_that_is_quoted_stays_by_itself() -> None:
    told = ("Velm severed relations with Skagen because the lighthouse was seized in 1950.", 0.7)
    pool = passage("a", 0.7, BEFORE, told)
    assert pool[1] in select(read_form(ASKED), pool, sure=True)
    assert pool[0] not in select(read_form(ASKED), pool, sure=True)


def test_what_gives_no_reason_is_beside_the_point_where_another_gives_one() -> None:
    wanted = ("Velm wanted its harbour back from Skagen, with which it severed relations.", 0.4)
    unlikely = ("In 1948 Skagen sold ships to Velm because its yards were idle.", 0.1)
    pool = passage("a", 0.7, unlikely, GONE, ("The harbour was then at peace.", 0.0), wanted)
    assert select(read_form(ASKED), pool, sure=True) == [pool[3]]


def test_who_says_all_that_is_asked_may_tell_why_in_words_of_his_own() -> None:
    asked = read_form("Why did Skagen waver over the harbour?")
    own = ("Once word of the storm came, Skagen wavered, doubting the worth of a harbour.", 0.7)
    sold = ("In 1948 Skagen sold the harbour because its yards were idle.", 0.4)
    pool = passage("a", 0.7, own, sold)
    assert pool[0] in select(asked, pool, sure=True)


def test_for_these_reasons_brings_the_reasons() -> None:
    asked = read_form("Why did Velm welcome the treaty?")
    steady = ("The treaty gave Velm a steady supply of timber.", 0.1)
    hailed = ("For these reasons, Velm hailed and welcomed the treaty.", 0.6)
    signed = ("Velm signed the treaty at Skagen in May.", 0.5)
    pool = passage("a", 0.7, signed, ("It opened two ports.", 0.0), steady, hailed)
    assert select(asked, pool, sure=True) == pool[2:]


def test_when_and_why_has_both() -> None:
    asked = read_form("When did Velm sever relations with Skagen, and why?")
    pool = passage("a", 0.7, DONE, BEHIND)
    assert select(asked, pool, sure=True) == pool


def test_what_is_far_from_it_is_no_reason() -> None:
    far = ("In 1949 the harbour was closed after a storm.", 0.05)
    pool = passage("a", 0.7, far, DONE)
    assert select(read_form(ASKED), pool, sure=True) == pool[1:]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (ASKED, True),
        ("When was it closed, and why?", True),
        ("Quand fut-il fermé et pourquoi ?", True),
        ("When was it closed?", False),
        ("What was the purpose of the harbour plan?", False),
    ],
)
def test_a_reason_is_asked_for(question: str, asked: bool) -> None:
    assert read_form(question).asks_why is asked


@pytest.mark.parametrize("question", [ASKED, "When did Velm sever relations, and why?"])
def test_an_answer_without_a_reason_says_so(question: str) -> None:
    pool = passage("a", 0.7, DONE)
    assert missing_of(read_form(question), pool, question) == (phrase("reason-open"),)
    beside = passage("a", 0.7, DONE, BEHIND)
    assert missing_of(read_form(question), beside, question) == ()


def test_the_page_says_it_in_french() -> None:
    french = json.loads(Path("ui/static/fr.json").read_text("utf-8"))
    assert PATTERNS["reason-open"] in french
