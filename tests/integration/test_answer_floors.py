"""What answers must reach on the development data, through the product's own ingest.

The forests in use have seen these questions, so the floors tell of a loss and not how good
strangers find the answers: that is told by `benchmarks.fit_answers`, which holds parts out.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.backends import open_backends
from assistant.settings import Settings
from cli.evaluation.answers import AnswerRecord, figures_of, measured
from cli.evaluation.asked import read_answer_set
from cli.evaluation.judged import SCHEME, JudgedSet
from cli.evaluation.retrieval import take_in_set

pytestmark = pytest.mark.data

ASKED = 100
REFUSAL_F1, REFUSED_WRONGLY = 0.80, 0.25
SENTENCES_F1 = 0.48
CITATION_PRECISION, FAITHFUL = 0.90, 0.97


@pytest.fixture(scope="module")
def records(
    tmp_path_factory: pytest.TempPathFactory, development_data: Path
) -> Iterator[list[AnswerRecord]]:
    """A hundred questions of clapnq_answers, half of them without an answer, and their passages."""
    every = read_answer_set(development_data / "clapnq_answers", None, None)
    of_each = [[one for one in every.items if one.answerable is kind] for kind in (True, False)]
    items = tuple(one for kind in of_each for one in kind[: ASKED // 2])
    sources = {f"{SCHEME}{one.source}" for one in items}
    texts = tuple(one for one in every.corpus if one.uri in sources)
    settings = Settings(home=tmp_path_factory.mktemp("answers"), starter=False)
    with open_backends(settings, "a test") as backends:
        take_in_set(JudgedSet(texts, (), {}), backends, settings)
        yield list(measured(replace(every, items=items), backends))


def test_what_is_refused_and_what_is_answered(records: list[AnswerRecord]) -> None:
    figures = figures_of(records)
    assert (figures.refusal_f1 or 0) >= REFUSAL_F1
    assert (figures.refused_wrongly or 0) <= REFUSED_WRONGLY


def test_the_sentences_are_those_that_people_choose(records: list[AnswerRecord]) -> None:
    assert (figures_of(records).sentences_f1 or 0) >= SENTENCES_F1


def test_every_quotation_is_exact_and_cites_what_answers(records: list[AnswerRecord]) -> None:
    figures = figures_of(records)
    assert figures.quotations_exact == 1
    assert (figures.citation_precision or 0) >= CITATION_PRECISION


def test_every_sentence_stands_a_check_that_does_not_know_its_source(
    records: list[AnswerRecord],
) -> None:
    figures = figures_of(records)
    assert figures.sentences_proved == 1
    assert (figures.faithful or 0) >= FAITHFUL
