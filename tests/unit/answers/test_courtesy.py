"""Words that ask the library nothing."""

import pytest

from assistant.answers.courtesy import asked, heard, reply
from assistant.types import Role, Turn


@pytest.mark.parametrize(
    "said",
    [
        "Hello!",
        "hi there",
        "Good morning, Attaché.",
        "Who are you?",
        "What can you do?",
        "help",
        "Are you ChatGPT?",
        "are you a language model",
        "Who made you?",
    ],
)
def test_a_greeting_is_told_what_can_be_asked(said: str) -> None:
    assert "Ask a question about what your documents treat of." in reply(said)


@pytest.mark.parametrize("said", ["Bonjour", "Qui êtes-vous ?", "comment ça marche ?"])
def test_a_greeting_in_french_is_answered_in_french(said: str) -> None:
    assert "Posez une question" in reply(said)


@pytest.mark.parametrize(
    "said",
    [
        "How many documents do you have?",
        "What is in this library?",
        "Which documents are in your library?",
        "What languages do your documents have?",
        "Combien de documents avez-vous ?",
    ],
)
def test_what_the_library_holds_is_told_by_its_list(said: str) -> None:
    assert "`attache documents list`" in reply(said)


@pytest.mark.parametrize(
    "said",
    [
        "Thanks a lot!",
        "thank you",
        "ok",
        "Goodbye",
        "thanks, that's all",
        "Great, that is all I needed to know. Have a nice day!",
        "No, that helps, bye",
        "no more questions",
    ],
)
def test_thanks_are_returned(said: str) -> None:
    assert reply(said).startswith("You are welcome")


def test_thanks_in_french_are_returned_in_french() -> None:
    assert reply("Merci, c'est tout pour aujourd'hui.").startswith("Je vous en prie")


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("Merci. Et le JATEC, où se trouve-t-il ?", "Et le JATEC, où se trouve-t-il ?"),
        ("Hello, what is a STANAG?", "what is a STANAG?"),
        ("Ok, thanks! And Sweden?", "And Sweden?"),
        ("In 2003, who broke silence?", "In 2003, who broke silence?"),
        ("Today, who leads SHAPE?", "Today, who leads SHAPE?"),
    ],
)
def test_what_is_asked_stands_behind_the_courtesies(said: str, question: str) -> None:
    assert asked(said) == question


@pytest.mark.parametrize(
    "question",
    [
        "Hello, what is a STANAG?",
        "Who are you sending to Vilnius?",
        "What can attachés do?",
        "How does this work under the SOFA?",
        "help for Ukraine",
        "Are you allowed to expel an attaché?",
        "How many documents did they sign?",
        "What is in the treaty?",
        "Who made you-know-what policy?",
        "Thanks to whom did Finland join?",
        "SOFA",
        "?",
        "no",
        "That is all the treaty says?",
        "and thanks to whom?",
    ],
)
def test_a_question_is_a_question(question: str) -> None:
    assert reply(question) == ""


def test_a_conversation_is_followed_without_courtesies_and_what_was_not_answered() -> None:
    nothing = "Not answered."
    said = [
        Turn(Role.USER, "Who leads SHAPE?"),
        Turn(Role.ASSISTANT, "SACEUR leads SHAPE."),
        Turn(Role.USER, "thanks"),
        Turn(Role.ASSISTANT, "You are welcome."),
        Turn(Role.USER, "What is the capital of France?"),
        Turn(Role.ASSISTANT, "Not answered. Nearest to it: “Tariffs”."),
    ]
    assert heard(said, nothing) == (said[0], said[1], said[4])
