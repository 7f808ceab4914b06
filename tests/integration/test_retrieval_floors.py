"""What retrieval must reach on the development data, through the product's own ingest.

Nothing was fitted on the claims and on the domain's questions. The conversations were seen by the
trees in use, so their floor tells of a loss, not how good a stranger finds them: that is told by
`benchmarks.fit_ranking`, which leaves a domain out.
"""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.backends import Backends, open_backends
from assistant.settings import Settings
from benchmarks.adhoc import one_library
from benchmarks.domain import Question, domain_set_of, read_questions
from benchmarks.domain_recall import asked, first_hit
from benchmarks.retrieval import Baselines, texts_of
from cli.evaluation.judged import SCHEME, JudgedSet, read_judged_set
from cli.evaluation.measuring import best_of_each, passages_for
from cli.evaluation.metrics import mean, ndcg
from cli.evaluation.retrieval import take_in_set
from tests.integration.commands import ATTACHE, environment

pytestmark = pytest.mark.data

CONVERSATIONS = 0.68
"""nDCG@5 of the last turn among the passages that answer any."""
DOMAIN = 0.90
"""Recall@5 of our own questions over one folder of the documents."""
TOP, ASKED = 10, 100
HISTORY = "state_milestones"
LAST_TURN = Path("queries_lastturn.jsonl")


@contextmanager
def taken_in(home: Path, judged: JudgedSet) -> Iterator[Backends]:
    """A library of the texts of a set."""
    settings = Settings(home=home, starter=False)
    with open_backends(settings, "a test") as backends:
        take_in_set(judged, backends, settings)
        yield backends


@pytest.fixture(scope="module")
def adhoc(
    tmp_path_factory: pytest.TempPathFactory, development_data: Path
) -> Iterator[tuple[dict[str, JudgedSet], Backends]]:
    """What is asked of one library of claims' evidence and passages of an encyclopedia."""
    judged = one_library(development_data)
    every = next(iter(judged.values()))
    # Without the paragraphs of squad2, which make half of it.
    texts = tuple(one for one in every.corpus if not one.uri.startswith(f"{SCHEME}s:"))
    with taken_in(tmp_path_factory.mktemp("adhoc"), replace(every, corpus=texts)) as backends:
        yield judged, backends


def found(judged: JudgedSet, backends: Backends) -> list[list[str]]:
    """What the product finds for each question, best first."""
    passages = (passages_for(query, backends, TOP) for query in judged.queries)
    return [[one.text_id for one in best_of_each(some)] for some in passages]


def fused(judged: JudgedSet, backends: Backends) -> list[list[str]]:
    """What plain reciprocal rank fusion of both indexes finds."""
    searches = Baselines(backends)
    rankings = (searches.reciprocal_rank(query.text) for query in judged.queries)
    return [[one.text_id for one in texts_of(ranking, backends)] for ranking in rankings]


def reached(judged: JudgedSet, rankings: Sequence[Sequence[str]], depth: int) -> float:
    """Their nDCG at a depth."""
    asked = zip(judged.queries, rankings, strict=True)
    return mean([ndcg(one, judged.judgements[query.query_id], depth) for query, one in asked])


@pytest.mark.parametrize(
    ("kind", "floor", "gain"),
    [
        ("expertqa_claims, claims", 0.87, 0.02),
        ("expertqa_claims, questions", 0.82, 0.02),
        ("clapnq_answers, questions", 0.97, 0.0),
    ],
)
def test_claims_and_questions_by_themselves_find_more_than_plain_fusion_does(
    adhoc: tuple[dict[str, JudgedSet], Backends], kind: str, floor: float, gain: float
) -> None:
    sets, backends = adhoc
    some = replace(sets[kind], queries=sets[kind].queries[:ASKED])
    own, plain = (reached(some, find(some, backends), 10) for find in (found, fused))
    assert own >= floor
    assert own >= plain + gain


def test_conversations_find_what_they_found(tmp_path: Path, development_data: Path) -> None:
    judged = read_judged_set(development_data / "mtrag_clapnq", LAST_TURN, None)
    wanted = {name for gains in judged.judgements.values() for name in gains}
    texts = tuple(one for one in judged.corpus if one.uri.removeprefix(SCHEME) in wanted)
    some = replace(judged, corpus=texts)
    with taken_in(tmp_path, some) as backends:
        assert reached(some, found(some, backends), 5) >= CONVERSATIONS


def test_questions_of_the_domain_find_what_answers_them(
    tmp_path: Path, development_data: Path
) -> None:
    documents = development_data / "documents"
    run = subprocess.run(
        [ATTACHE, "ingest", documents / HISTORY, "--json"],
        env=environment(tmp_path, ATTACHE_STARTER="false"),
        capture_output=True,
        timeout=1800,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    made = domain_set_of(documents, tmp_path, [one for one in read_questions() if _historical(one)])
    assert not made.missing
    with open_backends(Settings(home=tmp_path, starter=False), "a test") as backends:
        ranks = [
            first_hit(asked(one, backends), made.spans[one.question_id], documents)
            for one in made.questions
        ]
    assert mean([float(rank is not None) for rank in ranks]) >= DOMAIN


def _historical(question: Question) -> bool:
    return all(one.source.startswith(HISTORY) for one in question.passages)
