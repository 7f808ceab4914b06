import pytest

from assistant.answers.draft import PartFound
from assistant.answers.extractive import ExtractiveAnswerer
from assistant.answers.reading import Reader
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.standalone import resolve
from assistant.types import Role, Turn
from tests.unit.shelf import Shelf

SECTIONS = (
    (
        "What liaison missions are",
        "A liaison mission is a small permanent team that one headquarters keeps at another. "
        "It passes requests both ways and explains each side's habits to the other.",
    ),
    (
        "Obstacles that liaison missions meet",
        "Liaison missions meet several obstacles in their daily work. One obstacle is language, "
        "since few officers speak the language of their hosts well. "
        "Classes are offered, but attendance is voluntary.\n\n"
        "Another obstacle is the short tour of duty. Most officers leave after two years.\n\n"
        "Lastly, budgets for travel have been cut, which keeps teams at their desks.",
    ),
    (
        "History",
        "The first mission of this kind opened at Lisbon in March 1953 with four officers. "
        "This was noticed at once. A second one followed in Athens.",
    ),
    (
        "Costs",
        "Host nations pay for offices and guards. Sending nations pay salaries and 12 million "
        "euros a year for housing.",
    ),
)


@pytest.fixture(scope="module")
def shelf(encoder: TokenLocalEncoder) -> Shelf:
    return Shelf("Liaison missions", SECTIONS, encoder)


def test_every_sentence_of_an_answer_stands_verbatim_in_the_text(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    draft = shelf.draft("What obstacles do liaison missions meet?", encoder)
    assert draft.quotations
    for quotation in draft.quotations:
        sentence = draft.text[quotation.start : quotation.end]
        assert shelf.text[quotation.quote_start : quotation.quote_end] == sentence


def test_a_question_after_a_list_gets_all_of_its_items(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    text = shelf.draft("What obstacles do liaison missions meet?", encoder).text
    assert "One obstacle is language" in text
    assert "Another obstacle is the short tour of duty." in text
    assert "Lastly, budgets for travel have been cut" in text
    assert all(line.startswith("- ") for line in text.splitlines())


def test_a_list_is_found_by_another_word_for_what_it_lists(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    lines = shelf.draft("What challenges do liaison missions meet?", encoder).text.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("- ") for line in lines)


def test_a_follow_up_after_a_list_gets_all_of_its_items(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    first = "What is a liaison mission?"
    said = shelf.draft(first, encoder).text
    history = (Turn(Role.USER, first), Turn(Role.ASSISTANT, said))
    follow_up = resolve("What are their obstacles?", history)
    answerer = ExtractiveAnswerer(Reader(encoder), shelf.neighbours)
    lines = answerer.draft(follow_up, shelf.passages(follow_up)).text.splitlines()
    assert [line[:5] for line in lines] == ["- One", "- Ano", "- Las"]


def test_where_is_answered_with_the_place_alone(shelf: Shelf, encoder: TokenLocalEncoder) -> None:
    draft = shelf.draft("Where did the first liaison mission open?", encoder)
    assert len(draft.quotations) == 1
    assert "at Lisbon" in draft.text


def test_a_definition_opens_with_the_thing_and_not_with_a_kind_of_it(
    encoder: TokenLocalEncoder,
) -> None:
    text = (
        "A port of call agreement is a paper that names the berths. "
        "Technical seamanship covers engines and hulls. "
        "Procedural seamanship covers watches and signals. "
        "Seamanship is the skill of handling a ship in any weather. "
        "Human seamanship covers language and rest."
    )
    shelf = Shelf("Seamanship in fleets", (("Kinds", text),), encoder)
    for question in ("Define seamanship", "What is seamanship?"):
        assert shelf.draft(question, encoder).text.startswith("Seamanship is the skill")


def test_a_question_after_a_date_is_answered_with_one(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    draft = shelf.draft("When did the first liaison mission open at Lisbon?", encoder)
    assert "March 1953" in draft.text


def test_a_sentence_that_leans_on_its_neighbour_never_stands_alone(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    text = shelf.draft("What was noticed about the first mission at Lisbon?", encoder).text
    assert "This was noticed" not in text or "opened at Lisbon" in text.split("This was")[0]


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?",
        "What is the best temperature for baking sourdough bread at home?",
        "When was the liaison mission at Oslo opened?",
        "Who commands the mission in Athens?",
    ],
)
def test_what_the_library_does_not_say_is_not_answered(
    shelf: Shelf, encoder: TokenLocalEncoder, question: str
) -> None:
    draft = shelf.draft(question, encoder)
    assert draft.abstained
    assert not draft.quotations
    assert "“Liaison missions”" in draft.text


def test_a_definition_opens_with_what_the_thing_is(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    text = shelf.draft("What is a liaison mission?", encoder).text
    assert text.startswith("A liaison mission is a small permanent team")


def test_a_follow_up_is_not_answered_with_what_was_said(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    first = "What obstacles do liaison missions meet?"
    said = shelf.draft(first, encoder).text
    history = (Turn(Role.USER, first), Turn(Role.ASSISTANT, said))
    follow_up = resolve("and why is that?", history)
    answerer = ExtractiveAnswerer(Reader(encoder), shelf.neighbours)
    draft = answerer.draft(follow_up, shelf.passages(follow_up))
    assert draft.quotations
    assert not any(draft.text[q.start : q.end] in said for q in draft.quotations)


def test_an_empty_library_says_that_it_is_empty(encoder: TokenLocalEncoder) -> None:
    draft = ExtractiveAnswerer(Reader(encoder), lambda _stored, _reach: ()).draft(
        resolve("Why?", ()), ()
    )
    assert draft.abstained
    assert "Add documents" in draft.text


def test_a_part_that_another_parts_sentence_answers_is_not_said_to_be_missing(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    asked = resolve("When did the first liaison mission open at Lisbon?", ())
    other = resolve("How many officers opened the first mission at Lisbon?", ())
    foreign = resolve("What is the capital of Mongolia?", ())
    answerer = ExtractiveAnswerer(Reader(encoder), shelf.neighbours)
    found = shelf.passages(asked)
    parts = (PartFound(asked, tuple(found)), PartFound(other, ()), PartFound(foreign, ()))
    draft = answerer.draft(asked, found, parts)
    assert draft.missing == ("The library does not answer “What is the capital of Mongolia?”.",)


def test_a_comparison_tells_of_each_side_and_which_one_the_library_does_not_know(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    whole = resolve("What is the difference between a liaison mission and a glacier?", ())
    mission, glacier = resolve("What is a liaison mission?", ()), resolve("What is a glacier?", ())
    parts = (
        PartFound(whole, tuple(shelf.passages(whole))),
        PartFound(mission, tuple(shelf.passages(mission)), "a liaison mission"),
        PartFound(glacier, tuple(shelf.passages(glacier)), "a glacier"),
    )
    answerer = ExtractiveAnswerer(Reader(encoder), shelf.neighbours)
    draft = answerer.draft(whole, parts[0].passages, parts)
    assert "A liaison mission is a small permanent team" in draft.text
    assert draft.outcome == "partly_answered"
    assert draft.missing == ("The library does not answer “What is a glacier?”.",)


def test_a_comparison_whose_sentences_speak_of_both_sides_is_answered_by_them_alone(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    whole = resolve("What do host nations and sending nations pay for?", ())
    passages = tuple(shelf.passages(whole))
    history = resolve("When did the first liaison mission open at Lisbon?", ())
    parts = (
        PartFound(whole, passages),
        PartFound(history, tuple(shelf.passages(history)), "host nations"),
        PartFound(history, tuple(shelf.passages(history)), "sending nations"),
    )
    answerer = ExtractiveAnswerer(Reader(encoder), shelf.neighbours)
    draft = answerer.draft(whole, passages, parts)
    assert draft.text == answerer.draft(whole, passages).text
    assert not draft.missing


def test_what_only_names_both_sides_is_passed_over_for_what_each_is(
    encoder: TokenLocalEncoder,
) -> None:
    gull = "The Gull Plan was a plan of Lund to lend boats to Skagen."
    tern = "The Tern Plan was a plan of Ribe to buy the debts of Skagen."
    said = f"{gull} {tern} The Gull Plan and the Tern Plan were read in every harbour."
    shelf = Shelf("Plans", (("Plans", said),), encoder)
    whole = resolve("In which harbour were the Gull Plan and the Tern Plan read?", ())
    sides = [(resolve(f"What was the {side}?", ()), side) for side in ("Gull Plan", "Tern Plan")]
    parts = (
        PartFound(whole, tuple(shelf.passages(whole))),
        *(PartFound(one, tuple(shelf.passages(one)), side) for one, side in sides),
    )
    answerer = ExtractiveAnswerer(Reader(encoder), shelf.neighbours)
    draft = answerer.draft(whole, parts[0].passages, parts)
    assert gull in draft.text
    assert tern in draft.text


def test_a_comparison_opens_with_the_sentence_that_says_what_the_one_and_the_other_are(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    told = (
        "A host nation is one that receives a mission, and a sending nation is one that staffs it."
    )
    roles = Shelf("Roles", (("Nations", told),), encoder)
    whole = resolve("What do host nations and sending nations pay for?", ())
    passages = tuple(shelf.passages(whole))
    sides = (
        (resolve("What is a host nation?", ()), "host nations"),
        (resolve("What is a sending nation?", ()), "sending nations"),
    )
    parts = (
        PartFound(whole, passages),
        *(PartFound(one, tuple(roles.passages(one)), side) for one, side in sides),
    )
    answerer = ExtractiveAnswerer(Reader(encoder), shelf.neighbours)
    text = answerer.draft(whole, passages, parts).text
    assert text.startswith(told)
    assert "Host nations pay for offices" in text


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "Where was Iron Heron held?",
            "Held in Latvia, Iron Heron cost more than planned, and the fuel that six nations had "
            "promised came late.",
        ),
        (
            "What is meant by Mutual Fleet Reliance?",
            "Mutual Fleet Reliance came up in 1987, when navies began to share docks and stores.",
        ),
    ],
)
def test_where_it_is_and_what_it_means_may_be_said_of_a_name_in_passing(
    encoder: TokenLocalEncoder, question: str, answer: str
) -> None:
    sections = (("2019", f"Snow delayed much. {answer} It took years."), ("2020", "Nothing."))
    assert answer in Shelf("Yearbook", sections, encoder).draft(question, encoder).text
