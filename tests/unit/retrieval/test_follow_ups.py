"""What a follow-up leaves to what was said: an item, a pair, a time, what somebody reacted to."""

import pytest

from assistant.answers.courtesy import heard
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.items import items_of
from assistant.retrieval.topic import understood
from assistant.types import Role, Turn

LISTED = "The talks led to the Test Ban Treaty, the Seabed Treaty and the Antarctic Treaty. [1]"
TREATIES = ("Which treaties did the talks lead to?", LISTED)
BULLETS = """The schools are:

- The NATO School in Oberammergau trains officers. [1]
- The NATO Defense College in Rome educates leaders. [2]"""
SUEZ = ("What was the Suez Crisis?", "Britain, France and Israel attacked Egypt in 1956. [1]")
MALTA = (
    "When did Malta join the European Union?",
    "On 1 May 2004. [1]",
    "And Cyprus?",
    "The same. [1]",
)
ATTACHES = ("How do defence attachés differ from military advisers?", "By their immunity. [1]")
CONVENTION = ("What does the Vienna Convention say about couriers?", "They are protected. [1]")
NORTH = ("Who leads Joint Force Command Norfolk?", "The United Kingdom leads it. [1]")
EXERCISE = (
    "Tell me about Exercise Aurora 2017.",
    "19,000 soldiers took part, with 81 aircraft. [1]",
)
MISSION = ("What is NATO Mission Iraq?", "A mission that advises. [1]")


def reading(encoder: TokenLocalEncoder, *said: str) -> str:
    """The last of what is said, asked and answered by turns, as it reads by itself."""
    *before, question = said
    turns = [Turn(Role.ASSISTANT if i % 2 else Role.USER, text) for i, text in enumerate(before)]
    return understood(question, heard(turns, "Not answered."), encoder).text


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((*TREATIES, "What does the second one ban?"), "What does the Seabed Treaty ban?"),
        ((*TREATIES, "the last?"), "Tell me about the Antarctic Treaty."),
        (
            (*TREATIES, "When was the first one signed?", "In 1963. [1]", "And the third?"),
            "When was the Antarctic Treaty signed?",
        ),
        (
            (*TREATIES, "Who signed the first one?", "Kennedy. [1]", "Did the Senate approve it?"),
            "Did the Senate approve the Test Ban Treaty?",
        ),
        (
            ("Which schools has NATO?", BULLETS, "How old is the second one?"),
            "How old is the NATO Defense College in Rome?",
        ),
    ],
)
def test_an_item_of_what_was_listed_is_meant_by_its_number(
    encoder: TokenLocalEncoder, said: tuple[str, ...], expected: str
) -> None:
    assert reading(encoder, *said) == expected


def test_lines_that_name_nothing_are_no_items() -> None:
    told = (
        "- Additionally, it was agreed that the talks would go on for as long as anybody liked.\n"
    )
    assert items_of(told * 2, "Which treaties were signed?", ("the Seabed Treaty",)) == (
        "the Seabed Treaty",
    )


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which of them is larger?", "Which of Malta and Cyprus is larger?"),
        ("Which one has an army?", "Which of Malta and Cyprus has an army?"),
        ("What is the difference?", "What is the difference between Malta and Cyprus?"),
        ("How large is the former?", "How large is Malta?"),
    ],
)
def test_two_that_were_asked_of_alike_are_chosen_among(
    encoder: TokenLocalEncoder, question: str, expected: str
) -> None:
    assert reading(encoder, *MALTA, question) == expected


def test_two_that_are_compared_are_the_former_and_the_latter(encoder: TokenLocalEncoder) -> None:
    latter = "Can the latter be prosecuted?"
    assert reading(encoder, *ATTACHES, latter) == "Can military advisers be prosecuted?"
    asked = reading(encoder, *ATTACHES, latter, "Yes. [1]", "And the former?")
    assert asked == "Can defence attachés be prosecuted?"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            (*SUEZ, "Who was the Egyptian president then?"),
            "Who was the Egyptian president at the time of the Suez Crisis?",
        ),
        (
            (*SUEZ, "How did the United States react?"),
            "How did the United States react to the Suez Crisis?",
        ),
        (
            (*SUEZ, "How did the United States react?", "It did. [1]", "What about Canada?"),
            "How did Canada react to the Suez Crisis?",
        ),
        (
            (*SUEZ, "How did the Soviet Union react?", "It did. [1]", "What about Canada?"),
            "How did Canada react to the Suez Crisis?",
        ),
        ((*SUEZ, "When was that?"), "When was the Suez Crisis?"),
        (
            (*EXERCISE, "Which nations took part?"),
            "Which nations took part in Exercise Aurora 2017?",
        ),
        (
            (*EXERCISE, "How many aircraft were there?"),
            "How many aircraft were there in Exercise Aurora 2017?",
        ),
        ((*MISSION, "How many staff?"), "How many staff does NATO Mission Iraq have?"),
        (
            ("Who founded the Munich Conference?", "Kleist. [1]", "When?"),
            "When was the Munich Conference founded?",
        ),
    ],
)
def test_what_a_question_leaves_out_at_its_end_is_what_was_spoken_of(
    encoder: TokenLocalEncoder, said: tuple[str, ...], expected: str
) -> None:
    assert reading(encoder, *said) == expected


@pytest.mark.parametrize(
    "question",
    [
        "What did France do then?",
        "Who agreed to the ceasefire?",
        "How did Israel react to the offer?",
    ],
)
def test_what_says_it_itself_has_nothing_put_behind_it(
    encoder: TokenLocalEncoder, question: str
) -> None:
    assert reading(encoder, *SUEZ, question).startswith(question)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((*NORTH, "No, I meant Brunssum."), "Who leads Joint Force Command Brunssum?"),
        ((*NORTH, "Naples?"), "Who leads Joint Force Command Naples?"),
        (
            (*NORTH, "Sorry, I mean Allied Air Command.", "A general. [1]", "Where is it?"),
            "Where is Allied Air Command?",
        ),
        ((*NORTH, "Examples?"), "Examples? — Joint Force Command Norfolk"),
    ],
)
def test_a_correction_and_a_name_alone_ask_the_same_of_another(
    encoder: TokenLocalEncoder, said: tuple[str, ...], expected: str
) -> None:
    assert reading(encoder, *said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            (
                "What was the war between Iran and Iraq?",
                "It began in 1980. [1]",
                "When did it end?",
            ),
            "When did the war between Iran and Iraq end?",
        ),
        (
            (
                "Qu'est-ce que la crise des missiles de Cuba ?",
                "Une crise de 1962. [1]",
                "Qui était le président américain à l'époque ?",
            ),
            "Qui était le président américain à l’époque de la crise des missiles de Cuba ?",
        ),
    ],
)
def test_what_happened_somewhere_is_meant_and_not_the_place(
    encoder: TokenLocalEncoder, said: tuple[str, ...], expected: str
) -> None:
    assert reading(encoder, *said) == expected


def test_they_are_whom_a_treaty_speaks_of_and_not_the_treaty(encoder: TokenLocalEncoder) -> None:
    assert reading(encoder, *CONVENTION, "can they be arrested") == "Can couriers be arrested"
    said = ("What do the Geneva Conventions say about captives?", "Much. [1]", "Must they work?")
    assert reading(encoder, *said) == "Must captives work?"


def test_where_a_host_is_is_not_whom_an_answer_names(encoder: TokenLocalEncoder) -> None:
    said = ("Who organises the Dialogue?", "It is a conference in Singapore. [1]", "Do they meet?")
    assert "Singapore" not in reading(encoder, *said)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            ("Qu'est-ce qu'un attaché ?", "Un officier. [1]", "Peut-il être expulsé ?"),
            "L’attaché peut-il être expulsé ?",
        ),
        (
            ("Qu'est-ce qu'un attaché ?", "Un officier. [1]", "Que fait-il ?"),
            "Que fait l’attaché ?",
        ),
        (
            (
                "Quand la France a-t-elle reconnu le Kosovo ?",
                "En 2008. [1]",
                "Quand les relations ont-elles été établies ?",
            ),
            "Quand les relations ont-elles été établies ? — le Kosovo",
        ),
    ],
)
def test_a_french_question_has_its_verb_where_it_belongs(
    encoder: TokenLocalEncoder, said: tuple[str, ...], expected: str
) -> None:
    assert reading(encoder, *said) == expected
