"""The second stage: what it looks at, how its trees are walked, what its scores say."""

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.retrieval.calibration import EVIDENCE, Calibration
from assistant.retrieval.features import FEATURES, Asked, Compared, features
from assistant.retrieval.places import read_occurrences
from assistant.retrieval.tokens import matches
from assistant.retrieval.trees import Forest

GENERATOR = np.random.default_rng(7)


def unit(*numbers: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    vector = np.array(numbers, np.float32)
    return vector / np.linalg.norm(vector)


def asked(*terms: str, carried: dict[str, float] | None = None) -> Asked:
    own = unit(1, 0, 0)
    return Asked(
        own=own,
        within=own,
        near=own,
        terms=terms,
        rarity=np.arange(1, len(terms) + 1, dtype=np.float32),
        carried=carried or {},
        carried_rarity=np.ones(len(carried or {}), np.float32),
        said=frozenset(carried or {}),
        turn=2 if carried else 1,
    )


def compared(question: Asked, *texts: str, titles: tuple[str, ...] | None = None) -> Compared:
    terms = question.looked_for()
    return Compared(
        vectors=np.stack([unit(1, i, 0) for i in range(len(texts))]),
        texts=read_occurrences([text.split() for text in texts], terms),
        titles=read_occurrences([t.split() for t in titles or ("",) * len(texts)], terms),
        documents=[str(i) for i in range(len(texts))],
        tokens=np.full((len(texts), 3), np.nan, np.float32),
    )


def column(name: str, question: Asked, found: Compared) -> list[float]:
    values: list[float] = features(question, found)[:, FEATURES.index(name)].tolist()
    return values


def test_terms_that_stand_together_count_more_than_terms_far_apart() -> None:
    question = asked("host", "nation", "support")
    texts = ("host nation support is given", "host is given and a nation may support")
    found = compared(question, *texts)
    near, far = column("pairs", question, found)
    assert near > far > 0


def test_the_rarest_term_of_the_question_is_looked_for_in_text_and_title() -> None:
    question = asked("annex", "stanag")
    found = compared(question, "an agreement", "the annex", "annex", titles=("stanag", "", ""))
    assert column("has_rarest", question, found) == [1.0, 0.0, 0.0]


def test_terms_carried_from_the_conversation_count_less_than_those_asked_for() -> None:
    question = asked("costs", carried={"latvia": 1.0})
    found = compared(question, "costs", "latvia", "neither")
    own, carried, neither = column("words_all", question, found)
    assert own > carried > neither == 0


def test_a_question_without_words_has_features_all_the_same() -> None:
    rows = features(asked(), compared(asked(), "one", "two"))
    known = [i for i, name in enumerate(FEATURES) if not name.startswith("tokens")]
    assert rows.shape == (2, len(FEATURES))
    assert np.isfinite(rows[:, known]).all()


def test_a_single_candidate_has_features() -> None:
    assert features(asked("a"), compared(asked("a"), "a b c")).shape == (1, len(FEATURES))


def test_the_nearest_token_of_each_passage_is_found_whole_or_by_its_signs() -> None:
    question = GENERATOR.integers(0, 256, (4, 24), np.uint8)
    same, other = question.tobytes(), bytes(~question[0]) * 2
    weights = np.array([0, 1, 2, 3], np.float32)
    near, far, unknown, silent = matches(question, weights, [same, other, None, b""])
    assert near.tolist() == [1.0, 1.0, 1.0]
    assert (far < near).all()
    assert np.isnan(unknown).all()
    assert (silent == 0).all()


def test_token_matches_are_those_of_comparing_each_pair() -> None:
    question = GENERATOR.integers(0, 256, (5, 24), np.uint8)
    passage = GENERATOR.integers(0, 256, (40, 24), np.uint8)
    differing = np.unpackbits(question[:, None] ^ passage[None], axis=2).sum(2)
    expected = (1 - 2 * differing.min(1) / 192).mean()
    (found,) = matches(question, np.ones(5, np.float32), [passage.tobytes()])
    assert found[0] == pytest.approx(expected, abs=1e-6)


def test_all_trees_are_walked_as_their_file_says(tmp_path: Path) -> None:
    trees = [
        [["b", 0.5, 1, 2], [1.0], ["a", -1.0, 3, 4], [10.0], [100.0]],
        [["a", 3.0, 1, 2], [0.25], [0.5]],
    ]
    file = tmp_path / "trees.json"
    file.write_text(json.dumps({"features": ["a", "b"], "trees": trees}))
    rows = np.array([[0, 0], [-2, 1], [4, 1], [3, 0.5]], np.float32)
    assert Forest.read(file).predict(rows).tolist() == [1.25, 10.25, 100.5, 1.25]


def test_a_feature_that_is_not_known_goes_the_way_of_the_larger(tmp_path: Path) -> None:
    file = tmp_path / "trees.json"
    file.write_text(json.dumps({"features": ["a"], "trees": [[["a", 0.0, 1, 2], [1.0], [2.0]]]}))
    assert Forest.read(file).predict(np.array([[np.nan]], np.float32)).tolist() == [2.0]


def test_probabilities_keep_the_order_of_the_scores() -> None:
    folder = Path(__file__).parents[3] / "assistant" / "retrieval"
    calibration = Calibration.read(folder / "calibration.json")
    assert calibration.weights[EVIDENCE.index("score")] > 0
    rows = GENERATOR.random((30, len(FEATURES))).astype(np.float32)
    scores = GENERATOR.normal(size=30).astype(np.float32)
    likely = calibration.probabilities(rows, scores)
    assert (np.argsort(likely) == np.argsort(scores)).all()
    assert ((likely > 0) & (likely < 1)).all()


@pytest.mark.parametrize("name", ["ranking.json", "ranking_without_tokens.json"])
def test_the_forests_in_use_ask_for_features_that_there_are(name: str) -> None:
    forest = Forest.read(Path(__file__).parents[3] / "assistant" / "retrieval" / name)
    assert forest.features == FEATURES
    asked_for = {FEATURES[i] for i in np.unique(forest.column)}
    assert any(one.startswith("tokens") for one in asked_for) == (name == "ranking.json")
