"""What something is, and why it came about, is told by the opening of the document about it."""

from dataclasses import replace

import pytest

from assistant.answers.forms import read_form
from assistant.answers.openings import as_what_it_was, gone_on, opening_of
from assistant.models.encoder import TokenLocalEncoder
from assistant.types import Metadata
from tests.unit.answers.test_standing import passage
from tests.unit.shelf import Shelf

BEFORE = "In May 1911 ships of Lund closed every harbour of Skagen to its trade."
ANSWER = "The League responded by ferrying grain and oil to Skagen from the harbours of Ribe."
LATER = (
    "Fearing that the Skagen ferry would end, three hundred people of Skagen met in the square. "
    "The Skagen ferry made Skagen a symbol of freedom. Songs of 1920 praise the Skagen ferry. "
    "The Skagen ferry strained the treasury of the League."
)
PLAN = (
    "Fearing a famine after the bad winter of 1910, the warden of Lund asked for a programme to "
    "plant the coast again."
)
EFFECTS = (
    "The Tern Plan brought many new farms to the coast. The Tern Plan also made help for farmers a "
    "part of the policy of Lund. The Tern Plan was created by nine farmers."
)


@pytest.fixture(scope="module")
def ferry(encoder: TokenLocalEncoder) -> Shelf:
    sections = [("Opening", f"{BEFORE} {ANSWER}"), ("Effects", LATER)]
    return Shelf("The Skagen Ferry, 1911–1912", sections, encoder)


@pytest.fixture(scope="module")
def plan(encoder: TokenLocalEncoder) -> Shelf:
    return Shelf("Tern Plan, 1911", [("Opening", PLAN), ("Effects", EFFECTS)], encoder)


def test_what_something_was_is_told_where_the_document_about_it_opens(
    ferry: Shelf, encoder: TokenLocalEncoder
) -> None:
    told = ferry.draft("What was the Skagen ferry?", encoder)
    assert told.text == f"{BEFORE} [1] {ANSWER} [2]"


def test_what_happened_in_an_event_is_what_that_was(encoder: TokenLocalEncoder) -> None:
    sections = [("Opening", f"{BEFORE} {ANSWER}"), ("Effects", LATER.replace("ferry", "crisis"))]
    shelf = Shelf("The Skagen Crisis, 1911–1912", sections, encoder)
    told = shelf.draft("What happened in the Skagen crisis?", encoder)
    assert told.text == f"{BEFORE} [1] {ANSWER} [2]"


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("What happened at the Ribe conference?", "What was the Ribe conference?"),
        ("What exactly took place during the Gull war of 1911?", "What was the Gull war of 1911?"),
        ("Que s’est-il passé lors de la crise de Ribe ?", "Qu’est-ce que la crise de Ribe ?"),
        # A town is no event, and what happened in one of its years is not what it was.
        ("What happened in Ribe?", "What happened in Ribe?"),
        ("What happened in Ribe in 1911?", "What happened in Ribe in 1911?"),
    ],
)
def test_only_of_an_event_it_is_asked_so(question: str, read: str) -> None:
    assert as_what_it_was(question) == read


def test_what_says_outright_what_it_was_comes_before_any_opening(
    encoder: TokenLocalEncoder,
) -> None:
    outright = "The Skagen Ferry was an answer of the League to the blockade of Skagen."
    sections = [("Opening", f"{BEFORE} {ANSWER}"), ("Effects", f"{LATER} {outright}")]
    shelf = Shelf("The Skagen Ferry, 1911–1912", sections, encoder)
    assert shelf.draft("What was the Skagen Ferry?", encoder).text.startswith(outright)


def test_why_something_came_about_is_told_by_its_opening_and_why_it_ended_is_not(
    plan: Shelf, encoder: TokenLocalEncoder
) -> None:
    assert PLAN in plan.draft("Why was the Tern Plan created?", encoder).text
    assert PLAN not in plan.draft("Why did the Tern Plan fail?", encoder).text


def test_the_purpose_of_a_thing_comes_before_what_else_is_said_of_it(
    encoder: TokenLocalEncoder,
) -> None:
    purpose = "The purpose of the Tern Plan was to feed the towns of the coast."
    sections = [("The coast", f"Ribe grew in 1911. {purpose}"), ("Effects", EFFECTS)]
    shelf = Shelf("The coast of Lund", sections, encoder)
    assert shelf.draft("Why was the Tern Plan created?", encoder).text == f"{purpose} [1]"


def test_a_title_that_names_more_than_what_is_asked_opens_on_something_else(
    encoder: TokenLocalEncoder,
) -> None:
    sections = [("Opening", f"{BEFORE} {ANSWER}"), ("Effects", LATER)]
    shelf = Shelf("Harbours, mills and the Skagen Ferry", sections, encoder)
    told = shelf.draft("What was the Skagen ferry?", encoder)
    assert BEFORE not in told.text


def test_an_opening_tells_what_a_thing_was_and_not_when() -> None:
    (one,) = passage("a", 0.5, (ANSWER, 0.3))
    stored = replace(one.source.stored, metadata=Metadata("The Skagen Ferry, 1911–1912"))
    pool = [replace(one, source=replace(one.source, stored=stored))]
    assert opening_of(read_form("What was the Skagen Ferry?"), [], pool) == pool
    assert opening_of(read_form("When was the Skagen Ferry founded?"), [], pool) == []


def test_what_is_better_known_by_its_name_is_what_it_is(encoder: TokenLocalEncoder) -> None:
    named = "Lund passed the Coastal Recovery Act, better known as the Tern Plan."
    shelf = Shelf("Laws of Lund", [("Laws", f"{EFFECTS} {named}")], encoder)
    assert shelf.draft("What was the Tern Plan?", encoder).text.startswith(named)


def test_a_short_opening_goes_on_with_what_stands_behind_it(encoder: TokenLocalEncoder) -> None:
    followed = "From 1909 to 1913 the wardens of Lund followed a policy known as grain diplomacy."
    what = "They lent grain to poor harbours so that the fleets of Lund were welcome there."
    shelf = Shelf("Grain Diplomacy, 1909–1913", [("Opening", f"{followed} {what}")], encoder)
    told = shelf.draft("What was grain diplomacy?", encoder)
    assert told.text == f"{followed} [1] {what} [2]"


@pytest.mark.parametrize(
    ("opening", "goes_on"),
    [(ANSWER, True), ("The Skagen Ferry was an answer of the League to Skagen.", False)],
)
def test_what_says_outright_what_a_thing_was_is_enough(opening: str, goes_on: bool) -> None:
    pool = []
    for one in passage("a", 0.5, (opening, 0.5), ("Ribe gave the boats.", 0.5)):
        stored = replace(one.source.stored, metadata=Metadata("The Skagen Ferry, 1911–1912"))
        pool.append(replace(one, source=replace(one.source, stored=stored)))
    told = gone_on(read_form("What was the Skagen Ferry?"), pool[:1], pool)
    assert told == (pool if goes_on else pool[:1])


def test_a_title_may_say_behind_the_name_whom_a_thing_was_for(encoder: TokenLocalEncoder) -> None:
    opening = "In March 1911 the pilot Ana Bull went to Skagen on the Bull Mission with an offer."
    later = "On 6 March the Bull Mission crossed the strait of Skagen. It had three boats."
    sections = [("Opening", opening), ("Crossing", later)]
    shelf = Shelf("The Bull Mission to Skagen, 1911", sections, encoder)
    assert shelf.draft("What was the Bull Mission?", encoder).text.startswith(opening)


def test_what_stands_below_its_name_says_what_it_was() -> None:
    first = ("In 1911 nine wardens were asked to settle the tolls of the harbours.", 0.2)
    then = ("The Tern Plan also called for a bank of harbours.", 0.5)
    pool = []
    for one in passage("a", 0.5, first, then):
        stored = one.source.stored
        chunk = replace(stored.chunk, headings=("Harbours of Lund", "The Tern Plan"))
        stored = replace(stored, chunk=chunk)
        pool.append(replace(one, source=replace(one.source, stored=stored)))
    form = read_form("What was the Tern Plan?")
    assert opening_of(form, pool[1:], pool) == pool
    assert opening_of(read_form("What was the Gull Plan?"), pool[1:], pool) == []
