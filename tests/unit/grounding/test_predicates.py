"""Which verb governs a thing, and whether what it says was done."""

import pytest

from assistant.grounding.denials import denied
from assistant.grounding.denied_there import never_came
from assistant.grounding.doers import done_by_another
from assistant.grounding.opposites import opposed
from assistant.grounding.permitted import governed_otherwise
from assistant.grounding.predicates import deed_of
from assistant.grounding.undone import undone
from assistant.grounding.unfulfilled import in_vain, unfulfilled

BANS = (
    "The accord bans troop movements, live firing, and the laying of mines, while allowing "
    "officers to watch exercises."
)


@pytest.mark.parametrize(
    ("sentence", "verb", "objects"),
    [
        ("The accord allows live firing in winter.", "allows", ["live", "firing"]),
        ("Norway has never signed the accord.", "signed", ["accord"]),
        ("The port was closed by the navy.", "closed", []),
        ("The port is in the north.", None, []),
    ],
)
def test_the_deed_of_a_sentence_is_its_first_verb_with_what_stands_behind_it(
    sentence: str, verb: str | None, objects: list[str]
) -> None:
    deed = deed_of(sentence)
    assert (deed.verb.text if deed else None) == verb
    assert [one.text for one in deed.objects] == objects if deed else not objects


@pytest.mark.parametrize("thing", ["troop movements", "live firing"])
def test_what_the_passage_bans_is_not_allowed_though_it_allows_something_else(thing: str) -> None:
    told = "The passage says “bans”, the sentence “permits”."
    assert governed_otherwise(f"The accord permits {thing}.", BANS) == told


def test_another_verb_opposes_none_that_says_the_same_of_the_same_thing() -> None:
    assert not opposed("The accord forbids live firing.", BANS)
    assert opposed("The accord forbids officers to watch exercises.", BANS)


@pytest.mark.parametrize(
    ("sentence", "span", "frame"),
    [
        (
            "The envoy apologized.",
            "She demanded that the envoy apologize for the raid.",
            "demanded that the envoy apologize",
        ),
        (
            "Denmark sold the islands in 1867.",
            "Denmark offered to sell the islands in 1867, but the Senate waited.",
            "offered to sell",
        ),
        (
            "Sweden joined the league.",
            "Sweden preferred to stay outside rather than join the league.",
            "rather than join",
        ),
        (
            "The secretary lost the province.",
            "A senator singled the secretary out for “losing” the province.",
            "singled the secretary out for “losing",
        ),
        (
            "The general annexed the island.",
            "The general suggested the annexation of the island.",
            "suggested the annexation",
        ),
        (
            "The company paid full compensation.",
            "The company offered full compensation, which the owners thought too little.",
            "offered full compensation",
        ),
        (
            "The king issued an apology.",
            "The king refused to issue a formal apology.",
            "refused to issue",
        ),
    ],
)
def test_what_is_demanded_offered_or_preferred_not_to_is_not_done(
    sentence: str, span: str, frame: str
) -> None:
    assert undone(sentence, span) == f"The passage does not tell it as done: “{frame}”."


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        (
            "Denmark sold the islands in 1917.",
            "Denmark offered to sell the islands in 1867 and sold them in 1917.",
        ),
        ("Denmark offered to sell the islands.", "Denmark offered to sell the islands in 1867."),
        ("Denmark proposed a sale.", "Denmark offered to sell the islands in 1867."),
        ("The envoy presented a plan.", "The envoy proposed a plan for the canal."),
    ],
)
def test_what_is_told_as_done_or_said_to_be_offered_is_not_refused(
    sentence: str, span: str
) -> None:
    assert not undone(sentence, span)


def test_a_plan_that_was_carried_out_is_no_longer_to_come() -> None:
    span = "After this plan to invade the island, the fleet attacked the island on May 3."
    assert not unfulfilled("The fleet attacked the island on May 3.", span)
    assert unfulfilled("The fleet invaded the island.", "A plan to invade the island was drawn up.")


def test_who_agreed_to_do_it_is_said_to_with_words_between() -> None:
    span = "In May, both governments signed an agreement to intervene in the islands."
    assert not unfulfilled("Both governments agreed in May to intervene in the islands.", span)


def test_a_verb_agrees_with_its_noun_over_an_aside() -> None:
    span = "The Northern Guard (gendarmerie) oversees the border and patrols smaller towns."
    told = "The passage says Northern Guard here, the sentence Northern Police."
    police = "The Northern Police patrols smaller towns."
    assert done_by_another(police, span, f"Northern Police\n{span}") == told
    assert not done_by_another("The Northern Guard patrols smaller towns.", span, span)


def test_who_ran_for_an_office_did_not_hold_it() -> None:
    span = "He ran as the candidate for Governor of Ohio, but was then appointed Secretary of War."
    assert undone("He became Governor of Ohio.", span)
    assert not undone("He became Secretary of War.", span)
    won = "He ran for Governor of Ohio and became Governor in 1912."
    assert not undone("He became Governor of Ohio.", won)


def test_what_was_done_in_vain_limits_its_own_clause() -> None:
    span = "Stims ran unsuccessfully for Governor of Ohio, but was then appointed Secretary of War."
    assert in_vain("Stims was Governor of Ohio.", span) == "ran unsuccessfully"
    assert not in_vain("Stims was appointed Secretary of War.", span)
    assert not denied("Stims failed to become Governor of Ohio.", span)


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("The issues were indeed to be resolved.", "The issues were to be resolved."),
        (
            "It sailed in an effort to open the region.",
            "It sailed in an attempt to open the region.",
        ),
        ("They got the old ships.", "They got the obsolete ships, which would be used as targets."),
    ],
)
def test_what_the_sentence_leaves_open_itself_is_not_refused(sentence: str, span: str) -> None:
    assert not unfulfilled(sentence, span)


def test_what_never_came_to_pass_was_not_done() -> None:
    span = "A mass move of settlers to the island never materialized. The president favoured it."
    assert never_came("The president recruited settlers to the island.", span)
    assert not never_came("The president did not recruit settlers to the island.", span)
    sent = f"{span} The president recruited settlers to the coast."
    assert not never_came("The president recruited settlers to the coast.", sent)
