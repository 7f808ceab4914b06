"""What a rewritten question gains beside the history, and how the two are best put together.

    python -m benchmarks.rewrites ../shared/data mtrag_clapnq mtrag_fiqa --keep FOLDER

Each set is a folder as `benchmarks.retrieval` takes it, with questions as asked, with their
history, and as people rewrote them: the best that a chat model could do. Libraries below FOLDER
are used again. Printed is a table for `docs/benchmarks.md`; each row is tested against the
product, which is given the history as it is.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import fmean
from time import perf_counter

from assistant.backends import Backends, open_backends
from assistant.retrieval.asking import ask
from assistant.retrieval.joining import Join, joined
from assistant.retrieval.passages import assemble
from assistant.retrieval.ranking import Ranked
from assistant.retrieval.standalone import resolve
from assistant.retrieval.topic import understood
from assistant.settings import read_settings
from assistant.types import Filters, StandaloneQuestion
from benchmarks.named_sets import over_sets
from benchmarks.retrieval import AS_ASKED, REWRITTEN
from benchmarks.rows import Row, table
from cli.evaluation.judged import JudgedSet, Query, read_judged_set
from cli.evaluation.measuring import PASSAGES, best_of_each, record_of
from cli.evaluation.records import QuestionRecord, RankedText
from cli.evaluation.retrieval import take_in_set

Way = Callable[[Query, str], list[Ranked]]


def ranked(question: StandaloneQuestion, backends: Backends) -> list[Ranked]:
    """Every candidate as the product's second stage orders it."""
    retriever = backends.retriever
    searched = retriever.search.at(datetime.now(UTC), Filters())
    if searched is None:
        return []
    asking = ask(question, backends.encoder, searched.lexical)
    found = retriever.candidates(searched, asking.asked, question)
    return retriever.ranker.rank(asking, found)


def ways(backends: Backends) -> dict[str, Way]:
    """Each way by what the table calls it."""

    def history(query: Query, _: str) -> list[Ranked]:
        return ranked(understood(query.text, query.history, backends.encoder), backends)

    def alone(_: Query, rewrite: str) -> list[Ranked]:
        return ranked(resolve(rewrite, ()), backends)

    def within(query: Query, rewrite: str) -> list[Ranked]:
        return ranked(understood(rewrite, query.history, backends.encoder), backends)

    def both(join: Join, query: Query, rewrite: str) -> list[Ranked]:
        return joined([history(query, rewrite), alone(query, rewrite)], join)

    def all_three(query: Query, rewrite: str) -> list[Ranked]:
        return joined([way(query, rewrite) for way in (history, alone, within)])

    def within_twice(query: Query, rewrite: str) -> list[Ranked]:
        return joined([history(query, rewrite), within(query, rewrite)])

    return {
        "the history as it is": history,
        "the rewrite alone": alone,
        "the rewrite, within the history": within,
        "both, by the better score": partial(both, max),
        "both, by the mean score": partial(both, fmean),
        "the question and the rewrite, both within the history, by the mean": within_twice,
        "all three, by the mean": all_three,
    }


def searched(
    judged: JudgedSet, rewrites: Mapping[str, str], backends: Backends, way: Way
) -> Iterator[QuestionRecord]:
    """A record of each question."""
    way(judged.queries[0], rewrites[judged.queries[0].query_id])  # not counted: it opens the stores
    for query in judged.queries:
        started = perf_counter()
        found = way(query, rewrites[query.query_id])
        ms = (perf_counter() - started) * 1000
        yield record_of(query, texts_of(found, backends), judged, ms)


def texts_of(found: Sequence[Ranked], backends: Backends) -> list[RankedText]:
    """The texts in the order in which the product shows them."""
    retriever, read = backends.retriever, backends.library.ledger.span
    searched = retriever.search.at(datetime.now(UTC), Filters())
    chunks = [] if searched is None else retriever.with_texts(searched, found)
    return best_of_each(assemble(chunks, PASSAGES, read=read, cosine=lambda one: one.cosine or 0.0))


def report(folder: Path, home: Path) -> None:
    """Prints the table of one set."""
    settings = read_settings().model_copy(update={"home": home})
    judged = read_judged_set(folder, AS_ASKED, None)
    rewrites = {q.query_id: q.text for q in read_judged_set(folder, REWRITTEN, None).queries}
    with open_backends(settings, "benchmarks.rewrites") as backends:
        take_in_set(judged, backends, settings)
        rows = [
            Row(name, "**Attaché**", list(searched(judged, rewrites, backends, way)))
            for name, way in ways(backends).items()
        ]
    print(f"\n**{folder.name}**, {len(judged.queries)} questions\n")
    print("\n".join(table(rows, rows[0])), flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures every set that is named."""
    over_sets("Compares ways of using a rewritten question.", report, arguments)


if __name__ == "__main__":
    main()
