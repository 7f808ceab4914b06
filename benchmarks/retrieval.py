"""Retrieval on judged sets: the product's ranking beside simpler ones over the same candidates.

    python -m benchmarks.retrieval ../shared/data mtrag_clapnq mtrag_fiqa --keep FOLDER

Each set is a folder with `corpus.jsonl`, `qrels.tsv` and query files; its corpus goes through the
product's own ingest into a library below FOLDER, which is used again where it exists. Printed is
a table for `docs/benchmarks.md`.
"""

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from assistant.backends import Backends, open_backends
from assistant.retrieval.candidates import Candidate
from assistant.retrieval.fusion import fuse
from assistant.retrieval.retriever import question_vector
from assistant.retrieval.standalone import resolve
from assistant.settings import read_settings
from assistant.types import Filters
from cli.evaluation.judged import SCHEME, JudgedSet, Query, read_judged_set
from cli.evaluation.metrics import mean, ndcg, recall
from cli.evaluation.retrieval import take_in_set

QUERIES = ("queries_lastturn.jsonl", "queries_rewrite.jsonl")
RECIPROCAL_RANK_K = 60

Ranking = Callable[[Sequence[Candidate]], list[Candidate]]


def by_words(candidates: Sequence[Candidate]) -> list[Candidate]:
    found = [one for one in candidates if one.bm25 is not None]
    return sorted(found, key=lambda one: -(one.bm25 or 0.0))


def by_meaning(candidates: Sequence[Candidate]) -> list[Candidate]:
    found = [one for one in candidates if one.cosine is not None]
    return sorted(found, key=lambda one: -(one.cosine or 0.0))


def by_reciprocal_rank(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Cormack, Clarke and Büttcher (2009)."""
    score: dict[str, float] = {}
    for ranking in (by_words(candidates), by_meaning(candidates)):
        for rank, one in enumerate(ranking, start=1):
            name = one.stored.chunk.chunk_id
            score[name] = score.get(name, 0.0) + 1 / (RECIPROCAL_RANK_K + rank)
    return sorted(candidates, key=lambda one: -score[one.stored.chunk.chunk_id])


def by_product(candidates: Sequence[Candidate]) -> list[Candidate]:
    return [one.candidate for one in fuse(candidates)]


RANKINGS: dict[str, Ranking] = {
    "words (BM25)": by_words,
    "meaning (dense)": by_meaning,
    "reciprocal rank": by_reciprocal_rank,
    "**Attaché**": by_product,
}


def rankings(query: Query, backends: Backends, *, with_history: bool) -> dict[str, list[str]]:
    """For each way of ranking, the documents by their best chunk."""
    question = resolve(query.text, query.history if with_history else ())
    vector = question_vector(question, backends.encoder)
    found = backends.retriever.search.find(vector, question.text, datetime.now(UTC), Filters())
    return {
        name: list(
            dict.fromkeys(one.stored.source_uri.removeprefix(SCHEME) for one in ranking(found))
        )
        for name, ranking in RANKINGS.items()
    }


def rows(
    judged: JudgedSet, backends: Backends, *, with_history: bool
) -> dict[str, tuple[float, float, float]]:
    """nDCG@5, nDCG@10 and recall@10 of each way of ranking."""
    values: dict[str, list[tuple[float, float, float]]] = {name: [] for name in RANKINGS}
    for query in judged.queries:
        gains = judged.judgements[query.query_id]
        for name, ranking in rankings(query, backends, with_history=with_history).items():
            values[name].append(
                (ndcg(ranking, gains, 5), ndcg(ranking, gains, 10), recall(ranking, gains, 10))
            )
    return {
        name: (mean([v[0] for v in each]), mean([v[1] for v in each]), mean([v[2] for v in each]))
        for name, each in values.items()
    }


def report(folder: Path, home: Path) -> None:
    settings = read_settings().model_copy(update={"home": home})
    with open_backends(settings, "benchmarks.retrieval") as backends:
        for file in QUERIES:
            judged = read_judged_set(folder, Path(file), None)
            take_in_set(judged, backends, settings)
            for with_history in (False, True) if file == QUERIES[0] else (False,):
                how = "with history" if with_history else "without history"
                print(f"\n{folder.name}, {file}, {how}, {len(judged.queries)} queries\n")
                print("| ranking | nDCG@5 | nDCG@10 | recall@10 |\n|---|---|---|---|")
                for name, each in rows(judged, backends, with_history=with_history).items():
                    print(f"| {name} | " + " | ".join(f"{value:.3f}" for value in each) + " |")


def main() -> None:
    parser = argparse.ArgumentParser(description="Compares ways of ranking on judged sets.")
    parser.add_argument("data", type=Path, help="the folder that holds the sets")
    parser.add_argument("sets", nargs="+", help="folders below it, such as mtrag_clapnq")
    parser.add_argument("--keep", type=Path, required=True, help="where the libraries are kept")
    options = parser.parse_args()
    for name in options.sets:
        report(options.data / name, options.keep / name)


if __name__ == "__main__":
    main()
