"""What a question calls "the country", "the ship" or "the purchase" is named."""

import pytest

from assistant.retrieval.called import the_country, the_ship
from tests.unit.retrieval.test_pronouns import reading

AVALON = ("When did the United States recognize Avalon?", "On 4 July 1820. [1]")
BOARDED = ("Who was taken in 1861?", "Two envoys aboard the mail ship, the Gull, were taken. [1]")
BOUGHT = ("When did Edgar Crane arrange the purchase of Nova?", "Crane did in 1804. [1]")
LEGATION = ("When was the legation in Avalon opened?", "In 1941. [1]")
ENDED = (
    "Which treaty ended the war over Nova?",
    "While the Treaty of Nova Ghent ended it, Nova stayed poor. [1]",
)
SETTLED = ("Which treaty did Crane make?", "He made the Crane-Orlov Treaty of 1842. [1]")
PACT = ("Who proposed the pact that outlawed slavery?", "Crane proposed a pact. [1]")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            (*AVALON, "What happened to the country in 1881?"),
            "What happened to Avalon in 1881?",
        ),
        ((*AVALON, "Who ruled that country?"), "Who ruled Avalon?"),
        (
            (*LEGATION, "Who was the first envoy there?", "[1]", "When did the country vote?"),
            "When did Avalon vote?",
        ),
        (
            ("Who sank the Gull?", "Nobody. [1]", "Where was the ship built?"),
            "Where was the Gull built?",
        ),
        ((*ENDED, "When was the treaty signed?"), "When was the Treaty of Nova Ghent signed?"),
        (
            (*ENDED, "What did Ruritania pay under the agreement?"),
            "What did Ruritania pay under the Treaty of Nova Ghent?",
        ),
        (
            (
                "Which conference did Crane and Orlov attend?",
                "The Gull Conference. [1]",
                "What did they say there?",
            ),
            "What did they say at the Gull Conference?",
        ),
        (("Who wrote ABC-12?", "Crane. [1]", "When was the paper made?"), "When was ABC-12 made?"),
        (
            ("What is the ABC SOFA?", "It follows the Gull Coast Treaty. [1]", "Who signed it?"),
            "Who signed the ABC SOFA?",
        ),
        (
            ("When did Crane sign the treaty on Nova?", "[1]", "Who wrote the treaty?"),
            "Who wrote the treaty on Nova?",
        ),
        (
            ("Who led Nova before the coup of 1991?", "[1]", "What came after the coup?"),
            "What came after the coup of 1991?",
        ),
        (
            ("When was the Nova Treaty signed?", "In 1803. [1]", "Where was that?"),
            "Where was the Nova Treaty signed?",
        ),
        (
            (*SETTLED, "What did it settle?"),
            "What did the Crane-Orlov Treaty of 1842 settle?",
        ),
        ((*AVALON, "How big is the country's army?"), "How big is Avalon's army?"),
        ((*BOARDED, "When was the ship built?"), "When was the ship Gull built?"),
        (
            (*BOARDED, "How did it end?", "Well. [1]", "Who owned that vessel?"),
            "Who owned the vessel Gull?",
        ),
        ((*BOUGHT, "Who paid for the purchase?"), "Who paid for the purchase of Nova?"),
        ((*BOUGHT, "Was it ratified?"), "Was the purchase of Nova ratified?"),
        ((*PACT, "When was the pact signed?"), "When was the pact that outlawed slavery signed?"),
        (
            (
                "When was the Peace of Nova signed?",
                "The Nova War ended. [1]",
                "Who signed it?",
                "Crane did. [1]",
                "When did the war begin?",
            ),
            "When did the Nova War begin?",
        ),
        (
            ("Who took the two Avalonian envoys?", "Crane took them. [1]", "Were they freed?"),
            "Were Avalonian envoys freed?",
        ),
    ],
)
def test_what_is_called_by_its_kind_is_named(said: tuple[str, ...], expected: str) -> None:
    assert reading(*said) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Is it the best river in the country of the Gauls?",
        "What did Ruritania want of the country?",
        "Who lives in the country that it bought?",
    ],
)
def test_another_country_that_is_named_stays(question: str) -> None:
    assert the_country(question, "Avalon") == question


def test_a_compass_point_is_no_country() -> None:
    assert the_country("Who fishes in the country?", "West") == "Who fishes in the country?"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What was the ship called?", "The ship Gull sank."),
        ("When was the ship built?", "The ship Gull and the ship Tern sank."),
        ("When was the Heron, the ship of Crane, built?", "The ship Gull sank."),
    ],
)
def test_a_ship_whose_name_is_asked_for_or_not_plain_stays(question: str, answer: str) -> None:
    assert the_ship(question, [answer]) == question


@pytest.mark.parametrize(
    ("said", "question"),
    [
        (("When was the Nova Treaty signed?", "In 1803. [1]"), "Who was the president?"),
        (("What was the Closed Gate policy?", "A policy. [1]"), "What did he say?"),
        (("Who was the king of Avalon at the time?", "[1]"), "When was he crowned at the time?"),
    ],
)
def test_no_treaty_has_a_president_and_no_policy_is_he(
    said: tuple[str, ...], question: str
) -> None:
    assert "president of" not in reading(*said, question)
    assert "policy say" not in reading(*said, question)
    assert "time crowned" not in reading(*said, question)
