"""A value of a profile is read with its label, and told with it."""

from collections.abc import Sequence

import pytest

from assistant.answers.eligible import eligible
from assistant.answers.extractive import ExtractiveAnswerer
from assistant.answers.forms import read_form
from assistant.answers.layout import Group, lay_out
from assistant.answers.pool import Pooled, Source
from assistant.answers.reading import Part, Reader
from assistant.answers.subjects import subject_of
from assistant.grounding.prove import prove
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.standalone import resolve
from assistant.types import StoredChunk
from tests.unit.shelf import Shelf

SECTIONS = (
    (
        "Land",
        "Weather: Old Skagen: mild and wet\n\n"
        "Location: at the northern end of the cape\n\nSurface\n\ntotal : 41 sq km\n\nwater: 3 sq km"
        "\n\nShore\n\nlength: 29 km\n\nbeaches: 7"
        "\n\nHeights\n\nhighest point: the old dune 27 m\n\nlowest point: the sea 0 m",
    ),
    (
        "People",
        "Population\n\ntotal: 8,198 (2025 est.)\n\nmale: 4,021\n\nPopulation distribution: the "
        "population of Skagen is gathered around the harbour of Skagen, as the map shows",
    ),
    ("Length of life", "total population: 81.4 years\n\nmale: 79.2 years\n\nfemale: 83.5 years"),
    (
        "Town council",
        "head of the town: Mayor Ane HOLM (since 3 May 2024)\n\nelection results: 2020: Jens BRO "
        "reelected mayor of Skagen; percent of vote - Jens BRO 61%\n\nnote: note: the mayor of "
        "Skagen is head of the town",
    ),
    ("Watch costs", "Watch costs 2024: 4.3% of GRP\n\nWatch costs 2023: 4% of GRP"),
    ("Herring rate", "Herring rate 2024: 4.2%\n\nHerring rate 2023: 3.9%"),
    ("Quay expenditures", "Quay expenditures: 2% of all\n\nmale workers: 41"),
    ("Goods sent", "Goods sent 2024: $3 million\n\nGoods sent 2023: $2 million"),
    (
        "Goods sent - wares",
        "herring, cod, ice (2024)\n\nnote: note: the first three wares by weight",
    ),
)


STATE = (
    ("Rule", "chief of state: King Ole II (since 7 May 2020)\n\nhead of government: Ana Bull"),
    ("Voting", "Suffrage: 20 years of age; universal"),
    ("Speech", "Languages: Skagish 80%, Tarrish 20%"),
    ("Border", "border countries: Velm 41 km; Orm 3 km"),
    ("Defense", "Military expenditures: 2% of GDP\n\nDefense strength: 900 boats"),
)


@pytest.fixture(scope="module")
def state(encoder: TokenLocalEncoder) -> Shelf:
    return Shelf("Skagen — Register of states", STATE, encoder)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Who runs Skagen these days?",
            "- Skagen — Rule — chief of state: King Ole II (since 7 May 2020) [1]\n"
            "- Skagen — Rule — head of government: Ana Bull [2]",
        ),
        ("At what age may people in Skagen vote?", "Suffrage: 20 years of age; universal [1]"),
        ("Which countries touch Skagen?", "border countries: Velm 41 km; Orm 3 km [1]"),
        ("How much does Skagen spend on defence?", "Military expenditures: 2% of GDP [1]"),
        ("What do people in Skagen speak?", "Languages: Skagish 80%, Tarrish 20% [1]"),
    ],
)
def test_a_cell_is_asked_for_in_words_of_every_day(
    question: str, told: str, state: Shelf, encoder: TokenLocalEncoder
) -> None:
    assert state.draft(question, encoder).text.endswith(told)


@pytest.mark.parametrize(
    "question", ["Who ran Skagen in 1911?", "Who leads the fishermen of Skagen?"]
)
def test_who_led_once_or_leads_others_is_not_at_the_head_now(
    question: str, state: Shelf, encoder: TokenLocalEncoder
) -> None:
    assert "King Ole II" not in state.draft(question, encoder).text


@pytest.fixture(scope="module")
def shelf(encoder: TokenLocalEncoder) -> Shelf:
    return Shelf("Skagen — Register of towns", SECTIONS, encoder)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is the population of Skagen?", "Skagen — Population — total: 8,198 (2025 est.) [1]"),
        (
            "What is the highest mountain of Skagen?",
            "Skagen — Heights — highest point: the old dune 27 m [1]",
        ),
        ("How many people live in Skagen?", "Skagen — Population — total: 8,198 (2025 est.) [1]"),
        ("What is the surface of Skagen?", "Skagen — Surface — total : 41 sq km [1]"),
        ("How big is Skagen?", "Skagen — Surface — total : 41 sq km [1]"),
        ("Where is Skagen?", "Skagen — Location: at the northern end of the cape [1]"),
        (
            "What is the highest point of Skagen?",
            "Skagen — Heights — highest point: the old dune 27 m [1]",
        ),
        ("How long is the shore of Skagen?", "Skagen — Shore — length: 29 km [1]"),
        (
            "Where is the location of Skagen?",
            "Skagen — Location: at the northern end of the cape [1]",
        ),
        (
            "Who is the mayor of Skagen?",
            "Skagen — Town council — head of the town: Mayor Ane HOLM (since 3 May 2024) [1]",
        ),
        ("What is the weather of Skagen?", "Skagen — Weather: Old Skagen: mild and wet [1]"),
        ("How much does Skagen spend on its quay?", "Skagen — Quay expenditures: 2% of all [1]"),
        ("What is the herring rate in Skagen?", "Skagen — Herring rate 2024: 4.2% [1]"),
        (
            "What were the watch costs of Skagen as a share of GRP in 2023?",
            "Skagen — Watch costs 2023: 4% of GRP [1]",
        ),
        ("What was the herring rate of Skagen in 2023?", "Skagen — Herring rate 2023: 3.9% [1]"),
        (
            "What are the goods sent from Skagen?",
            "Skagen — Goods sent - wares — herring, cod, ice (2024) [1]",
        ),
    ],
)
def test_what_is_asked_of_a_thing_is_the_cell_with_that_label(
    shelf: Shelf, encoder: TokenLocalEncoder, question: str, told: str
) -> None:
    assert shelf.draft(question, encoder).text == told


def test_a_cell_with_one_word_of_two_is_no_answer(shelf: Shelf) -> None:
    stored = shelf.stored[1]
    at = stored.chunk.text.index("male: ")
    part = Part("male: 4,021", at, at + len("male: 4,021"), bullet=False, leads=True)
    pool = [Pooled(Source(stored, 0.5, 0.5), part, 0.5)]
    assert not eligible(read_form("What is the male schooling of Skagen?"), pool, sure=True)
    assert eligible(read_form("What is the male population of Skagen?"), pool, sure=True) == pool


def test_a_figure_below_a_heading_is_told_with_it(encoder: TokenLocalEncoder) -> None:
    stored = Shelf("Ribe — Register", (("Fleet", "41 boats"), SECTIONS[1]), encoder).stored[0]
    part = Part("41 boats", 0, 8, bullet=False, leads=True)
    chosen = [Pooled(Source(stored, 0.5, 0.5), part, 0.5)]
    group = Group(read_form("How many boats are there?"), chosen, as_list=False)
    assert lay_out([group]).text == "Ribe — Fleet — 41 boats [1]"


def test_a_cell_is_quoted_and_its_label_is_told(shelf: Shelf, encoder: TokenLocalEncoder) -> None:
    draft = shelf.draft("What is the population of Skagen?", encoder)
    (citation,) = prove(draft, [], encoder, "remove").citations
    assert citation.quote == "total: 8,198 (2025 est.)"
    assert shelf.text[citation.start : citation.end] == citation.quote


def test_what_no_label_names_whole_is_not_told_by_one(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    for question in (
        "Who was the first mayor of Skagen?",
        "What was the population of Skagen in 1911?",
        "What is the population of prisons in Skagen?",
    ):
        text = shelf.draft(question, encoder).text
        assert not text.startswith(("Skagen — Population — total", "Skagen — Town council — head"))


@pytest.mark.parametrize(
    ("title", "question", "named"),
    [
        ("Guinea — Profile", "What is the capital of Guinea?", True),
        ("Guinea — Profile", "What is the capital of Equatorial Guinea?", False),
        ("Guinea — Profile", "What is the capital of Guinea-Bissau?", False),
        ("Equatorial Guinea — Profile", "What is the capital of Guinea?", False),
        ("Gambia, The — Profile", "What is the capital of the Gambia?", True),
        ("Congo, Republic of the", "Where is the Republic of the Congo?", True),
        ("Kenya | Profile", "What is the Kenyan capital?", True),
        ("Kenya | Profile", "What is the population of Nairobi?", False),
        ("DRC — Profile", "What is the capital of the Democratic Republic of Congo?", True),
        ("Porto liaison office", "What does the Porto office cost?", True),
        ("Porto liaison office", "What does the Oporto office cost?", False),
        ("Porto liaison office", "What does the New Porto office cost?", False),
        ("Porto liaison office", "What does Porto cost?", False),
        ("Côte d'Ivoire", "What is the capital of Cote d’Ivoire?", True),
    ],
)
def test_a_document_is_about_what_is_asked_if_the_whole_name_is(
    title: str, question: str, named: bool
) -> None:
    assert (subject_of(title, question) is not None) is named


def test_a_value_among_other_sentences_is_told_with_its_label(encoder: TokenLocalEncoder) -> None:
    shelf = Shelf("The harbour of Skagen", SECTIONS[:3], encoder)
    question = resolve("How long do men and women live there?", ())
    reader = Reader(encoder)
    (reading,) = reader.read(reader.ask(question), [shelf.stored[2]])
    source = Source(reading.stored, 0.5, 0.5)
    chosen = [Pooled(source, part, 0.5) for part in reading.parts[1:]]
    assert lay_out([Group(read_form(question.text), chosen, as_list=False)]).text.splitlines() == [
        "- The harbour of Skagen — Length of life — male: 79.2 years [1]",
        "- The harbour of Skagen — Length of life — female: 83.5 years [2]",
    ]


OFFICE = (
    "Posts",
    "Head: Colonel Ana Silva (since 3 May 2024) Deputy head: vacant Staff: seven officers and two "
    "clerks\n\nOpened: 12 March 2014 Opening hours: 9 to 17",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who heads the Porto liaison office?", "Head: Colonel Ana Silva (since 3 May 2024)"),
        ("Who is deputy head of the Porto liaison office?", "Deputy head: vacant"),
        ("When was the Porto office opened?", "Opened: 12 March 2014"),
    ],
)
def test_lines_that_were_run_together_are_cells_by_their_keys(
    encoder: TokenLocalEncoder, question: str, told: str
) -> None:
    shelf = Shelf("Porto liaison office", (OFFICE,), encoder)
    assert shelf.draft(question, encoder).text == f"Porto liaison office — Posts — {told} [1]"


def _of_two(encoder: TokenLocalEncoder, question: str) -> list[str]:
    """The paragraphs of an answer from the profiles of two towns."""
    towns = {"Skagen": "Ribe 12 km; Esbjerg 3 km", "Ribe": "Esbjerg 9 km; Skagen 12 km"}
    one, other = (
        Shelf(
            f"{town} — Register",
            (*SECTIONS[:2], ("Limits", f"total: 21 km\n\nwith: {with_}")),
            encoder,
        )
        for town, with_ in towns.items()
    )
    whole = resolve(question, ())
    passages = [*one.passages(whole, 3), *other.passages(whole, 3)]

    def neighbours(stored: StoredChunk, reach: int) -> Sequence[StoredChunk]:
        shelf = one if stored.document_id == one.stored[0].document_id else other
        return shelf.neighbours(stored, reach)

    answerer = ExtractiveAnswerer(Reader(encoder), neighbours)
    return answerer.draft(whole, passages).text.split("\n\n")


def test_what_two_are_compared_in_is_told_of_each(encoder: TokenLocalEncoder) -> None:
    assert _of_two(encoder, "Compare the population of Skagen and Ribe") == [
        "Skagen — Population — total: 8,198 (2025 est.) [1]",
        "Ribe — Population — total: 8,198 (2025 est.) [2]",
    ]


def test_what_two_have_between_them_is_told_by_cells_that_name_the_other(
    encoder: TokenLocalEncoder,
) -> None:
    assert _of_two(encoder, "How long are the limits of Skagen with Ribe?") == [
        "Skagen — Limits — with: Ribe 12 km; Esbjerg 3 km [1]",
        "Ribe — Limits — with: Esbjerg 9 km; Skagen 12 km [2]",
    ]
