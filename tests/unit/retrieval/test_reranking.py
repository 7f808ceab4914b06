import logging
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from assistant.errors import ModelUnavailableError
from assistant.retrieval.passages import RankedChunk
from assistant.retrieval.reranking import reranked
from assistant.types import Chunk, ChunkId, DocumentId, Metadata, StoredChunk, VersionId

QUESTION = "Which one?"
LIKELY = [0.9, 0.5, 0.4, 0.1, 0.05]


@dataclass(frozen=True)
class Scoring:
    """Gives these scores, or raises."""

    given: Sequence[float] = ()
    error: Exception | None = None
    name: str = "a cross-encoder"

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        assert question == QUESTION
        if self.error is not None:
            raise self.error
        return list(self.given[: len(passages)])


def candidate(text: str) -> StoredChunk:
    chunk = Chunk(ChunkId(text), 0, 0, len(text), text)
    return StoredChunk(chunk, DocumentId("d"), VersionId("v"), "file:///d", Metadata("Title"))


CANDIDATES = [candidate(f"text {i}") for i in range(len(LIKELY))]


def found(scores: Sequence[float] = LIKELY) -> list[RankedChunk]:
    return [RankedChunk(one, score) for one, score in zip(CANDIDATES, scores, strict=False)]


def texts(ranked: Sequence[RankedChunk]) -> list[str]:
    return [one.stored.chunk.text for one in ranked]


def test_a_passage_that_both_readings_find_good_comes_first() -> None:
    ranked = reranked(QUESTION, found(), Scoring([-3, 9, -3, -4, -3]))
    assert texts(ranked)[0] == "text 1"


@pytest.mark.parametrize("scale", [0.01, 1.0, 100.0])
def test_the_scale_of_a_cross_encoder_changes_nothing(scale: float) -> None:
    given = [1.0, 3.0, 2.0, 0.5, 9.0]
    ranked = reranked(QUESTION, found(), Scoring([scale * score - 7 for score in given]))
    assert texts(ranked) == texts(reranked(QUESTION, found(), Scoring(given)))


def test_scores_stay_probabilities_and_best_first() -> None:
    ranked = reranked(QUESTION, found(), Scoring([0, 1, 2, 3, 4]))
    assert [one.score for one in ranked] == LIKELY


def test_what_it_does_not_read_stays_behind() -> None:
    ranked = reranked(QUESTION, found(), Scoring([0, 5, 0, 9, 9]), read=3)
    assert texts(ranked)[3:] == ["text 3", "text 4"]


def test_one_that_tells_nothing_apart_has_no_say() -> None:
    assert reranked(QUESTION, found(), Scoring([2] * 5)) == found()


def test_it_decides_where_the_second_stage_tells_nothing_apart() -> None:
    ranked = reranked(QUESTION, found([0.2] * 3), Scoring([1, 2, 3]))
    assert texts(ranked) == ["text 2", "text 1", "text 0"]


@pytest.mark.parametrize(
    "failing",
    [
        Scoring(error=ModelUnavailableError("no memory")),
        Scoring(error=MemoryError()),
        Scoring([float("nan")] * 5),
    ],
)
def test_where_it_fails_the_second_stage_stands_and_the_log_says_so(
    failing: Scoring, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert reranked(QUESTION, found(), failing) == found()
    assert "order of the second stage" in caplog.text


def test_without_one_nothing_changes() -> None:
    assert reranked(QUESTION, found(), None) == found()
