"""Who asks where is told a place, or that none is known."""

from assistant.answers.forms import read_form
from assistant.answers.remarks import missing_of
from assistant.answers.selection import select
from assistant.phrases import phrase
from tests.unit.answers.test_standing import passage

ASKED = "Where is the Gull League's headquarters?"
LIKELY = ("The Gull League is the chain of headquarters of the northern harbours.", 0.6)
BEHIND = ("Ministers meet twice a year at Gull League Headquarters in Ternport.", 0.05)
ELSEWHERE = ("The Gull League has friends in Ternport who like its headquarters.", 0.05)


def test_the_place_right_behind_what_is_looked_for_is_the_answer() -> None:
    pool = passage("a", 0.5, LIKELY, BEHIND)
    assert select(read_form(ASKED), pool, sure=True) == pool[1:]


def test_a_place_of_something_else_in_a_sentence_is_no_such_answer() -> None:
    pool = passage("a", 0.5, LIKELY, ELSEWHERE)
    assert select(read_form(ASKED), pool, sure=True)[0] == pool[0]


def test_nothing_is_said_where_no_sentence_has_a_place() -> None:
    assert select(read_form(ASKED), passage("a", 0.5, LIKELY), sure=True) == []


def test_an_answer_without_the_place_says_so() -> None:
    form, pool = read_form(ASKED), passage("a", 0.5, LIKELY, BEHIND)
    assert missing_of(form, pool[:1], ASKED) == (phrase("place-open"),)
    assert missing_of(form, pool, ASKED) == ()


def test_a_treaty_may_have_been_signed_where_it_is_named_after() -> None:
    form = read_form("Where was the Treaty of Ternport signed?")
    assert form.places("It was signed in Ternport by three captains.")
    assert read_form("Where is the college?").places("The college stands at The Hook.")
    assert not form.places("The Treaty of Ternport was signed late.")
    assert not read_form("Where in Ternport is the college?").places("It is in Ternport.")


def test_the_fact_of_a_part_or_a_namesake_is_not_that_of_the_whole() -> None:
    pool = passage("a", 0.5, ("Ternport was the capital of Free Gullland in 1940.", 0.6))
    assert select(read_form("What was the capital of Gullland?"), pool, sure=True) == []
    assert select(read_form("What was the capital of Free Gullland?"), pool, sure=True) == pool


def test_a_fact_of_one_is_not_told_by_what_has_no_word_for_it() -> None:
    aside = ("The coast guard is paid by Gullland and sails from the harbours of Velm.", 0.6)
    assert (
        select(read_form("What is the capital of Gullland?"), passage("a", 0.5, aside), sure=True)
        == []
    )
