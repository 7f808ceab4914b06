"""Retrieval beside other tools: the same passages, the same embedder, one run.

    python -m benchmarks.peers ../shared/data mtrag_clapnq mtrag_fiqa --keep FOLDER

The passages are those of the product's own ingest into a library below FOLDER, which is used again
where it exists; their vectors and the questions' are handed to each tool in files. A tool runs in a
process of its own, in an environment of its own below FOLDER, made by pip; one that cannot be
installed or fails is named and left out. What a tool found is kept below FOLDER too, for the next
run. The tools know no conversations: they are asked the last question alone, and the whole history
with it. Printed is a table for `docs/benchmarks.md`.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import numpy as np

from assistant.backends import Backends, open_backends
from assistant.settings import Settings, read_settings
from benchmarks.forms import Form, forms_of
from benchmarks.peer_runs import ANSWERS, ENVIRONMENTS, PEERS, answers_of, environment
from benchmarks.peer_searches.exchange import PASSAGES, Texts, hand_over, read
from benchmarks.retrieval import AS_ASKED, PRODUCT, standing
from benchmarks.rows import Row, table
from cli.console import messages
from cli.evaluation.judged import SCHEME, JudgedSet, read_judged_set
from cli.evaluation.measuring import PASSAGES as DEPTH
from cli.evaluation.measuring import measure_questions, record_of
from cli.evaluation.records import QuestionRecord, RankedText
from cli.evaluation.retrieval import take_in_set


@dataclass(frozen=True, slots=True)
class Handover:
    """A set as it was handed over: which text each passage is of, and what embedding took."""

    judged: JudgedSet
    forms: Mapping[str, Form]
    text_of: Mapping[str, str]
    embedding_ms: Mapping[str, Mapping[str, float]]


def hand_over_set(judged: JudgedSet, backends: Backends, folder: Path) -> Handover:
    """Writes the passages and the questions in every form."""
    states = backends.library.ledger.states
    now = states.now()
    assert now is not None  # the set has just been taken in
    chunk_ids = sorted(chunk_id for chunk_id, _ in states.standing(now))
    found = standing(chunk_ids, backends)
    vectors = backends.snapshots.kept_vectors(chunk_ids)
    texts = [one.chunk.embedding_text for one in found.values()]
    hand_over(folder, PASSAGES, Texts(list(found), texts, np.stack([vectors[c] for c in found])))
    forms = forms_of(judged)
    return Handover(
        judged,
        forms,
        {chunk_id: one.source_uri.removeprefix(SCHEME) for chunk_id, one in found.items()},
        {form: _ask(judged, backends, form, make, folder) for form, make in forms.items()},
    )


def _ask(
    judged: JudgedSet, backends: Backends, name: str, form: Form, folder: Path
) -> dict[str, float]:
    """Writes the questions in one form; returns the milliseconds each one's embedding took."""
    texts, vectors, taken = [], [], {}
    for query in judged.queries:
        text = form(query, backends.encoder)
        started = perf_counter()
        vectors.append(np.asarray(backends.encoder.embed_query(text), dtype=np.float32))
        taken[query.query_id] = (perf_counter() - started) * 1000
        texts.append(text)
    hand_over(folder, name, Texts(list(taken), texts, np.stack(vectors)))
    return taken


def _rows(found: Path, handover: Handover) -> Iterator[Row]:
    queries = {query.query_id: query for query in handover.judged.queries}
    by_row: dict[tuple[str, str], list[QuestionRecord]] = {}
    for answer in read(found):
        form, query_id = answer["form"], answer["id"]
        texts = dict.fromkeys(handover.text_of[chunk_id] for chunk_id in answer["ranked"])
        ranked = [RankedText(id=one, score=1 / rank) for rank, one in enumerate(texts, start=1)]
        ms = answer["ms"] + handover.embedding_ms[form][query_id]
        record = record_of(queries[query_id], ranked, handover.judged, ms)
        by_row.setdefault((form, answer["search"]), []).append(record)
    for (form, search), records in sorted(by_row.items(), key=lambda one: _order(one[0], handover)):
        yield Row(form, search, records, list(handover.embedding_ms[form].values()))


def _order(row: tuple[str, str], handover: Handover) -> tuple[str, int]:
    form, search = row
    return search, list(handover.forms).index(form)


def product_row(judged: JudgedSet, backends: Backends) -> Row:
    """The product, asked for as many passages as its peers."""
    records = measure_questions(judged, backends, DEPTH, history=True, console=messages())
    return Row("the history as it is", PRODUCT, list(records))


def peers_rows(handover: Handover, folder: Path, keep: Path) -> Iterator[Row]:
    """The rows of every peer that can be installed and asked."""
    for peer in PEERS:
        try:
            python = environment(peer, keep / ENVIRONMENTS / peer.name.lower())
            yield from _rows(answers_of(peer, python, folder, keep / ANSWERS), handover)
        except subprocess.CalledProcessError as error:
            said = (error.stderr or "").strip().splitlines() or ["it said nothing"]
            print(f"\n{peer.name} is left out: {said[-1]}", file=sys.stderr)
        except subprocess.TimeoutExpired:
            print(f"\n{peer.name} is left out: it took too long", file=sys.stderr)


def spread(judged: JudgedSet, questions: int | None) -> JudgedSet:
    """The set with so many of its questions, spread evenly over it; with all for None."""
    if questions is None or questions >= len(judged.queries):
        return judged
    step = len(judged.queries) / questions
    return replace(
        judged, queries=tuple(judged.queries[int(number * step)] for number in range(questions))
    )


def report(folder: Path, keep: Path, questions: int | None) -> None:
    settings: Settings = read_settings().model_copy(update={"home": keep / folder.name})
    named = AS_ASKED if (folder / AS_ASKED).is_file() else None
    judged = spread(read_judged_set(folder, named, None), questions)
    with tempfile.TemporaryDirectory() as exchanged:
        with open_backends(settings, "benchmarks.peers") as backends:
            take_in_set(judged, backends, settings)
            reference = product_row(judged, backends)
            handover = hand_over_set(judged, backends, Path(exchanged))
        others = list(peers_rows(handover, Path(exchanged), keep))
    print(
        f"\n**{folder.name}**, {len(judged.queries)} questions, {len(handover.text_of)} passages\n"
    )
    print("\n".join(table([*others, reference], reference)), flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measures other tools beside the product.")
    parser.add_argument("data", type=Path, help="the folder that holds the sets")
    parser.add_argument("sets", nargs="+", help="folders below it, such as mtrag_clapnq")
    parser.add_argument("--keep", type=Path, required=True, help="for libraries and environments")
    parser.add_argument("--questions", type=int, help="a quick look: ask only so many of a set's")
    options = parser.parse_args(arguments)
    for name in options.sets:
        report(options.data / name, options.keep.resolve(), options.questions)


if __name__ == "__main__":
    main()
