import pytest

from assistant.answers.question import Expected, read_form, stems


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When was the treaty signed?", Expected.TIME),
        ("In what year did Spain join?", Expected.TIME),
        ("How many battlegroups are there?", Expected.QUANTITY),
        ("Who chairs the council?", Expected.NAME),
        ("Why is the corridor closed?", Expected.ANYTHING),
        ("Quand le traité a-t-il été signé ?", Expected.TIME),
        ("Combien de bataillons ?", Expected.QUANTITY),
    ],
)
def test_a_question_says_what_kind_of_thing_it_asks_for(question: str, expected: Expected) -> None:
    assert read_form(question).expected is expected


@pytest.mark.parametrize(
    ("question", "asks_list"),
    [
        ("Which challenges does the office face?", True),
        ("What are the main goals of the plan?", True),
        ("What is the capital of France?", False),
        ("What does Article 5 say?", False),
    ],
)
def test_a_list_is_told_from_a_single_fact(question: str, asks_list: bool) -> None:
    assert read_form(question).asks_list is asks_list


@pytest.mark.parametrize(
    ("question", "asks_definition"),
    [
        ("What is a STANAG?", True),
        ("What does SOFA stand for?", True),
        ("What is the capital of France?", False),
        ("What are the goals of the alliance?", False),
    ],
)
def test_a_definition_is_told_from_a_fact(question: str, asks_definition: bool) -> None:
    assert read_form(question).asks_definition is asks_definition


def test_spelling_variants_and_accents_are_one_word() -> None:
    assert stems("defence attachés") == stems("Defense attaches")


def test_names_and_numbers_are_what_an_answer_cannot_do_without() -> None:
    form = read_form("What does STANAG 2067 regulate?")
    assert {"stanag", "2067"} <= form.specific


def test_a_date_meets_a_question_after_a_time_and_a_name_does_not() -> None:
    form = read_form("When was the mission launched?")
    assert form.met_by("The mission began on 1 January 2015.")
    assert not form.met_by("The mission was commanded from Kabul.")
