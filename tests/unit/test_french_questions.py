"""The French questions that are measured, and the table that is made of them."""

from collections import Counter

from assistant.retrieval.translation import is_french
from benchmarks.domain import read_questions
from benchmarks.french import Translated, read_translations, table
from benchmarks.french_refusal import FOREIGN, threshold


def test_every_french_question_is_made_of_an_english_one_and_each_once() -> None:
    english = {one.question_id for one in read_questions() if one.language == "en"}
    made_of = Counter(one.question for one in read_translations())
    assert set(made_of) <= english
    assert set(made_of.values()) == {1}


def test_the_product_knows_every_one_of_them_for_french() -> None:
    assert [one.text for one in read_translations() if not is_french(one.text)] == []


def test_the_questions_of_another_world_are_french_too() -> None:
    foreign = FOREIGN.read_text("utf-8").splitlines()
    assert len(set(foreign)) == len(foreign) > 40
    assert [one for one in foreign if not is_french(one)] == []


def test_the_threshold_lets_few_through_and_parts_the_most() -> None:
    assert threshold([0.9, 0.8, 0.5], [0.6, 0.3, 0.2]) == 0.61
    assert threshold([0.9, 0.8, 0.5], [0.3, 0.2, 0.2]) == 0.31


def test_questions_the_list_of_words_was_written_with_are_shown_apart() -> None:
    asked = (
        Translated(question="a", text="Qui ?", translated="before"),
        Translated(question="b", text="Quand ?", translated="after"),
        Translated(question="c", text="Où ?", translated="after"),
    )
    hits = {"a": (True, True, True), "b": (True, False, True), "c": (True, False, False)}
    assert list(table(asked, hits))[2:] == [
        "| before the list was frozen | 1 | 1.000 | 1.000 | 1.000 |",
        "| after the list was frozen | 2 | 1.000 | 0.000 | 0.500 |",
    ]
