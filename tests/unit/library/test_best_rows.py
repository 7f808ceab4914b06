"""The rows with the highest sums are those of summing every term of every row."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.random import Generator

from assistant.library.best_rows import K1, Clause, Portion, best_rows
from assistant.library.segments import Segment, read, write

ROWS = (700, 40, 300)
DAMPING = [np.linspace(0.3, 3.0, 256), np.linspace(0.3, 9.0, 256)]
SHARES = (0.9, 0.6, 0.3, 0.05, 0.02, 0.0)
"""How many rows have each term; the rarer weigh more."""


@pytest.fixture
def empty(tmp_path: Path) -> Segment:
    (tmp_path / "segment").mkdir()
    write(tmp_path / "segment", [], str.split)
    return read(tmp_path / "segment")


def drawn(random: Generator, empty: Segment, passing: float) -> list[Portion]:
    return [
        Portion(
            replace(empty, norms=random.integers(0, 256, (2, rows)).astype(np.uint8)),
            np.ones(rows, bool),
            random.random(rows) < passing,
        )
        for rows in ROWS
    ]


def drawn_clauses(random: Generator, portions: Sequence[Portion]) -> list[Clause]:
    clauses: list[Clause] = []
    for number, share in enumerate(SHARES):
        where = [np.flatnonzero(random.random(len(portion.stood)) < share) for portion in portions]
        held = [(at.astype(np.int32), random.integers(1, 9, len(at), np.uint16)) for at in where]
        clauses.append(Clause(number % 2, 0.2 + number, held))
    return clauses


def summed(portion: Portion, number: int, clauses: Sequence[Clause]) -> dict[int, float]:
    found: dict[int, float] = {}
    for clause in sorted(clauses, key=lambda clause: -clause.weight):
        rows, times = clause.postings[number]
        for row, time in zip(rows.tolist(), times.tolist(), strict=True):
            length = DAMPING[clause.field][portion.segment.norms[clause.field, row]]
            found[row] = found.get(row, 0.0) + clause.weight * (1 + K1) * (time / (time + length))
    return {row: each for row, each in found.items() if portion.passing[row]}


@pytest.mark.parametrize("passing", [1.0, 0.5, 0.02, 0.0])
@pytest.mark.parametrize("limit", [1, 7, 100, 5000])
def test_the_best_rows_are_those_of_summing_all(empty: Segment, passing: float, limit: int) -> None:
    random = np.random.default_rng(limit)
    for _ in range(5):
        portions = drawn(random, empty, passing)
        clauses = drawn_clauses(random, portions)
        wanted = {
            (number, row): each
            for number, portion in enumerate(portions)
            for row, each in summed(portion, number, clauses).items()
        }
        floor = sorted(wanted.values(), reverse=True)[:limit]
        best = best_rows(portions, clauses, DAMPING, limit)
        found = {
            (number, row): each
            for number, (_, rows, sums) in enumerate(best)
            for row, each in zip(rows.tolist(), sums.tolist(), strict=True)
        }
        assert found == {key: each for key, each in wanted.items() if each >= floor[-1]}


def test_equals_of_the_last_are_all_found(empty: Segment) -> None:
    segment = replace(empty, norms=np.zeros((2, 50), np.uint8))
    all_rows = np.ones(50, bool)
    everywhere = (np.arange(50, dtype=np.int32), np.ones(50, np.uint16))
    once = (np.array([3], np.int32), np.ones(1, np.uint16))
    portion = Portion(segment, all_rows, all_rows)
    clauses = [Clause(0, 0.1, [everywhere]), Clause(0, 5.0, [once])]
    assert [len(rows) for _, rows, _ in best_rows([portion], clauses, DAMPING, 1)] == [1]
    assert [len(rows) for _, rows, _ in best_rows([portion], clauses, DAMPING, 2)] == [50]
