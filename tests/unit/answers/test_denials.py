"""Who is not is told by what denies just that, and what ought to be by what says so."""

from assistant.answers.denials import affirms
from assistant.answers.forms import read_form
from assistant.models.encoder import TokenLocalEncoder
from tests.unit.answers.test_standing import passage
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


def test_what_denies_one_thing_may_deny_another_beside_it() -> None:
    form = read_form("Which members of the Amber League are not in the Hanse?")
    both = "Ribe has never left the Amber League and is not in the Hanse."
    other = "Lund, a member of the Hanse, is not a member of the Amber League."
    (one, another) = passage("a", 0.5, (both, 0.5), (other, 0.5))
    assert not affirms(form, one)
    assert affirms(form, another)


def test_whether_it_was_so_is_told_by_the_sentence_that_says_it_whole_or_denies_it(
    encoder: TokenLocalEncoder,
) -> None:
    never = "Ribe and Velm never established trade relations."
    beside = (
        "Ribe named a trade envoy to Velm in 1462, whose relations with the guilds were bad.",
        "No treaty between Ribe and Velm on trade relations was signed before 1470.",
    )
    told = Shelf("Ribe", [("Ribe and Velm", f"{beside[0]} {never} {beside[1]}")], encoder)
    asked = "Did Ribe and Velm ever establish trade relations?"
    assert told.draft(asked, encoder).text == f"{never} [1]"
