"""What the second stage is fitted on: the candidates of every question of the development sets.

A conversational set is asked in three ways: the last turn with its history, that turn as people
rewrote it to stand by itself, and a sentence of the answer as a statement to be found again.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.backends import Backends, open_backends
from assistant.ports import Occurrences
from assistant.retrieval.asking import ask
from assistant.retrieval.candidates import Candidate
from assistant.retrieval.features import Asked, Compared, features
from assistant.retrieval.places import frequencies
from assistant.retrieval.standalone import resolve
from assistant.settings import read_settings
from assistant.types import Filters, Role, Turn
from benchmarks.adhoc import LIBRARY, one_library, statements
from cli.evaluation.judged import SCHEME, JudgedSet, Query, read_corpus, read_judged_set, read_lines
from cli.evaluation.retrieval import take_in_set
from ingest.sources import Source

Floats = NDArray[np.float32]

CONVERSATIONS = ("mtrag_clapnq", "mtrag_fiqa", "mtrag_cloud")
MORE = {"mtrag_clapnq": "mtrag_un_clapnq", "mtrag_fiqa": "mtrag_un_fiqa"}
LAST_TURN, REWRITTEN = Path("queries_lastturn.jsonl"), Path("queries_rewrite.jsonl")
MOST_GOLDEN = 8
"""More passages than these are marked for a question that is about a whole subject."""
SINGLE_TURN = 400
RECIPROCAL_RANK_K = 60
FEW = ", few passages"
"""What the name of a set ends on whose questions are asked of a few of their candidates."""
MOST_OF_FEW = 13
_ANSWERED = 0.7


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The candidates of one question: features, whether each answers, and its document.

    `fused` are their scores by reciprocal rank fusion.
    """

    features: Floats
    fused: Floats
    answers: NDArray[np.bool_]
    documents: tuple[str, ...]
    gains: Mapping[str, float]


Sets = Mapping[str, Sequence[Rows]]


def gathered(data: Path, keep: Path, others: int | None) -> tuple[Sets, Sets]:
    """The candidates of what trees are fitted on, and of what none are fitted on, by set."""
    sets: dict[str, list[Rows]] = {}
    for name in CONVERSATIONS:
        asked = _conversational(data, name)
        corpus = asked[name].corpus
        if others is not None:
            corpus = _drawn(
                corpus, {text for one in asked.values() for text in _golden(one)}, others
            )
        sets |= _library(asked, keep / name, corpus)
    single = _squad(data / "squad2")
    sets |= _library({"squad2": single}, keep / "squad2", single.corpus)
    asked = one_library(data)
    return sets, _library(asked, keep / LIBRARY, next(iter(asked.values())).corpus)


def _conversational(data: Path, name: str) -> dict[str, JudgedSet]:
    """What is asked of a conversational set's texts, in each way."""
    found = {
        name: read_judged_set(data / name, LAST_TURN, None),
        f"{name}, rewritten": read_judged_set(data / name, REWRITTEN, None),
        f"{name}, statements": statements(data / name),
    }
    # A rewritten turn is asked without what was said before it.
    found[f"{name}, rewritten"] = _alone(found[f"{name}, rewritten"])
    if name in MORE:
        found[MORE[name]] = _more(data, domain(name))
    return found


def _alone(judged: JudgedSet) -> JudgedSet:
    return replace(judged, queries=tuple(replace(one, history=()) for one in judged.queries))


def _more(data: Path, name: str) -> JudgedSet:
    """Further turns of conversations over the texts of another set."""
    queries: list[Query] = []
    judgements: dict[str, dict[str, float]] = {}
    for _, line in read_lines(data / "mtrag_un" / "tasks.jsonl"):
        task = json.loads(line)
        golden = {one["doc_id"]: 1.0 for one in task["gold_passages"]}
        if task["domain"] == name and 0 < len(golden) <= MOST_GOLDEN:
            said = tuple(Turn(Role(one["role"]), one["text"]) for one in task["history"])
            queries.append(Query(task["task_id"], task["question"], said))
            judgements[task["task_id"]] = golden
    return JudgedSet((), tuple(queries), judgements)


def _golden(judged: JudgedSet) -> Iterator[str]:
    return (text for gains in judged.judgements.values() for text in gains)


def _drawn(corpus: Sequence[Source], golden: set[str], others: int) -> tuple[Source, ...]:
    """Every text that answers anything, and so many others."""
    shuffled = [*corpus]
    random.Random(3).shuffle(shuffled)
    answering = [one for one in shuffled if one.uri.removeprefix(SCHEME) in golden]
    rest = [one for one in shuffled if one.uri.removeprefix(SCHEME) not in golden]
    return (*answering, *rest[:others])


def domain(name: str) -> str:
    """What a set is about: sets of one domain are never fitted on for each other."""
    return name.partition(",")[0].removesuffix("_answers").rpartition("_")[2]


def _squad(folder: Path) -> JudgedSet:
    """Questions without a conversation; half of them have no answer."""
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    some = random.Random(1).sample([json.loads(line) for line in lines], SINGLE_TURN)
    judgements = {
        one["_id"]: {one["source_passage"]: 1.0} if one["answerable"] else {} for one in some
    }
    queries = tuple(Query(one["_id"], one["text"], ()) for one in some)
    return JudgedSet(tuple(read_corpus(folder / "corpus.jsonl")), queries, judgements)


def _library(
    asked: Mapping[str, JudgedSet], home: Path, corpus: Sequence[Source]
) -> dict[str, list[Rows]]:
    """The candidates in one library of what is asked of it."""
    settings = read_settings().model_copy(update={"home": home})
    with open_backends(settings, "benchmarks.fit_ranking") as backends:
        take_in_set(JudgedSet(tuple(corpus), (), {}), backends, settings)
        found: dict[str, list[Rows]] = {}
        for name, judged in asked.items():
            for query in judged.queries:
                gains = judged.judgements.get(query.query_id, {})
                whole, few = _question(query, gains, backends)
                found.setdefault(name, []).append(whole)
                found.setdefault(f"{name}{FEW}", []).append(few)
        return found


def _question(query: Query, gains: Mapping[str, float], backends: Backends) -> list[Rows]:
    """The candidates in the whole library, and some of them as a library by themselves."""
    question, now = resolve(query.text, query.history), datetime.now(UTC)
    retriever = backends.retriever
    searched = retriever.search.at(now, Filters())
    assert searched is not None
    asking = ask(question, backends.encoder, searched.lexical)
    found = retriever.candidates(searched, asking.asked, question)
    known = retriever.search.ledger.chunks([c.chunk_id for c in found.candidates], now, Filters())
    names = tuple(one.source_uri.removeprefix(SCHEME) for one in known.values())
    answers = np.array([gains.get(name, 0) > 0 for name in names])
    compared = retriever.ranker.compared(asking, found)
    rows = features(asking.asked, compared)
    whole = Rows(rows, _fused(found.candidates), answers, names, gains)
    return [whole, _narrowed(asking.asked, compared, whole, query.query_id)]


def _narrowed(asked: Asked, compared: Compared, whole: Rows, seed: str) -> Rows:
    """A few of the candidates as a filter or a small library leaves them.

    Where little is searched, no word is rare and none of the others is far behind: trees that know
    only large libraries take what answers there for unlikely.
    """
    drawn = random.Random(seed)
    count = len(whole.answers)
    few = drawn.sample(range(count), min(count, drawn.randint(1, MOST_OF_FEW - 1)))
    answering = np.flatnonzero(whole.answers).tolist()
    if answering and drawn.random() < _ANSWERED:
        few.append(drawn.choice(answering))
    kept = np.array(sorted({*few}), np.int64)
    texts, titles = _some(compared.texts, kept), _some(compared.titles, kept)
    terms = asked.looked_for()
    within = (frequencies(texts, len(terms)) > 0).sum(0)
    rare = np.log(1 + (len(kept) - within + 0.5) / (within + 0.5)).astype(np.float32)
    own, carried = len(asked.terms), len(asked.carried)
    narrowed = replace(asked, rarity=rare[:own], carried_rarity=rare[own : own + carried])
    part = Compared(
        vectors=compared.vectors[kept],
        texts=texts,
        titles=titles,
        documents=[compared.documents[i] for i in kept],
        tokens=compared.tokens[kept],
    )
    documents = tuple(whole.documents[i] for i in kept)
    gains = {name: whole.gains[name] for name in documents if whole.gains.get(name, 0) > 0}
    rows = features(narrowed, part)
    return Rows(rows, whole.fused[kept], whole.answers[kept], documents, gains)


def _some(found: Occurrences, kept: NDArray[np.int64]) -> Occurrences:
    """The places in some of the texts, which are numbered anew."""
    number = np.full(len(found.lengths), -1)
    number[kept] = np.arange(len(kept))
    here = number[found.texts] >= 0
    texts = number[found.texts[here]]
    return Occurrences(texts, found.terms[here], found.places[here], found.lengths[kept])


def _fused(candidates: Sequence[Candidate]) -> Floats:
    """Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009) of the two lists."""
    total = np.zeros(len(candidates), np.float32)
    for scores in ([one.cosine for one in candidates], [one.bm25 for one in candidates]):
        known = np.array([-1.0 if score is None else score for score in scores])
        ranks = np.argsort(np.argsort(-known, kind="stable"), kind="stable") + 1
        total += np.where(known > 0, 1 / (RECIPROCAL_RANK_K + ranks), 0.0).astype(np.float32)
    return total
