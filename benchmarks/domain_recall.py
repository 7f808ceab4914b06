"""How many of the domain's questions find a passage that answers, beside simpler searches.

    python -m benchmarks.domain_recall ../shared/data/documents HOME

`HOME` is a data directory into which the documents were ingested. A passage counts as found where
it overlaps one that answers; what the product ranks is shown beside dense search and beside
reciprocal rank fusion of both indexes, asked the last question and the history as given.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from assistant.backends import Backends, open_backends
from assistant.retrieval.topic import understood
from assistant.settings import read_settings
from assistant.types import ChunkId, Filters, Role, StoredChunk, Turn
from benchmarks.domain import Question, Span, domain_set_of
from cli.evaluation.metrics import mean

CUTS = (1, 5, 10)
DEPTH = 100
RECIPROCAL_RANK_K = 60


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures the domain's own questions.")
    parser.add_argument("documents", type=Path, help="the folder that was ingested")
    parser.add_argument("home", type=Path, help="the data directory of the library")
    options = parser.parse_args()
    made = domain_set_of(options.documents, options.home)
    settings = read_settings().model_copy(update={"home": options.home})
    hits: dict[str, list[tuple[str, int | None]]] = defaultdict(list)
    with open_backends(settings, "benchmarks.domain_recall") as backends:
        for question in made.questions:
            spans = made.spans.get(question.question_id, ())
            for name, found in rankings(question, backends):
                hits[name].append((question.kind, first_hit(found, spans, options.documents)))
    for line in table(hits):
        print(line)


def rankings(question: Question, backends: Backends) -> Iterator[tuple[str, Sequence[StoredChunk]]]:
    """What each search finds, best first."""
    now = datetime.now(UTC)
    vector = backends.encoder.embed_query(question.text)
    dense = [chunk for chunk, _ in backends.library.vectors.search(vector, DEPTH)]
    words = [chunk for chunk, _ in backends.library.lexical.search(question.text, DEPTH)]
    stored = backends.library.ledger.chunks([*dense, *words], now, Filters())
    yield "dense", [stored[one] for one in dense if one in stored]
    fused = reciprocal((dense, words))
    yield "reciprocal rank", [stored[one] for one in fused if one in stored]
    yield "**Attaché**", asked(question, backends, max(CUTS))


def asked(question: Question, backends: Backends, top_k: int = 5) -> list[StoredChunk]:
    """What the product finds for a question in its conversation, best first."""
    said = tuple(Turn(Role(one.role), one.text) for one in question.history)
    passages = backends.retriever.retrieve(
        understood(question.text, said, backends.encoder),
        as_of=datetime.now(UTC),
        top_k=top_k,
        filters=Filters(),
    )
    return [passage.stored for passage in passages]


def reciprocal(lists: Iterable[Sequence[ChunkId]]) -> list[ChunkId]:
    """Cormack, Clarke and Büttcher (2009)."""
    score: defaultdict[ChunkId, float] = defaultdict(float)
    for ranking in lists:
        for rank, one in enumerate(ranking, start=1):
            score[one] += 1 / (RECIPROCAL_RANK_K + rank)
    return sorted(score, key=lambda one: -score[one])


def first_hit(found: Sequence[StoredChunk], spans: Sequence[Span], documents: Path) -> int | None:
    """The rank from 1 of the first passage that overlaps one that answers."""
    wanted = {((documents.resolve() / one.source).as_uri(), one.start, one.end) for one in spans}
    for rank, stored in enumerate(found, start=1):
        chunk = stored.chunk
        for uri, start, end in wanted:
            if stored.source_uri == uri and chunk.start < end and start < chunk.end:
                return rank
    return None


def table(hits: Mapping[str, Sequence[tuple[str, int | None]]]) -> Iterator[str]:
    """Shares of the questions, all of them and by their kind."""
    kinds = sorted({kind for each in hits.values() for kind, _ in each})
    yield (
        "| search | "
        + " | ".join(f"in the first {k}" for k in CUTS)
        + " | "
        + (" | ".join(f"{kind}, first 5" for kind in kinds) + " |")
    )
    yield "|" + "---|" * (1 + len(CUTS) + len(kinds))
    for name, each in hits.items():
        cells = [_share([rank for _, rank in each], cut) for cut in CUTS]
        cells += [_share([rank for its, rank in each if its == kind], 5) for kind in kinds]
        yield f"| {name} | " + " | ".join(cells) + " |"


def _share(ranks: Sequence[int | None], cut: int) -> str:
    return f"{mean([float(rank is not None and rank <= cut) for rank in ranks]):.3f}"


if __name__ == "__main__":
    main()
