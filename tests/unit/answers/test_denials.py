"""Who is not is told by what denies just that, and what ought to be by what says so."""

from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

NOT_HANSE = "Ribe and Holm are members of the Amber League and are not members of the Hanse."
NOT_LEAGUE = "Lund and Velm are members of the Hanse and are not members of the Amber League."
JOINED = "- 1402: Lund\n\n- 1415: Velm\n\n- 1420: Esbjerg"


def shelf(encoder: TokenLocalEncoder) -> Shelf:
    sections = [
        ("Members", f"{NOT_HANSE} {NOT_LEAGUE}"),
        ("Members that joined the Hanse by the Amber League", JOINED),
    ]
    return Shelf("The Hanse and the Amber League", sections, encoder)


def test_who_is_not_of_one_is_not_answered_by_who_is_not_of_the_other(
    encoder: TokenLocalEncoder,
) -> None:
    told = shelf(encoder)
    asked = "Which members of the Amber League are not in the Hanse?"
    assert told.draft(asked, encoder).text == f"{NOT_HANSE} [1]"
    asked = "Which Hanse members are not members of the Amber League?"
    assert told.draft(asked, encoder).text == f"{NOT_LEAGUE} [1]"


def test_a_list_of_those_who_joined_does_not_tell_who_did_not(encoder: TokenLocalEncoder) -> None:
    asked = "Which members did not join the Hanse by the Amber League?"
    told = shelf(encoder).draft(asked, encoder).text
    assert "1415" not in told


def test_whether_somebody_should_is_answered_by_what_says_so_alone(
    encoder: TokenLocalEncoder,
) -> None:
    facts = "Ribe left the Hanse once, in 1470. Ribe became the third member of the Hanse in 1462."
    asked = "Should Ribe leave the Hanse?"
    assert Shelf("Ribe", [("Ribe and the Hanse", facts)], encoder).draft(asked, encoder).abstained
    advice = "The mayor of Ribe argued that Ribe should leave the Hanse before the winter."
    told = Shelf("Ribe", [("Ribe and the Hanse", f"{facts} {advice}")], encoder)
    assert told.draft(asked, encoder).text.startswith(advice)
