"""Who has an office is told by what speaks of it; when, by what tells of the deed that is asked."""

import pytest

from assistant.answers.act_asked import read_act
from assistant.answers.eligible import eligible
from assistant.answers.forms import read_form
from assistant.answers.lines import is_a_heading
from assistant.answers.said import says_all
from assistant.answers.selection import select
from assistant.types import Metadata
from tests.unit.answers.test_standing import passage

MINISTER = ("Foreign Minister Ada Holm and Secretary Rey signed a memorandum in Velm.", 0.7)
PILOTS = ("The front of the northern pilots, led by Ole Rey, was based in Velm.", 0.7)


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("Who is the military attaché at the Skagen embassy in Velm?", "attache"),
        ("Who's the current harbour master of Velm?", "master"),
        ("Who currently heads the navy of Velm?", "navi"),
        ("Who was the harbour master of Velm?", ""),
        ("Who is Ada Holm?", ""),
        ("Who signed the treaty of Velm?", ""),
    ],
)
def test_an_office_is_asked_for(question: str, office: str) -> None:
    assert read_form(question).office == office


def test_somebody_else_has_not_the_office() -> None:
    asked = read_form("Who is the military attaché at the embassy in Velm?")
    assert eligible(asked, passage("a", 0.7, MINISTER), sure=True) == []
    told = passage("a", 0.7, ("Ole Rey is the military attaché at the embassy in Velm.", 0.7))
    assert eligible(asked, told, sure=True) == told


def test_who_heads_another_body_does_not_head_this_one() -> None:
    asked = read_form("Who currently heads the navy of Velm?")
    assert eligible(asked, passage("a", 0.7, PILOTS), sure=True) == []


def test_a_salary_is_a_sum_of_money() -> None:
    asked = read_form("What was the salary of the first consul in Velm?")
    assert asked.asks_money
    assert not asked.met_by("The first consul in Velm was Ole Rey, appointed in 1891.")


def test_a_noun_behind_a_name_does_nothing() -> None:
    closed = read_act("When did the Skagen embassy in Velm close in 1991?")
    assert closed is not None
    assert closed.keys == {"close"}
    assert read_act("When did the Skagen legation in Velm become an embassy?") is None
    assert read_act("When did the Skagen embassy in Velm open its doors again?") is None
    named = read_act("When did Skagen close its embassy in Velm?")
    assert named is not None
    assert named.name == "Skagen"


def test_a_heading_may_have_an_apostrophe() -> None:
    (one,) = passage("a", 0.7, ("Opening of the Embassy in Vel‘alofa, 2023.", 0.7))
    whole = one.source.stored.chunk.text
    assert whole == one.text
    below = passage("a", 0.7, ("Opening of the Embassy in Vel‘alofa, 2023.\n", 0.7))[0]
    assert is_a_heading(one) is False  # nothing stands below it
    assert below.text.endswith("\n")


def test_when_he_died_is_not_when_he_was_nominated() -> None:
    nominated = ("President Lund nominated Ole Rey on March 6, 1893.", 0.7)
    pool = passage("a", 0.7, nominated, ("Ole Rey died in office on May 28, 1895.", 0.5))
    assert select(read_form("How did Ole Rey die, and when?"), pool, sure=True) == pool[1:]


def test_the_surname_says_of_whom_a_document_with_his_whole_name_is() -> None:
    (one,) = passage("a", 0.7, ("Rey was awarded the Harbour Prize in 1912.", 0.7))
    asked = read_form("When was Ole Rey awarded the Harbour Prize?")
    assert not says_all(asked, one)
    object.__setattr__(one.source.stored, "metadata", Metadata("Lives of Pilots: Ole Rey"))
    assert says_all(asked, one)
