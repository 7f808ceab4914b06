"""Of many vectors, what shares most signs with the question is compared; nothing nearer is lost."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.library import nearest
from assistant.library.nearest import NearestRows
from assistant.library.segments import Segment, read, signs_of, write

DIMENSION = 200
"""Of which a byte cannot count the signs."""


@pytest.fixture
def segments(tmp_path: Path) -> list[Segment]:
    write_to = tmp_path / "segment"
    write_to.mkdir()
    write(write_to, [], str.split)
    random, empty = np.random.default_rng(5), read(write_to)
    found: list[Segment] = []
    for rows in (900, 30, 400):
        vectors = random.standard_normal((rows, DIMENSION)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        found.append(
            replace(
                empty,
                vectors=vectors,
                signs=signs_of(vectors),
                names=random.integers(0, 2**63, (rows, 2), np.uint64),
                bare=random.random(rows) < 0.1,
            )
        )
    return found


def compared(
    segments: list[Segment], marks: list[NDArray[np.bool_]], question: NDArray[np.float32]
) -> list[tuple[int, float, str]]:
    """All marked rows that have a vector: signs that differ, cosine, name."""
    found: list[tuple[int, float, str]] = []
    for segment, marked in zip(segments, marks, strict=True):
        for row in np.flatnonzero(marked & ~segment.bare).tolist():
            vector = segment.vectors[row]
            differing = int(((vector > 0) != (question > 0)).sum())
            cosine = round(float(vector.astype(float) @ question.astype(float)), 7)
            found.append((differing, cosine, segment.named(np.array([row]))[0]))
    return found


@pytest.mark.parametrize("share", [1.0, 0.5, 0.1])
def test_the_nearest_of_those_that_share_most_signs_are_found(
    segments: list[Segment], share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest, "ALL", 20)
    monkeypatch.setattr(nearest, "CHOSEN", 30)
    random = np.random.default_rng(7)
    marks = [random.random(len(segment.vectors)) < share for segment in segments]
    count = sum(int(marked.sum()) for marked in marks)
    for _ in range(5):
        question = random.standard_normal(DIMENSION).astype(np.float32)
        question /= np.linalg.norm(question)
        near = NearestRows(list(zip(segments, marks, strict=True)), count)
        found = near.search(question.tolist(), 8)
        every = compared(segments, marks, question)
        signs = signs_of(question.reshape(1, -1))[:, 0]
        told = [
            int(np.bitwise_count(segment.signs[:, row] ^ signs).sum())
            for segment, marked in zip(segments, marks, strict=True)
            for row in np.flatnonzero(marked).tolist()
        ]
        worst = sorted(told)[min(30 + count // 250 + 2 * 8, count) - 1]
        wanted = sorted((-cosine, name) for differ, cosine, name in every if differ <= worst)
        assert [name for name, _ in found] == [name for _, name in wanted[:8]]
        assert [s for _, s in found] == pytest.approx([-s for s, _ in wanted[:8]], abs=2e-7)


def test_few_vectors_are_all_compared(segments: list[Segment]) -> None:
    marks = [np.zeros(len(segment.vectors), bool) for segment in segments]
    marks[0][:50], marks[2][:50] = True, True
    question = np.ones(DIMENSION, np.float32) / np.float32(DIMENSION**0.5)
    near = NearestRows(list(zip(segments, marks, strict=True)), 100)
    every = sorted((-cosine, name) for _, cosine, name in compared(segments, marks, question))
    assert [name for name, _ in near.search(question.tolist(), 200)] == [n for _, n in every]


def test_of_equal_vectors_those_come_first_whose_names_do(segments: list[Segment]) -> None:
    one = segments[0]
    same = np.repeat(one.vectors[:1], len(one.vectors), axis=0)
    equal = replace(one, vectors=same, signs=signs_of(same), bare=np.zeros(len(same), bool))
    near = NearestRows([(equal, np.ones(len(same), bool))], len(same))
    found = [name for name, _ in near.search(same[0].tolist(), 12)]
    assert found == sorted(equal.named(np.arange(len(same))))[:12]
