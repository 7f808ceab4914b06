"""Who did something, or when, is told by what speaks of it as done."""

import pytest

from assistant.answers.act_asked import read_act
from assistant.answers.forms import read_form
from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

LINT = "The Lint Mission kept pilots of Norway and Finland from 1911 to 1919."
LED = "The commander of the Lint Mission was Captain Jon Skua."


@pytest.mark.parametrize(
    ("question", "told", "beside"),
    [
        ("Who commanded the Lint Mission?", LED, LINT),
        ("Qui a fondé le club de Skagen ?", "Ida Auk established the club.", "Skagen has a club."),
        (
            "Who sponsored the Tern Fair?",
            "The towns of Ribe and Lund co-sponsored the Tern Fair.",
            "At the close of the Tern Fair those who were there signed a letter.",
        ),
        (
            "Who sank the Tern off Skagen?",
            "The Tern was sunk by the Gull.",
            "The Tern was sunk off Skagen in May.",
        ),
        (
            "When did Ribe join the Hanse?",
            "Ribe became a member of the Hanse in 1462.",
            "Ribe and the Hanse opened a joint school in 1463.",
        ),
        (
            "When did Ribe join the Hanse?",
            "Ribe joined the Hanse in 1462.",
            "The Hanse invited Ribe to join it in 1461, so that Ribe would become a member.",
        ),
        (
            "When did Ribe join the Hanse?",
            "It joined the Hanse in 1462.",
            "Aalborg joined the Hanse in 1462.",
        ),
        (
            "When did Ida Auk become President?",
            "Auk was elected President in 1911.",
            "Ida Auk was appointed envoy by President Jon Skua in 1911.",
        ),
        (
            "When did Ida Auk become President?",
            "In 1911 Ida Auk became President of the guild.",
            "Ida Auk chaired the talks leading to the pact of 1911.",
        ),
        (
            "When did Ribe leave the Hanse?",
            "Ribe withdrew from the Hanse in 1470.",
            "Ribe took part in the fair of the Hanse in 1463.",
        ),
        (
            "When did Ida Auk win the Tern Prize?",
            "Auk died in 1919 after receiving the Tern Prize in 1913.",
            "Auk praised the Tern Prize in 1913.",
        ),
        (
            "When was the Ribe Pact signed?",
            "The envoys put their signatures to the Ribe Pact on 3 May 1911.",
            "The Ribe Pact was ratified in 1912.",
        ),
        (
            "When were the Skagen Accords ratified?",
            "Ratification of the Skagen Accords followed in 1912.",
            "The Skagen Accords were signed in 1911.",
        ),
        ("When was Ida Auk born?", "Born in 1871, Auk went to sea.", "Auk became envoy in 1911."),
    ],
)
def test_what_speaks_of_the_act_tells_it_and_what_does_not_tells_nothing(
    question: str, told: str, beside: str
) -> None:
    act = read_act(question)
    assert act is not None
    assert act.told_by(told, "", "", leans=told.startswith("It"))
    assert not act.told_by(beside, "", "", leans=False)


@pytest.mark.parametrize(
    "question",
    [
        "Who is the keeper of Skagen?",
        "Why did Ribe join?",
        "When did the Skagen Fair take place?",
        "Quand la foire de Skagen a-t-elle eu lieu ?",
    ],
)
def test_no_act_is_read_where_none_is_asked_of_somebody(question: str) -> None:
    assert read_act(question) is None


def test_who_did_is_not_answered_without_what_was_done(encoder: TokenLocalEncoder) -> None:
    asked = "Who commanded the Lint Mission?"
    both = Shelf("Missions", [("The Lint Mission", f"{LINT} {LED}")], encoder)
    assert both.draft(asked, encoder).text == f"{LED} [1]"
    assert Shelf("Missions", [("The Lint Mission", LINT)], encoder).draft(asked, encoder).abstained


def test_when_somebody_did_what_she_never_did_is_not_answered(encoder: TokenLocalEncoder) -> None:
    text = (
        "Ribe and the Hanse signed a charter of friendship in Lund on 9 July 1463. Aalborg joined "
        "the Hanse in 1462. The Hanse and Ribe met in the Ribe Council in 1470."
    )
    shelf = Shelf("The Hanse", [("Ribe and the Hanse", text)], encoder)
    assert shelf.draft("When did Ribe join the Hanse?", encoder).abstained
    told = shelf.draft("When did Aalborg join the Hanse?", encoder).text
    assert told.startswith("Aalborg joined the Hanse in 1462.")


def test_who_became_something_may_have_been_made_it() -> None:
    assert read_act("Who became the first warden of the League?") is None


def test_who_did_what_of_each_on_a_list_is_told_beside_other_things() -> None:
    assert read_form("Name the three fleets of the League and who stood behind each.").act is None
    assert read_form("Who led the fleets of the League?").act is not None


def test_when_somebody_did_what_is_denied_is_answered_by_the_denial(
    encoder: TokenLocalEncoder,
) -> None:
    text = (
        "The merchants of Lund wished for trade with the Hanse in 1461. Ribe never joined the "
        "Hanse. Aalborg, which the council admired, traded with the Hanse, which Lund did not join."
    )
    shelf = Shelf("The Hanse", [("Towns and the Hanse", text)], encoder)
    told = shelf.draft("When did Ribe join the Hanse?", encoder)
    assert (told.text, told.missing) == ("Ribe never joined the Hanse. [1]", ())
    assert shelf.draft("When did Aalborg join the Hanse?", encoder).abstained


def test_a_word_in_a_name_tells_no_act() -> None:
    act = read_act("When did Ribe join the Hanse?")
    assert act is not None
    assert not act.told_by("Since 1462 Ribe has feared the United Cities.", "", "", leans=False)
    assert act.told_by("Admitted in 1462, Ribe gave the Hanse ships.", "", "", leans=False)


def test_when_is_not_told_where_one_of_the_names_is_not_about(encoder: TokenLocalEncoder) -> None:
    of_ribe = "Ribe joined with Lund in a war in 1461. It had two mills and a harbour."
    of_hanse = "Lund joined the Hanse, which Aalborg had founded, in 1470."
    shelf = Shelf("Towns", [("Ribe", of_ribe), ("Lund", of_hanse)], encoder)
    assert shelf.draft("When did Ribe join the Hanse?", encoder).abstained


def test_a_document_of_two_towns_does_not_say_which_of_them_did_it() -> None:
    act = read_act("When did Ribe join the Hanse?")
    assert act is not None
    said = "The council praised Lund for joining the Hanse in 1462."
    assert not act.told_by(said, "The war of Ribe and Lund", "", leans=False)
    assert act.told_by("The town joined the Hanse in 1462.", "Ribe", "", leans=False)


def test_what_had_not_come_to_be_the_act_tells_no_date_of_it(encoder: TokenLocalEncoder) -> None:
    told = "Ribe recognized the Hanse on 9 July 1463, when both sent envoys."
    text = (
        "Although Ribe did not stop the Hanse from coming in 1461, that had not constituted "
        f"recognition of the Hanse. {told}"
    )
    shelf = Shelf("The Hanse", [("Ribe and the Hanse", text)], encoder)
    assert shelf.draft("When did Ribe recognize the Hanse?", encoder).text == f"{told} [1]"


def test_what_led_to_something_was_led_by_nobody() -> None:
    act = read_act("Who commanded the Lint Mission?")
    assert act is not None
    assert not act.told_by("The war led to the Lint Mission of Captain Skua.", "", "", leans=False)
    assert act.told_by("Captain Skua led the Lint Mission.", "", "", leans=False)


def test_another_of_the_same_office_did_what_is_asked_of_one() -> None:
    act = read_act("When did Keeper of the Harbour Ida Auk close the port?")
    assert act is not None
    said = "On 4 May 1912 Keeper of the Harbour Jon Skua closed the port."
    assert not act.told_by(said, "", "", leans=False)
    assert act.told_by("Auk closed the port on 4 May 1912.", "", "", leans=False)


def test_what_says_just_that_comes_before_what_speaks_of_it(encoder: TokenLocalEncoder) -> None:
    text = (
        "Ribe established relations with Lund on 27 May 1919, when Keeper Jon Skua recognized Ane "
        "Holm as envoy of Lund. Ribe recognized Lund on 7 May 1919, in a letter."
    )
    shelf = Shelf("Ribe and Lund", [("Recognition of Lund by Ribe", text)], encoder)
    told = shelf.draft("When did Ribe recognize Lund?", encoder).text
    assert told == "Ribe recognized Lund on 7 May 1919, in a letter. [1]"


def test_an_act_that_is_not_listed_may_be_told_in_any_words() -> None:
    assert read_act("When was the Tern raised?") is None


PREAMBLE = "The Parties to the Ribe Pact, signed at Skagen on 3 May 1911, agree as follows:"


@pytest.mark.parametrize("asks", ["When", "Where"])
def test_what_leads_in_to_articles_tells_on_the_way_when_and_where(
    asks: str, encoder: TokenLocalEncoder
) -> None:
    text = f"{PREAMBLE}\n\nArticle 1\n\nAalborg may accede to the Pact."
    shelf = Shelf("Protocol on the accession of Aalborg", (("Protocol", text),), encoder)
    assert PREAMBLE in shelf.draft(f"{asks} was the Ribe Pact signed?", encoder).text
