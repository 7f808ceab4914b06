"""What somebody did, who did it and when is told by what speaks of that deed, in its own clause."""

import pytest

from assistant.answers.act_asked import read_act, read_deed
from assistant.answers.dated import dates_the_act
from assistant.answers.eligible import eligible
from assistant.answers.enough import needed
from assistant.answers.forms import read_form
from assistant.answers.offices import office_held
from assistant.answers.remarks import names_too_little
from assistant.answers.selection import select
from tests.unit.answers.test_standing import passage

DEMANDED = ("Brandt sent a note to the Velm council, demanding that it open the harbour.", 0.5)
SAILED = ("Brandt returned to Velm in the spring with a larger squadron.", 0.6)


def test_what_he_did_otherwise_does_not_tell_what_he_demanded() -> None:
    asked = read_form("What did Brandt demand of Velm?")
    pool = passage("a", 0.8, DEMANDED, SAILED)
    assert [one.text for one in select(asked, pool, sure=True)] == [DEMANDED[0]]


def test_what_nobody_tells_in_that_word_is_told_in_others() -> None:
    asked = read_form("What did Brandt demand of Velm?")
    pool = passage("a", 0.8, SAILED)
    assert select(asked, pool, sure=True) == pool


def test_what_he_did_in_a_year_is_told_where_that_year_stands() -> None:
    asked = read_form("What did Brandt demand of Velm in 1897?")
    assert select(asked, passage("a", 0.8, SAILED), sure=True) == []


@pytest.mark.parametrize(
    "question",
    ["What did Brandt do in Velm?", "What did Brandt say about Velm?", "What does Velm need?"],
)
def test_some_verbs_say_little_of_how_it_is_told(question: str) -> None:
    assert read_deed(question) is None


def test_what_is_said_in_so_many_words_is_answered_whatever_the_chance() -> None:
    question = "What did Brandt demand of Velm in 1897?"
    asked = read_form(question)
    told = passage("a", 0.3, ("In 1897 Brandt wrote to Velm, demanding an open harbour.", 0.3))
    assert needed(asked, question, told, in_words=False) == 0
    other = passage("a", 0.3, ("In 1897 Velm wrote to Brandt, demanding an open harbour.", 0.3))
    assert needed(asked, question, other, in_words=False) > 0


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("Who was Norwegian Foreign Secretary during the Gull crisis?", {"foreign", "secretari"}),
        ("Who was the first U.S. Ambassador to Norway?", set()),
        ("Who was the minister of foreign affairs of France in 1904?", {"foreign", "minist"}),
        ("Who was General Marshall?", set()),
        ("Who was its first minister in Lebanon?", set()),
        ("Who was their Foreign Minister?", {"foreign", "minist"}),
        ("Who was the harbour master of Velm?", set()),
    ],
)
def test_an_office_of_several_words_is_read_without_whose_it_was(
    question: str, office: set[str]
) -> None:
    assert office_held(question) == office


def test_another_secretary_was_not_foreign_secretary() -> None:
    asked = read_form("Who was Norwegian Foreign Secretary during the Gull crisis?")
    other = ("The Secretary’s success in the Gull crisis rested on the Norwegian President.", 0.7)
    assert eligible(asked, passage("a", 0.7, other), sure=True) == []
    told = passage("a", 0.7, ("In the Gull crisis Norwegian Foreign Secretary Ole Rey rose.", 0.7))
    assert eligible(asked, told, sure=True) == told


def test_the_time_of_another_clause_is_that_of_something_else() -> None:
    asked = read_form("When was Skagen bought?")
    mocked = "Many mocked the purchase of Skagen, but fell silent when gold was found in 1896."
    bought = "In 1867, the League doubled in size with the purchase of Skagen."
    one, other = passage("a", 0.7, (mocked, 0.6), (bought, 0.4))
    assert not dates_the_act(asked, one)
    assert dates_the_act(asked, other)
    assert [o.text for o in select(asked, [one, other], sure=True)] == [bought]


def test_what_one_travelled_to_do_was_done() -> None:
    act = read_act("When did Brandt sign the Gull Treaty?")
    assert act is not None
    assert act.told_by("In 1993 Brandt travelled to Velm to sign it.", "", "", leans=False)
    assert not act.told_by("In 1993 Brandt was asked to sign it.", "", "", leans=False)


def test_who_did_it_to_one_thing_did_it_not_to_another() -> None:
    act = read_act("Who controls the harbour of Velm?")
    assert act is not None
    assert act.told_by("The League is in control of the quays there.", "", "", leans=False)
    assert act.told_by("Skagen operates the harbour.", "", "", leans=False)
    assert not act.told_by("Skagen operates a wireless station.", "", "", leans=False)


def test_an_argument_that_nobody_is_named_for_was_argued_by_nobody() -> None:
    act = read_act("Who argued for the pilots of Velm?")
    assert act is not None
    assert not act.told_by(
        "Rejecting the argument that they were cargo, the judge Ole Rey ruled.", "", "", leans=False
    )
    assert act.told_by("The argument for them was made by Ada Holm.", "", "", leans=False)
    assert act.told_by("On Monday Ada Holm made known the argument.", "", "", leans=False)


def test_who_is_told_by_nothing_that_is_far_less_likely_than_the_rest() -> None:
    asked = read_form("Who offered Velm money for the Isthmus of Gull?")
    best = ("The Isthmus of Gull near Velm has been for sale for years.", 0.8)
    other = ("Secretary Rey offered a plan for loans.", 0.02)
    assert select(asked, passage("a", 0.8, best, other), sure=True) == []


@pytest.mark.parametrize(
    ("question", "one"),
    [
        ("Which post did Holm hold under Brandt?", True),
        ("Under which law was the harbour sold?", True),
        ("Which treaties did Holm sign?", False),
        ("What role did Holm play?", False),
        ("What is the harbour of Velm?", False),
    ],
)
def test_one_thing_of_a_kind_is_told_in_one_sentence(question: str, one: bool) -> None:
    assert read_form(question).asks_one is one


def test_what_something_was_for_is_its_purpose() -> None:
    assert read_form("What was Holm’s voyage for?").asks_purpose


def test_a_weight_is_a_quantity() -> None:
    asked = read_form("Weight of the first Velm buoy?")
    assert asked.asks_something
    assert asked.met_by("At 184 pounds the buoy was heavy.")


def test_which_of_a_kind_is_told_by_what_names_that_kind() -> None:
    asked = read_form("Which treaty did Holm negotiate with Velm?")
    task = ("Holm’s major task was to negotiate longstanding disputes with Velm.", 0.6)
    named = ("Holm achieved the landmark Gull Treaty of 1842.", 0.3)
    assert "treati" in asked.kind
    mere = ("This treaty was a model for others.", 0.3)
    (best, *_) = select(asked, passage("a", 0.7, task, mere), sure=True)
    assert best.text == task[0]
    assert named[0] in [o.text for o in select(asked, passage("a", 0.7, task, named), sure=True)]


def test_who_has_to_do_something_is_told_by_what_it_is() -> None:
    asked = read_form("Who is responsible for the security of the harbour?")
    assert asked.met_by("The competent authorities shall ensure the security of the harbour.")
    assert not asked.met_by("The competent people ensured the security of the harbour.")


def test_a_question_most_of_whose_names_stand_nowhere_is_of_something_else() -> None:
    question = "What did Holm say to Rey about Skagen in Velm?"
    office = passage("a", 0.6, ("Holm served as Secretary of State from 1980 to 1981.", 0.6))
    assert names_too_little(read_form(question), office, question)
    near = passage("a", 0.6, ("Holm spoke with Rey about Skagen in Gullport.", 0.6))
    assert not names_too_little(read_form(question), near, question)
