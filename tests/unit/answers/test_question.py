import pytest

from assistant.answers.forms import read_form
from assistant.answers.question import Expected
from assistant.answers.words import exact_words, initials, stems
from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When was the treaty signed?", Expected.TIME),
        ("In what year did Spain join?", Expected.TIME),
        ("How many battlegroups are there?", Expected.QUANTITY),
        ("Who chairs the council?", Expected.NAME),
        ("Why is the corridor closed?", Expected.ANYTHING),
        ("Quand le traité a-t-il été signé ?", Expected.TIME),
        ("Combien de bataillons ?", Expected.QUANTITY),
    ],
)
def test_a_question_says_what_kind_of_thing_it_asks_for(question: str, expected: Expected) -> None:
    assert read_form(question).expected is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did the strategist who wrote on sea power want?", Expected.ANYTHING),
        ("Which countries stayed outside the pact when it was signed?", Expected.ANYTHING),
        ("What did Paris claim when its pilot vanished?", Expected.ANYTHING),
        ("Which banker took over the debts, and when?", Expected.TIME),
        ("To whom was the command given?", Expected.NAME),
        ("Do you know who signed it?", Expected.NAME),
        ("In 1949, who chaired the council?", Expected.NAME),
        ("The pact was signed when?", Expected.TIME),
        ("Combien a coûté le pont, et qui l'a payé ?", Expected.QUANTITY),
    ],
)
def test_a_clause_that_goes_on_with_who_or_when_asks_for_no_name_or_time(
    question: str, expected: Expected
) -> None:
    assert read_form(question).expected is expected


@pytest.mark.parametrize(
    ("follow_up", "before", "expected"),
    [
        ("Why were the crowds furious about it?", "Who ended the war?", Expected.ANYTHING),
        ("And who got them out?", "When was the embassy overrun?", Expected.NAME),
        ("May they be expelled?", "Who signed the convention?", Expected.ANYTHING),
        ("Must a visit be announced?", "When did the visits begin?", Expected.ANYTHING),
        ("And the Danish?", "When did the Swedes leave?", Expected.TIME),
        ("What about the Danish?", "When did the Swedes leave?", Expected.TIME),
    ],
)
def test_a_follow_up_has_the_form_of_its_own_words_where_they_ask(
    follow_up: str, before: str, expected: Expected
) -> None:
    assert read_form(f"{follow_up} — {before}", follow_up).expected is expected


@pytest.mark.parametrize(
    ("question", "asks_list"),
    [
        ("Which challenges does the office face?", True),
        ("What are the main goals of the plan?", True),
        ("What is the capital of France?", False),
        ("What does Article 5 say?", False),
        ("Give me the two harbour guilds and who led each.", True),
        ("Which near-nuclear countries stayed outside?", True),
        ("How much of what Congress set aside may be spent?", False),
    ],
)
def test_a_list_is_told_from_a_single_fact(question: str, asks_list: bool) -> None:
    assert read_form(question).asks_list is asks_list


@pytest.mark.parametrize(
    ("question", "asks_definition"),
    [
        ("What is a STANAG?", True),
        ("What does SOFA stand for?", True),
        ("What is the capital of France?", False),
        ("What are the goals of the alliance?", False),
        ("What are its goals?", False),
        ("Define interoperability", True),
        ("What is meant by host nation?", True),
        ("Qu'est-ce qu'un attaché de défense ?", True),
    ],
)
def test_a_definition_is_told_from_a_fact(question: str, asks_definition: bool) -> None:
    assert read_form(question).asks_definition is asks_definition


def test_spelling_variants_and_accents_are_one_word() -> None:
    assert stems("defence attachés") == stems("Defense attaches")


def test_names_and_numbers_are_what_an_answer_cannot_do_without() -> None:
    form = read_form("What does STANAG 2067 regulate?")
    assert {"stanag", "2067"} <= form.names.words


def test_a_name_is_itself_or_its_acronym_and_no_other_word() -> None:
    names = read_form("When was Resolute Support launched?").names
    assert not names.missing_from("The Resolute Support Mission began in 2015.")
    assert names.missing_from("They support the resolution of 2015.") == {"resolute"}
    assert not read_form("What does the EU do?").names.missing_from("The European Union acts.")
    assert not read_form("What does the European Union do?").names.missing_from("The EU acts.")


def test_how_somebody_is_addressed_is_no_short_name_of_another() -> None:
    names = read_form("When did Dag Ribe sign the treaty?").names
    assert names.missing_from("In 1911 Dr. Ole Holm signed the treaty.") == {"dag", "ribe"}


def test_initials_are_those_of_every_run_of_names() -> None:
    assert {"nac", "sace"} <= initials(
        "the North Atlantic Council, Supreme Allied Commander Europe"
    )


def test_attaches_are_not_attachments() -> None:
    assert not stems("defence attachés") & stems("attachment attached")
    assert stems("attaches") == stems("attaché")
    assert "attache" in exact_words("Attachés")


def test_a_date_meets_a_question_after_a_time_and_a_name_does_not() -> None:
    form = read_form("When was the mission launched?")
    assert form.met_by("The mission began on 1 January 2015.")
    assert not form.met_by("The mission was commanded from Kabul.")


def test_what_a_definition_is_asked_with_is_no_part_of_what_is_defined() -> None:
    assert read_form("Define interoperability").stems == stems("interoperability")
    assert read_form("What does SOFA stand for?").stems == stems("SOFA")


@pytest.mark.parametrize(
    ("question", "asks_place"),
    [
        ("Where is the college?", True),
        ("In which country did the summit meet?", True),
        ("Où siège le Conseil ?", True),
        ("Why is the college whereas it is?", False),
        ("Where does the term attaché come from?", False),
    ],
)
def test_a_place_is_asked_for(question: str, asks_place: bool) -> None:
    assert read_form(question).asks_place is asks_place


@pytest.mark.parametrize(
    ("question", "asks_yes_or_no"),
    [
        ("Does Article 4 oblige the Allies to act?", True),
        ("Peut-on expulser un attaché ?", True),
        ("Is it a treaty or a memorandum?", False),
        ("What does Article 4 oblige the Allies to do?", False),
    ],
)
def test_yes_or_no_is_asked_for(question: str, asks_yes_or_no: bool) -> None:
    assert read_form(question).asks_yes_or_no is asks_yes_or_no


def test_a_kind_of_thing_is_heard_in_its_other_words_too() -> None:
    form = read_form("What obstacles do liaison missions meet?")
    assert form.focus <= form.heard_in(stems("Challenges of liaison"))
    assert not form.focus <= form.heard_in(stems("Costs of liaison"))


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("What did the Dutch ask for?", "The Netherlands asked for a stopover.", False),
        ("What did Washington promise?", "The United States promised an end of sales.", False),
        ("What did the Kremlin refuse?", "Soviet diplomats refused inspections.", False),
        ("What did the Dutch ask for?", "Belgium asked for a stopover.", True),
        ("What did Cape Verde ask for?", "Cabo Verde asked for a stopover.", False),
        ("What did the Sri Lankans ask for?", "Ceylon asked for a stopover.", False),
        ("What did Cape Verde ask for?", "The cape asked for a stopover.", True),
        ("What did Washington promise?", "The member states promised nothing.", True),
    ],
)
def test_a_country_is_named_by_its_people_and_its_capital_too(
    question: str, text: str, missing: bool
) -> None:
    assert bool(read_form(question).names.missing_from(text)) is missing


def test_how_long_is_answered_by_a_time_and_not_by_any_number() -> None:
    form = read_form("How long did the airlift last?")
    assert not form.met_by("300,000 Berliners gathered at the Reichstag.")
    assert form.met_by("It lasted fifteen months.")
    assert form.met_by("Aircraft flew from June 1948 to September 1949.")


def test_why_is_answered_by_a_reason() -> None:
    assert read_form("Why did the mission end?").explains("It ended because of the costs.")
    assert not read_form("Why did the mission end?").explains("It ended in 2014.")
    assert not read_form("When did it end?").explains("It ended because of the costs.")


def test_who_asks_for_several_things_and_their_leaders_gets_more_than_one_sentence_may_tell() -> (
    None
):
    assert read_form("Who led the guild?").asks_little
    assert not read_form("Which guilds were there, and who led each?").asks_little


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("NATO has 32 members.", True),
        ("Its twelve members signed it in 1949.", True),
        ("The 30 members of NATO met.", True),
        ("The 30 members of the North Atlantic Treaty Organization met.", True),
        ("Some 34,500 members of the United States Armed Forces support NATO.", False),
    ],
)
def test_a_number_of_those_of_another_is_not_the_number_that_is_asked_for(
    text: str, met: bool
) -> None:
    assert read_form("How many members does NATO have?").met_by(text) is met


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Where is NSATU based?", "Where is NSATU?"),
        ("Where are the headquarters located?", "Where are the headquarters?"),
        ("Où le centre est-il situé ?", "Où le centre est-il ?"),
    ],
)
def test_a_word_that_only_says_where_is_not_looked_for(said: str, meant: str) -> None:
    assert read_form(said).stems == read_form(meant).stems


def test_what_a_plan_is_based_on_is_looked_for() -> None:
    assert stems("based") <= read_form("What is the plan based on?").stems


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Where was the pilot flying to when he was shot down?", Expected.ANYTHING),
        ("How many boats were lost when the Tern sank?", Expected.QUANTITY),
        ("When was the Tern lost, and when was it found?", Expected.TIME),
    ],
)
def test_a_clause_that_says_when_something_else_was_asks_for_no_time(
    question: str, expected: Expected
) -> None:
    assert read_form(question).expected is expected


def test_a_name_with_another_number_is_another_name(encoder: TokenLocalEncoder) -> None:
    text = (
        "Lund and Ribe signed the HERRING II Treaty in 1911. Aalborg signed the HERRING I Treaty."
    )
    shelf = Shelf("HERRING I and II", [("The treaties", text)], encoder)
    assert shelf.draft("Who signed HERRING I?", encoder).text.startswith("Aalborg")
    assert shelf.draft("Who signed HERRING II?", encoder).text.startswith("Lund")


def test_the_first_of_words_side_by_side_may_be_a_name() -> None:
    asked = "Le Danemark a-t-il un service militaire ?"
    assert read_form(asked, words="Denmark military service").names.words == {"denmark"}
