"""Scores are probabilities also where little is searched."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from assistant.backends import Backends, open_backends
from assistant.retrieval.standalone import resolve
from assistant.settings import Settings
from assistant.types import Filters, Passage
from cli.evaluation.judged import JudgedSet, source_of
from cli.evaluation.retrieval import take_in_set

TEXTS = {
    "costs": (
        "The costs of host nation support are borne by the sending nation, except for facilities "
        "that the host nation offers free of charge."
    ),
    "ships": "Frigates escort convoys across the Atlantic. The class has a crew of 120.",
    "bread": "Sourdough bread rises overnight in a warm kitchen.",
}


@pytest.fixture
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backends]:
    settings = Settings(home=tmp_path_factory.mktemp("few"), starter=False)
    corpus = tuple(source_of(i, name, text) for i, (name, text) in enumerate(TEXTS.items()))
    with open_backends(settings, "a test") as backends:
        take_in_set(JudgedSet(corpus, (), {}), backends, settings)
        yield backends


def best(question: str, library: Backends) -> Passage:
    return library.retriever.retrieve(
        resolve(question, ()), as_of=datetime.now(UTC), top_k=3, filters=Filters()
    )[0]


def test_what_answers_is_likely_in_a_library_of_three_texts_and_what_does_not_is_not(
    library: Backends,
) -> None:
    answering = best("Who bears the costs of host nation support?", library)
    assert "borne by the sending nation" in answering.text
    assert answering.score > 0.4
    assert best("Who won the football cup?", library).score < 0.1
