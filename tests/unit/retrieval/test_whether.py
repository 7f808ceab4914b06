"""Whether it is so of another, why it was not, and one more to choose among."""

import pytest

from assistant.retrieval.conversation import followed
from assistant.retrieval.elliptic import filled_in
from assistant.types import Role, Turn

BAN = "Who signed the Limited Test Ban Treaty?"


@pytest.mark.parametrize(
    ("before", "question", "full"),
    [
        (BAN, "Did France?", "Was France among those who signed the Limited Test Ban Treaty?"),
        (
            BAN,
            "And did China too?",
            "Was China among those who signed the Limited Test Ban Treaty?",
        ),
        ("Who was present at Yalta?", "Was France?", "Was France present at Yalta?"),
        ("When did Finland join NATO?", "Did Sweden?", "Did Sweden join NATO?"),
        (
            "When did the United States recognize Latvia?",
            "Did Britain?",
            "Did Britain recognize Latvia?",
        ),
        (
            "Which of those who founded SEATO left?",
            "What about France?",
            "Was France among those who founded SEATO and left?",
        ),
        (BAN, "What about France?", BAN.replace("Who", "Was France among those who")),
        (
            "What does the Strategic Concept say about Russia?",
            "And China?",
            "What does the Strategic Concept say about China?",
        ),
        (
            "La France a-t-elle bénéficié du plan Marshall ?",
            "Et l'Espagne ?",
            "L'Espagne a-t-elle bénéficié du plan Marshall ?",
        ),
        (
            "Was the Treaty of Ghent ratified by the Senate?",
            "Did Britain?",
            "Was the Treaty of Ghent ratified by Britain?",
        ),
        ("Did Mali sign the charter?", "Did Chad?", "Did Chad sign the charter?"),
        (
            "Was Japan among those who signed the Kellogg-Briand Pact?",
            "What about the Soviet Union?",
            "Was the Soviet Union among those who signed the Kellogg-Briand Pact?",
        ),
        ("Did Eisenhower apologize?", "Why not?", "Why did Eisenhower not apologize?"),
        ("Was SALT II ratified?", "why not?", "Why was SALT II not ratified?"),
        ("Did the Senate ratify SALT II?", "Why not?", "Why did the Senate not ratify SALT II?"),
        ("Where is the fleet?", "Why not?", None),
        (
            "Which of Mali and Niger spends more on defence?",
            "What about Chad?",
            "Which of Mali, Niger and Chad spends more on defence?",
        ),
        ("Which of Mali and Niger left?", "And Chad?", "Was Chad among those who left?"),
        (
            "What did the British call their operation? — the Berlin airlift",
            "And the Americans?",
            "What did the Americans call their operation? — the Berlin airlift",
        ),
    ],
)
def test_of_another(before: str, question: str, full: str | None) -> None:
    assert filled_in(question, before) == (full or question)


def _read(*said: str) -> str:
    roles = (Role.USER, Role.ASSISTANT)
    turns = [Turn(roles[i % 2], text) for i, text in enumerate(said[:-1])]
    return followed(turns).reading(said[-1])


def test_one_more_is_what_is_spoken_of_then() -> None:
    before = ("How large is the army of Mali?", "Small.", "And Niger?", "Small.")
    more = (*before, "Which of the two is larger?", "Mali.", "What about Chad?", "Chad.")

    assert _read(*more[:-1]) == "Which of Mali, Niger and Chad is larger?"
    assert _read(*more, "Is service there compulsory?") == "Is service in Chad compulsory?"


def test_the_sides_of_a_comparison_are_chosen_among() -> None:
    before = ("Compare the armies of Rwanda and Kenya", "Both are small.")

    assert (
        _read(*before, "Which is larger?") == "Which of the armies of Rwanda and Kenya is larger?"
    )


def test_somebody_by_what_he_was_is_him() -> None:
    before = ("Tell me about the U-2 incident", "A spyplane was shot down in Soviet airspace.")
    who = (*before, "Who was the pilot?", "The pilot was shot down in Soviet airspace.")

    assert _read(*who[:-1]) == "Who was the pilot of the U-2 incident?"
    assert "the pilot of the U-2 incident" in _read(*who, "What happened to him afterwards?")


def test_what_happened_and_who_was_left_out_is_of_what_was_spoken_of() -> None:
    before = ("What was the ANZUS Treaty?", "A treaty of 1951.")

    assert _read(*before, "Why was Britain left out?") == (
        "Why was Britain left out of the ANZUS Treaty?"
    )
    assert _read(*before, "And what happened in 1984?") == (
        "What happened to the ANZUS Treaty in 1984?"
    )
    assert _read("What was the Suez Crisis?", "A crisis.", "What happened next?") == (
        "What happened in the Suez Crisis next?"
    )


def test_french_prepositions_are_joined() -> None:
    before = ("Quels pays ont des bases à Djibouti ?", "Plusieurs.")
    its = (*before, "Et quelle est la taille de son armée ?", "Petite.")

    assert _read(*its[:-1]) == "Quelle est la taille de l’armée de Djibouti ?"
    assert _read(*its, "et en Érythrée ?") == "Quelle est la taille de l’armée en Érythrée ?"
    assert _read("Quelle est la superficie du Tchad ?", "-", "Et la Mauritanie ?") == (
        "Quelle est la superficie de la Mauritanie ?"
    )
    assert _read("Quelle est la superficie du Tchad ?", "-", "La même question pour le Mali.") == (
        "Quelle est la superficie du Mali ?"
    )


def test_the_same_is_asked_of_another() -> None:
    before = ("What is the military expenditure of Kenya?", "1.1 %.")

    for asked in ("Same question for Uganda.", "and the same for Uganda?"):
        assert _read(*before, asked) == "What is the military expenditure of Uganda?"


def test_why_and_when_are_asked_of_the_last_question() -> None:
    before = ("What was the Cuban missile crisis?", "-", "Were the missiles removed?", "Yes.")

    assert _read(*before, "When?") == "When were the missiles removed? — the Cuban missile crisis"


def test_they_are_those_who_did_where_nobody_is_named() -> None:
    said = ("Who founded SEATO?", "It raised the standards of the Southeast Asian States.")
    found = (*said, "Why did they found it?", "-")

    assert _read(*found[:-1]) == "Why did those who founded SEATO found SEATO?"
    assert _read(*found, "Which of them left?") == "Which of those who founded SEATO left?"


def test_what_ends_is_what_happened_and_not_who_acted_in_it() -> None:
    said = ("What was the Berlin blockade?", "-", "What did Clay propose?", "-")

    assert _read(*said, "When did it end?") == "When did the Berlin blockade end?"


def test_a_thing_with_its_kind_before_it_in_french() -> None:
    said = ("Qu'est-ce que le plan Marshall ?", "Une aide.")

    assert _read(*said, "Qui l'a proposé ?") == "Qui a proposé le plan Marshall ?"


def test_what_one_is_included_in_is_what_was_spoken_of() -> None:
    said = ("What was the Truman Doctrine?", "A promise.", "Was Turkey included?", "Yes.")

    assert _read(*said[:-1]) == "Was Turkey included in the Truman Doctrine?"
    assert _read(*said, "And Greece?") == "Was Greece included in the Truman Doctrine?"


def test_a_country_that_something_is_in_has_its_article_in_french() -> None:
    said = ("Quelle est la capitale du Sénégal ?", "Dakar.", "et en Gambie ?", "Banjul.")

    assert _read(*said, "Quelle est la date de son indépendance ?") == (
        "Quelle est la date de l’indépendance de la Gambie ?"
    )
