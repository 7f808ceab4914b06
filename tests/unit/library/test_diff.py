"""Differences tile both texts, say what changed, and take no quadratic time."""

import random
import time

import pytest

from assistant.library.diff import differences
from assistant.types import Change


def rebuilt(old: str, new: str, changes: list[Change]) -> str:
    """The later text, put together from the earlier one and the changes."""
    at, beside, parts = 0, 0, []
    for change in changes:
        assert (change.from_start, change.to_start) == (at, beside)
        at, beside = change.from_end, change.to_end
        kept = change.kind == "equal"
        parts.append(old[change.from_start : at] if kept else new[change.to_start : beside])
    assert (at, beside) == (len(old), len(new))
    return "".join(parts)


def told(old: str, new: str) -> list[tuple[str, str, str]]:
    return [
        (one.kind, old[one.from_start : one.from_end], new[one.to_start : one.to_end])
        for one in differences(old, new)
        if one.kind != "equal"
    ]


def test_a_word_is_told_whole() -> None:
    old = "The 4,000 officers of the co-operation programme met at l’Alliance in Paris."
    new = "The 4,500 officers of the co-ordination programme met at d’Alliance in Paris."
    assert told(old, new) == [
        ("replace", "4,000", "4,500"),
        ("replace", "co-operation", "co-ordination"),
        ("replace", "l’Alliance", "d’Alliance"),
    ]


def test_words_are_told_inside_a_sentence_that_stays() -> None:
    old = "The treaty was signed in Paris in 1949. It holds."
    new = "The treaty was signed in London in 1949. It holds. Others joined."
    assert told(old, new) == [
        ("replace", "Paris", "London"),
        ("insert", "", " Others joined."),
    ]


def test_a_sentence_with_little_in_common_is_replaced_whole() -> None:
    old = "One.\nAttachés represent the forces of a state.\nLast."
    new = "One.\nBudgets are voted by parliaments each spring.\nLast."
    (change,) = told(old, new)
    assert change[0] == "replace"
    assert change[1].startswith("Attachés represent")
    assert change[2].startswith("Budgets are voted")


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [("", "", []), ("", "New.", ["insert"]), ("Old.", "", ["delete"]), ("Same.", "Same.", [])],
)
def test_empty_texts_differ_in_one_change(old: str, new: str, kinds: list[str]) -> None:
    assert [kind for kind, *_ in told(old, new)] == kinds


def test_the_changes_lead_from_any_text_to_any_other() -> None:
    chance = random.Random(7)
    for _ in range(500):
        old, new = ("".join(chance.choices("ab .\n", k=chance.randrange(50))) for _ in range(2))
        assert rebuilt(old, new, differences(old, new)) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b. " * 200_000, "b a. " * 200_000),
        ("a\n" * 500_000, "b\n" + "a\n" * 480_000),
        ("word " * 200_000, "other " * 170_000),
    ],
)
def test_a_million_characters_that_repeat_take_seconds(old: str, new: str) -> None:
    began = time.process_time()
    assert rebuilt(old, new, differences(old, new)) == new
    assert time.process_time() - began < 5


def test_a_moved_paragraph_leaves_the_others_equal() -> None:
    paragraphs = [f"Paragraph {number} speaks of matter {number}.\n\n" for number in range(200)]
    moved = [*paragraphs[1:150], paragraphs[0], *paragraphs[150:]]
    old, new = "".join(paragraphs), "".join(moved)
    assert [kind for kind, *_ in told(old, new)] == ["delete", "insert"]
