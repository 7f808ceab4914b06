"""The next article, the second of a name or a list, and the text that a part belongs to."""

from assistant.retrieval.conversation import followed
from assistant.retrieval.series import beside_meant
from assistant.types import Role, Turn

ARTICLE = "What does article 5 of the North Atlantic Treaty say?"
FUNCTIONS = (
    "- representing the sending State in the receiving State; [1]\n"
    "- protecting in the receiving State the interests of the sending State, within the limits "
    "permitted by international law; [2]\n"
    "- negotiating with the Government of the receiving State. [3]"
)


def _read(*said: str) -> str:
    roles = (Role.USER, Role.ASSISTANT)
    turns = [Turn(roles[i % 2], text) for i, text in enumerate(said[:-1])]
    return followed(turns).reading(said[-1])


def test_the_next_article() -> None:
    for asked, number in {
        "and the one after that?": 6,
        "And the next one?": 6,
        "What does the previous article say?": 4,
        "the one before?": 4,
    }.items():
        read = _read(ARTICLE, "An attack on one …", asked)
        assert read == f"What does article {number} of the North Atlantic Treaty say?"


def test_what_is_next_of_nothing_counted_stays() -> None:
    assert "the next one" in _read("What is an exercise?", "A drill.", "And the next one?")


def test_an_article_of_another_text_is_another_question() -> None:
    read = _read(ARTICLE, "An attack on one …", "And article 22 of the Vienna Convention?")
    assert read == "What does article 22 of the Vienna Convention say?"


def test_signed_is_the_whole() -> None:
    said = (ARTICLE, "An attack on one …")

    assert _read(*said, "When was it signed?") == "When was the North Atlantic Treaty signed?"
    assert _read(*said, "What does it require?") == (
        "What does article 5 of the North Atlantic Treaty require?"
    )


def test_the_second_of_a_name() -> None:
    said = ("What was SALT I?", "Talks.", "And the second one?", "More talks.")

    assert _read(*said[:-1]) == "Tell me about SALT II."
    assert _read(*said, "Was it ratified?") == "Was SALT II ratified?"


def test_items_that_are_clauses() -> None:
    said = ("What are the functions of a diplomatic mission?", FUNCTIONS)
    second = (*said, "Explain the second one.", "It protects.")

    assert _read(*second[:-1]) == (
        "Explain protecting in the receiving State the interests of the sending State."
    )
    third = "Explain negotiating with the Government of the receiving State."
    assert _read(*second, "And the third?") == third
    assert _read(*second, "Can the mission's premises be searched?") == (
        "Can the diplomatic mission's premises be searched?"
    )


def test_articles_in_french() -> None:
    said = ("Que dit l'article 5 du Traité de l'Atlantique Nord ?", "Une attaque …")

    assert _read(*said, "Et l'article suivant ?") == (
        "Que dit l'article 6 du Traité de l'Atlantique Nord ?"
    )
    assert _read(*said, "Quand a-t-il été signé ?") == (
        "Quand le Traité de l'Atlantique Nord a-t-il été signé ?"
    )
    assert _read(*said, "Qui l'a signé ?") == "Qui a signé le Traité de l'Atlantique Nord ?"


def test_letters_that_are_no_number_have_no_next() -> None:
    assert beside_meant("And the next one?", "Who signed it?", "the Pact IIX", ()) == ""
    assert beside_meant("And the next one?", "Who signed it?", "the Pact IX", ()) == "the Pact X"
