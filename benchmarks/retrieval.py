"""Retrieval on judged sets: the product beside the two searches it is made of, and their fusion.

    python -m benchmarks.retrieval ../shared/data mtrag_clapnq mtrag_fiqa --keep FOLDER

Each set is a folder with `corpus.jsonl`, `qrels.tsv` and query files; its corpus goes through the
product's own ingest into a library below FOLDER, which is used again where it exists. All search
the same passages with the same embedder. Printed is a table for `docs/benchmarks.md`; each row is
tested against the product, which is given the history as it is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from assistant.backends import Backends, open_backends
from assistant.settings import Settings, read_settings
from assistant.types import ChunkId, Filters, StoredChunk
from benchmarks.forms import Form, forms_of, last_question
from benchmarks.named_sets import over_sets
from benchmarks.rows import Row, table
from cli.console import messages
from cli.evaluation.judged import SCHEME, JudgedSet, read_judged_set
from cli.evaluation.measuring import PASSAGES, measure_questions, record_of
from cli.evaluation.records import QuestionRecord, RankedText
from cli.evaluation.retrieval import take_in_set

AS_ASKED = Path("queries_lastturn.jsonl")
REWRITTEN = Path("queries_rewrite.jsonl")
BY_PEOPLE = "as people rewrote it"
PRODUCT = "**Attaché**"
RECIPROCAL_RANK_K = 60

Scored = list[tuple[ChunkId, float]]
Search = Callable[[str], Scored]


@dataclass(frozen=True, slots=True)
class Baselines:
    """Searches that know nothing of conversations."""

    backends: Backends

    def words(self, text: str) -> Scored:
        """By BM25."""
        return self.backends.library.lexical.search(text, PASSAGES)

    def meaning(self, text: str) -> Scored:
        """By the cosine of the question's vector."""
        vector = self.backends.encoder.embed_query(text)
        return self.backends.library.vectors.search(vector, PASSAGES)

    def reciprocal_rank(self, text: str) -> Scored:
        """Cormack, Clarke and Büttcher (2009)."""
        score: dict[ChunkId, float] = {}
        for found in (self.words(text), self.meaning(text)):
            for rank, (chunk_id, _) in enumerate(found, start=1):
                score[chunk_id] = score.get(chunk_id, 0.0) + 1 / (RECIPROCAL_RANK_K + rank)
        return sorted(score.items(), key=lambda one: (-one[1], one[0]))

    def named(self) -> dict[str, Search]:
        """Each search by what the table calls it."""
        return {
            "words (BM25)": self.words,
            "meaning (dense)": self.meaning,
            "reciprocal rank": self.reciprocal_rank,
        }


def standing(chunk_ids: Sequence[ChunkId], backends: Backends) -> dict[ChunkId, StoredChunk]:
    """Those of the chunks that are of documents as they stand now, in the order given."""
    known = backends.library.ledger.chunks(chunk_ids, datetime.now(UTC), Filters())
    return {chunk_id: known[chunk_id] for chunk_id in chunk_ids if chunk_id in known}


def texts_of(found: Scored, backends: Backends) -> list[RankedText]:
    """The texts by their best chunk, best first."""
    scores = dict(found)
    best: dict[str, float] = {}
    for chunk_id, stored in standing(list(scores), backends).items():
        best.setdefault(stored.source_uri.removeprefix(SCHEME), scores[chunk_id])
    return [RankedText(id=text_id, score=score) for text_id, score in best.items()]


def searched(
    judged: JudgedSet, backends: Backends, form: Form, search: Search
) -> Iterator[QuestionRecord]:
    search(judged.queries[0].text)  # not counted: the first search opens what later ones find open
    for query in judged.queries:
        text = form(query, backends.encoder)
        started = perf_counter()
        ranked = texts_of(search(text), backends)
        yield record_of(query, ranked, judged, (perf_counter() - started) * 1000)


def product(
    judged: JudgedSet, backends: Backends, settings: Settings, asked: str, *, history: bool
) -> Row:
    records = measure_questions(
        judged, backends, settings.top_k, history=history, console=messages()
    )
    return Row(asked, PRODUCT, list(records))


def rows(folder: Path, backends: Backends, settings: Settings) -> tuple[list[Row], Row]:
    """Every row of a set, and the one that the others are tested against."""
    named = AS_ASKED if (folder / AS_ASKED).is_file() else None
    judged = read_judged_set(folder, named, None)
    take_in_set(judged, backends, settings)
    searches = Baselines(backends).named()
    forms = forms_of(judged)
    found = [
        Row(asked, name, list(searched(judged, backends, form, search)))
        for asked, form in forms.items()
        for name, search in searches.items()
    ]
    reference = product(judged, backends, settings, "the history as it is", history=True)
    found.append(reference)
    if len(forms) > 1:
        found.append(product(judged, backends, settings, "the last question", history=False))
    if (folder / REWRITTEN).is_file():
        rewritten = read_judged_set(folder, REWRITTEN, None)
        found += [
            Row(BY_PEOPLE, name, list(searched(rewritten, backends, last_question, search)))
            for name, search in searches.items()
        ]
        found.append(product(rewritten, backends, settings, BY_PEOPLE, history=False))
    return found, reference


def report(folder: Path, home: Path) -> None:
    settings = read_settings().model_copy(update={"home": home})
    with open_backends(settings, "benchmarks.retrieval") as backends:
        found, reference = rows(folder, backends, settings)
    print(f"\n**{folder.name}**, {len(reference.records)} questions\n")
    print("\n".join(table(found, reference)), flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    over_sets("Compares ways of ranking on judged sets.", report, arguments)


if __name__ == "__main__":
    main()
