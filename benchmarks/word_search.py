"""Compares the word indexes: Tantivy's, and that of PostgreSQL, before the same second stage.

    python -m benchmarks.word_search DATA SET… --keep FOLDER --enough 5000 1000000000

The libraries are those that `benchmarks.retrieval` keeps, and `benchmarks.fit_ranking` of `squad2`
and `adhoc`; the words of each are written to the database that ATTACHE_DATABASE_URL names, into an
index that is removed afterwards. `--enough` is how many texts with the terms that weigh most
PostgreSQL ranks, at least. Of squad2 every question is asked that has an answer; `adhoc` is one
library that is asked in four ways (`benchmarks.adhoc`).
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean
from time import perf_counter

from sqlalchemy import text

from assistant.backends import Backends, open_backends
from assistant.errors import ConfigurationError
from assistant.library.completing import complete_postings
from assistant.library.database import Database
from assistant.library.ledger import open_ledger
from assistant.library.postgres_words import PostgresPlace, PostgresWords
from assistant.settings import Settings, read_settings
from benchmarks.adhoc import LIBRARY, one_library
from benchmarks.retrieval import AS_ASKED, product
from cli.evaluation.judged import JudgedSet, Query, read_corpus, read_judged_set, read_lines

METRICS = ("ndcg@5", "ndcg@10", "recall@10")


def measured(name: str, judged: JudgedSet, backends: Backends, settings: Settings) -> list[float]:
    """Prints the figures of a word index by itself and after the second stage; the latter."""
    took, hits = [], []
    for query in judged.queries:
        began = perf_counter()
        found = backends.library.lexical.search(query.text, 120)
        took.append(1000 * (perf_counter() - began))
        hits.append(len(found))
    row = product(judged, backends, settings, name, history=True)
    figures = [mean(one.metrics[each] for one in row.records) for each in METRICS]
    shown = "".join(f" {each} {figure:.4f}" for each, figure in zip(METRICS, figures, strict=True))
    median = sorted(took)[len(took) // 2]
    print(f"{name:<10} search p50 {median:.1f} ms, {mean(hits):.0f} found;{shown}", flush=True)
    return figures


def sets_of(folder: Path) -> Mapping[str, JudgedSet]:
    """What is asked of the library of this name, by how it is asked."""
    if folder.name == LIBRARY:
        return one_library(folder.parent)
    if (folder / "qrels.tsv").is_file():
        asked = AS_ASKED if (folder / AS_ASKED).is_file() else None
        return {folder.name: read_judged_set(folder, asked, None)}
    return {folder.name: _paragraphs(folder)}


def _paragraphs(folder: Path) -> JudgedSet:
    """Questions that are answered by the one paragraph that they were made of."""
    lines = [json.loads(line) for _, line in read_lines(folder / "queries.jsonl")]
    asked = [one for one in lines if one["answerable"]]
    queries = tuple(Query(one["_id"], one["text"], ()) for one in asked)
    gains = {one["_id"]: {one["source_passage"]: 1.0} for one in asked}
    return JudgedSet(tuple(read_corpus(folder / "corpus.jsonl")), queries, gains)


def compare(folder: Path, home: Path, server: Database, enough: Sequence[int]) -> None:
    place = PostgresPlace(server)
    settings = read_settings().model_copy(update={"home": home, "database_url": None})
    with open_backends(settings, "benchmarks.word_search") as backends:
        library = backends.library
        index = place.open(place.new_name("be7c"))
        try:
            began = perf_counter()
            complete_postings(index, library.ledger, library.ledger.catalogue.published())
            print(f"{index.count()} chunks indexed in {perf_counter() - began:.0f} s", flush=True)
            with server.write() as connection:
                connection.execute(text(f"ANALYZE {index.name}"))
            for name, judged in sets_of(folder).items():
                print(f"\n{name}, {len(judged.queries)} questions", flush=True)
                first = measured("Tantivy", judged, backends, settings)
                for number in enough:
                    bounded = PostgresWords(server, index.name, number)
                    former = library.indexes.lexical.exchange(bounded)
                    second = measured(f"{number} texts", judged, backends, settings)
                    library.indexes.lexical.exchange(former)
                    shares = zip(METRICS, first, second, strict=True)
                    told = ", ".join(f"{each} {b / a - 1:+.1%}" for each, a, b in shares)
                    print(f"difference: {told}", flush=True)
        finally:
            place.remove(index.name)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Compares the two word indexes.")
    parser.add_argument("data", type=Path, help="the folder that holds the sets")
    parser.add_argument("sets", nargs="+", help="folders below it, such as mtrag_clapnq")
    parser.add_argument("--keep", type=Path, required=True, help="where the libraries are kept")
    parser.add_argument("--enough", type=int, nargs="+", default=[5000])
    options = parser.parse_args(arguments)
    settings = read_settings()
    ledger = open_ledger(options.keep, settings.ledger_url)
    if ledger.server is None:
        raise ConfigurationError("Set ATTACHE_DATABASE_URL to a database that may be written to.")
    try:
        for name in options.sets:
            compare(options.data / name, options.keep / name, ledger.server, options.enough)
    finally:
        ledger.close()


if __name__ == "__main__":
    main()
