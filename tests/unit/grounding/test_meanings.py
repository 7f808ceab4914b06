"""Which words are taken for each other, and which for opposites."""

import pytest

from assistant.grounding.alignment import align
from assistant.grounding.meanings import mean_the_same, opposite
from assistant.grounding.terms import key_of


@pytest.mark.parametrize(
    ("one", "other"),
    [("start", "begin"), ("purchased", "buys"), ("countries", "nation"), ("large", "big")],
)
def test_words_of_one_meaning_are_taken_for_each_other(one: str, other: str) -> None:
    assert mean_the_same(key_of(one), key_of(other))
    assert not opposite(key_of(one), key_of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("buy", "sold"), ("victory", "defeats"), ("successful", "unsuccessful"), ("before", "after")],
)
def test_opposites_are_told_from_each_other(one: str, other: str) -> None:
    assert opposite(key_of(one), key_of(other))
    assert not mean_the_same(key_of(one), key_of(other))


def test_who_employs_is_no_opposite_of_to_employ() -> None:
    assert not opposite(key_of("employ"), key_of("employees"))


def test_a_word_of_the_same_meaning_keeps_the_order_of_the_rest() -> None:
    found = align("Portugal began the mission in 1993.", "Portugal started the mission in 1993.")
    assert found.same == 1
    assert not found.exchanges


def test_what_is_put_in_left_out_and_turned_is_told_from_what_both_have() -> None:
    span = "The ambassador of the host nation thanks the attaché for the brief report."
    said = "It is untrue that the attaché thanks the busy ambassador for the report."
    found = align(said, span)
    assert "untrue" in [one.text for one in found.before]
    assert "brief" in [one.text for one in found.left_out]
    assert found.turned
    assert not align(span, span).turned
