"""What is named by letters and a number is found first, however it is written."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from assistant.backends import Backends, open_backends
from assistant.retrieval.designations import spellings, written_apart
from assistant.retrieval.topic import understood
from assistant.settings import Settings
from assistant.types import Filters, Role, Turn
from cli.evaluation.judged import SCHEME, JudgedSet, source_of
from cli.evaluation.retrieval import take_in_set

TEXTS = {
    "stragglers": "STANAG 2067 sets out how straggler control is run by national provost staff.",
    "stretchers": "STANAG 2079 describes rear area security; STANAG 2068 stretcher dimensions.",
    "operations": "AJP-3 is the keystone doctrine for the conduct of joint operations.",
    "land": "AJP-4 is the keystone doctrine for logistics. AJP-3.2 covers land operations.",
    "brunssum": "JFC Brunssum held a staff exercise in the Netherlands.",
    "naples": "JFC Naples held a staff exercise in Italy with its partners.",
    "kabul": "UNSCR 1386 authorised the International Security Assistance Force.",
    "libya": "UNSCR 1973 authorised the protection of civilians in Libya.",
    "council": "A resolution of the UN Security Council binds the members of the United Nations.",
    "mandates": "In resolution 1386 (2001) the Council acted for six months.",
}
OTHERS = {
    f"other {number}": (
        f"The staff met in session {number} on doctrine, standards, agreements and resolutions: "
        f"AJP-{number + 5}, STANAG {2100 + number}, UNSCR {1400 + number}."
    )
    for number in range(1, 31)
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backends]:
    settings = Settings(home=tmp_path_factory.mktemp("designations"), starter=False)
    texts = (TEXTS | OTHERS).items()
    corpus = tuple(source_of(number, name, text) for number, (name, text) in enumerate(texts))
    with open_backends(settings, "a test") as backends:
        take_in_set(JudgedSet(corpus, (), {}), backends, settings)
        yield backends


def best(question: str, library: Backends, *before: str) -> list[str]:
    history = [Turn(Role.USER, one) for one in before]
    found = library.retriever.retrieve(
        understood(question, history, library.encoder),
        as_of=datetime.now(UTC),
        top_k=5,
        filters=Filters(),
    )
    return [passage.stored.source_uri.removeprefix(SCHEME) for passage in found]


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        (
            "stragglers",
            (
                "STANAG 2067",
                "STANAG2067",
                "stanag no. 2067",
                "What does Stanag-2067 say?",
                "NATO standardization agreement 2067",
            ),
        ),
        ("operations", ("AJP-3", "AJP 3", "AJP3", "ajp-03", "AJP‑3", "What is AJP3 about?")),
        ("land", ("AJP-3.2", "AJP 3.2", "AJP-4")),
        ("brunssum", ("JFC Brunssum", "JFC-Brunssum", "Joint Force Command Brunssum", "JFCBS")),
        ("libya", ("UNSCR 1973", "UNSCR1973", "Security Council Resolution 1973", "S/RES/1973")),
    ],
)
def test_a_designation_is_found_first_in_each_of_its_spellings(
    library: Backends, wanted: str, written: tuple[str, ...]
) -> None:
    assert {one: best(one, library)[0] for one in written} == dict.fromkeys(written, wanted)


@pytest.mark.parametrize("asked", ["UNSCR 1386", "S/RES/1386 (2001)", "UNSC Resolution 1386"])
def test_a_resolution_is_found_by_its_number_whatever_the_text_calls_it(
    library: Backends, asked: str
) -> None:
    assert {*best(asked, library)[:2]} == {"kabul", "mandates"}


def test_what_the_last_question_named_counts_for_one_that_says_too_little(
    library: Backends,
) -> None:
    assert best("Who runs it?", library, "What does STANAG 2067 set out?")[0] == "stragglers"
    assert best("And AJP-4?", library, "What does STANAG 2067 set out?")[0] == "land"


def test_letters_and_a_number_written_together_are_read_apart() -> None:
    assert written_apart("Does STANAG2067 bind?") == "Does STANAG 2067 bind?"
    assert written_apart("CO2 from B2B flights") == "CO2 from B2B flights"


def test_a_question_that_names_none_is_searched_as_it_is() -> None:
    assert spellings("Which 12 allies met the EU in April 1999?") == []
