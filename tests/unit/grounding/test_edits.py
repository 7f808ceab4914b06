"""What is told where a sentence is its span but for a word or two, and who does what to whom."""

import pytest

from assistant.grounding.faults import doubt, fault

ROOM = "In 1994 the liaison office moved from Lisbon to a large building near the port of Porto."


@pytest.mark.parametrize(
    ("sentence", "span", "wrong"),
    [
        (ROOM.replace("building", "garden"), ROOM, "says “building”, the sentence “garden”"),
        (ROOM.replace("near", "beyond"), ROOM, "the sentence “beyond”"),
        (ROOM.replace("large building", "large secret building"), ROOM, "says “secret”"),
        (ROOM.replace("moved", "against"), ROOM, "says “moved”, the sentence “against”"),
        ("The staff built two long roads.", "The staff built two long walls.", "“walls”"),
        (
            "Le bureau de liaison a été créé sans l'accord du ministre de la défense.",
            "Le bureau de liaison a été créé avec l'accord du ministre de la défense.",
            "“sans”",
        ),
    ],
)
def test_one_word_more_or_another_in_its_place_is_told(
    sentence: str, span: str, wrong: str
) -> None:
    assert wrong in doubt(sentence, span, span)


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        (ROOM.replace("building", "structure"), ROOM),
        (ROOM.replace("In 1994", "During 1994"), ROOM),
        (ROOM.replace("near the port", "close to the port"), ROOM),
        ("It opened following the war.", "It opened after the war."),
        ("The talks came to an end in Porto.", "The talks ended in Porto."),
        ("It was signed with Kabul in May.", "It was signed between NATO and Kabul in May."),
        ("The office was also founded in Lisbon.", "The office was established in Lisbon."),
        ("Some 12 per cent of members left.", "Some 12% of members left."),
        (
            "Le bureau a été fondé à Bruxelles après la guerre.",
            "Le bureau a été créé à Bruxelles après la guerre.",
        ),
    ],
)
def test_another_word_for_the_same_is_not_told(sentence: str, span: str) -> None:
    assert doubt(sentence, span, span) == ""


@pytest.mark.parametrize(
    ("sentence", "span", "wrong"),
    [
        (
            "The ambassador advises the attaché.",
            "The attaché advises the ambassador.",
            "behind “advises”",
        ),
        (
            "The attaché is trained by the ambassador.",
            "The attaché trains the ambassador.",
            "behind “trained”",
        ),
        (
            "L'attaché conseille le ministre.",
            "Le ministre conseille l'attaché.",
            "behind “conseille”",
        ),
        ("They ruled from 1989 to 1961.", "They ruled from 1961 to 1989.", "from 1961"),
        ("It went from war to peace.", "It went from peace to war.", "from peace"),
        ("The group fought for the king.", "The group fought against the king.", "against"),
    ],
)
def test_who_does_what_to_whom_and_from_where_to_where_is_told(
    sentence: str, span: str, wrong: str
) -> None:
    assert wrong in fault(sentence, span, span)


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("The ambassador is trained by the attaché.", "The attaché trains the ambassador."),
        ("The ambassador met the attaché.", "The attaché met the ambassador."),
        ("In May the staff left the port.", "The staff left the port in May."),
        ("The Versailles Treaty ended it.", "The Treaty of Versailles ended it."),
        ("The Defence Minister left Lisbon.", "The Defense Minister left Lisbon."),
        ("Le ministre est conseillé par l'attaché.", "L'attaché conseille le ministre."),
    ],
)
def test_the_same_deed_told_in_another_order_is_not(sentence: str, span: str) -> None:
    assert fault(sentence, span, span) == ""


def test_a_people_stands_for_its_country() -> None:
    span = "In 1823 American diplomats wrote the doctrine."
    assert (
        fault("The doctrine of America is of 1823.", span, f"Of America and Europe\n{span}") == ""
    )
    told = fault("The doctrine of Europe is of 1823.", span, f"Of America and Europe\n{span}")
    assert "does not name Europe" in told
