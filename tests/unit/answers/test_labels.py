"""What people ask of a country in words of their own is told by the entry of its profile."""

import pytest

from assistant.answers.cells import cells_of
from assistant.answers.labels import cells_asked
from assistant.answers.subjects import Subject, subject_of
from assistant.answers.words import read_names, stems
from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

PROFILE = (
    ("Exports", "Exports 2023: $2 million\n\nExports 2022: $1 million"),
    ("Exports - partners", "Norway 40%, Orm 12% (2023)\n\nnote: note: by share of value"),
    ("Exports - commodities", "herring, rope, ice (2023)"),
    ("Median age", "total: 31.2 years (2025 est.)\n\nmale: 30 years\n\nfemale: 32 years"),
    ("Country name", "conventional short form: Kenya\n\netymology: from an old word for a hill"),
    ("Area", "total: 41 sq km\n\nArea - comparative: slightly larger than Texel"),
    ("Population", "total: 41,000 (2024 est.)\n\nmale: 20,000"),
    ("Urbanization", "urban population: 63% (2023)\n\nrate of urbanization: 4%"),
    (
        "Military",
        "Military and security service personnel strengths: 900 (2025)\n\n"
        "Military service age and obligation: 19-25 years of age for 12 months",
    ),
)


@pytest.fixture(scope="module")
def profile(encoder: TokenLocalEncoder) -> Shelf:
    return Shelf("Kenya — Register of states", PROFILE, encoder)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which countries buy most of Kenya's exports?", "Norway 40%, Orm 12% (2023) [1]"),
        ("Who are Kenya's main customers abroad?", "Norway 40%, Orm 12% (2023) [1]"),
        ("What does Kenya sell abroad?", "herring, rope, ice (2023) [1]"),
        ("How old is the average Kenyan?", "total: 31.2 years (2025 est.) [1]"),
        ("What does the name Kenya mean?", "etymology: from an old word for a hill [1]"),
        ("How big is Kenya compared to an American state?", "slightly larger than Texel [1]"),
        ("How many people live in Kenya?", "Population — total: 41,000 (2024 est.) [1]"),
        ("How many people live in cities in Kenya?", "urban population: 63% (2023) [1]"),
        ("From what age are Kenyans drafted?", "19-25 years of age for 12 months [1]"),
        ("How many people serve in the Kenyan army?", "personnel strengths: 900 (2025) [1]"),
    ],
)
def test_what_is_asked_in_other_words_than_the_label(
    question: str, told: str, profile: Shelf, encoder: TokenLocalEncoder
) -> None:
    assert profile.draft(question, encoder).text.endswith(told)


@pytest.mark.parametrize(
    "question",
    [
        "Why do Kenyans live so long?",
        "How many people live in caves in Kenya?",
        "How old is the average Kenyan lighthouse keeper near the northern border?",
    ],
)
def test_what_asks_for_more_is_not_told_by_that_entry(
    question: str, profile: Shelf, encoder: TokenLocalEncoder
) -> None:
    told = profile.draft(question, encoder).text
    assert "41,000" not in told
    assert "31.2" not in told


@pytest.mark.parametrize(
    "question",
    [
        "How old is the average married Kenyan lighthouse keeper?",
        "How old is the average Kenyan in Mombasa?",
    ],
)
def test_an_entry_tells_no_more_than_its_label(question: str, profile: Shelf) -> None:
    cells, kenya = cells_of(profile.stored), Subject("Kenya", stems("Kenya Kenyan"))
    plain = "How old is the average Kenyan?"
    assert cells_asked(plain, read_names(plain), kenya, cells)
    assert not cells_asked(question, read_names(question), kenya, cells)


@pytest.mark.parametrize(
    ("title", "question", "named"),
    [
        ("Tunisia — Register", "From what age do Tunisians vote?", True),
        ("Cabo Verde — Register", "Do Cape Verdeans vote?", True),
        ("Côte d'Ivoire — Register", "What do farmers grow in Ivory Coast?", True),
        ("South Sudan — Register", "Where do South Sudanese live?", True),
        ("Sudan — Register", "Where do South Sudanese live?", False),
        ("South Sudan — Register", "Where do Sudanese live?", False),
        ("Niger — Register", "What do Nigerians sell?", False),
        ("Tunisia — Register", "How large is Tunis?", False),
    ],
)
def test_a_country_is_named_by_its_people(title: str, question: str, named: bool) -> None:
    assert (subject_of(title, question) is not None) is named
