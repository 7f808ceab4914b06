"""Makes the forests that choose sentences and tell whether the library answers.

    python -m benchmarks.fit_answers ../shared/data HOME --keep FOLDER [--write]

Needs LightGBM (`pip install lightgbm`), which the product does not. Each set's texts are taken into
a library below FOLDER by the product's own ingest and asked with the product's own retrieval; HOME
is a data directory into which `documents` of the data folder was ingested. The first forest says
how likely a sentence belongs to the answer: from clapnq_answers (what people chose, of the passage
alone and of what is found) and squad2 (the sentence that holds the answer).
The second says how likely the library answers at all: from these, from questions of one set asked
of another, from the conversations of mtrag_un, and from the domain's questions and foreign ones.
`fit_refusal` then weighs it beside the best passage's score, and finds where to refuse. Printed is
what they reach on questions they have not seen, five parts in turn, and on sets whose questions the
weights have not seen; with `--write` what all were fitted on takes the place of those in use.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answers.answerable import ANSWER_FEATURES, answer_features
from assistant.answers.features import SENTENCE_FEATURES, Asked, Shown, sentence_features
from assistant.answers.question import read_form
from assistant.answers.reading import Reader
from assistant.answers.scoring import likely
from assistant.backends import Backends, open_backends
from assistant.ports import TokenEncoder
from assistant.retrieval.topic import understood
from assistant.settings import read_settings
from assistant.types import Filters, FoundChunk, Passage, Role, StandaloneQuestion, Turn
from benchmarks import fit_refusal
from benchmarks.domain import domain_set_of
from benchmarks.trees import nodes
from cli.evaluation.judged import JudgedSet, read_corpus, read_lines
from cli.evaluation.retrieval import take_in_set

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

OUT = Path(__file__).parents[1] / "assistant" / "answers"
PARTS = 5
TOP_K = 8
# squad2's unanswerable questions were made to deceive; few people ask such.
TRUST = {"sentence": {"squad2": 0.1}, "answer": {"squad2": 0.7}}
TREES = {"sentence": 150, "answer": 200}
LEAVES = {"sentence": 4, "answer": 6}
SHAPE = {
    "objective": "binary",
    "learning_rate": 0.05,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
    "verbose": -1,
    "deterministic": True,
    "num_threads": 1,
}
Marked = Callable[[FoundChunk, int, int], bool]
"""Whether `[start, end)` of a chunk's text belongs to the answer."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A question with the features of the sentences found; `chosen` is None where nobody chose.

    `score` is that of the best passage, which is weighed beside the second forest.

    Examples of one `group` are never on both sides of a fit.
    """

    source: str
    group: str
    asked: Asked
    shown: tuple[Shown, ...]
    rows: Floats
    chosen: Flags | None
    answerable: bool
    score: float


def main() -> None:
    parser = argparse.ArgumentParser(description="Fits what is chosen and when it is refused.")
    parser.add_argument("data", type=Path, help="the folder that holds the sets")
    parser.add_argument("--keep", type=Path, required=True, help="where the libraries are kept")
    parser.add_argument("--write", action="store_true", help="replace what is in use")
    parser.add_argument("home", type=Path, help="the data directory of the domain's library")
    options = parser.parse_args()
    made = [*examples(options.data, options.keep), *domain_examples(options.data, options.home)]
    print(Counter((one.source, one.answerable) for one in made))
    chances = held_out(made, "sentence", [_sentence_rows(one) for one in made])
    rows = [
        (answer_features(one.asked, one.shown, one.rows, likely(c).tolist())[None], None)
        for one, c in zip(made, chances, strict=True)
    ]
    answers = [(row, np.array([one.answerable])) for (row, _), one in zip(rows, made, strict=True)]
    scores = np.concatenate(held_out(made, "answer", answers))
    rows_of = fit_refusal.evidence(likely(scores).tolist(), [one.score for one in made])
    weights, limits = refusal(made, rows_of)
    chosen_by(made, [likely(one) for one in chances])
    if options.write:
        fit_refusal.write(weights, limits)
        write("sentence", SENTENCE_FEATURES, made, [_sentence_rows(one) for one in made])
        write("answer", ANSWER_FEATURES, made, answers)


def examples(data: Path, keep: Path) -> Iterator[Example]:
    clap = [json.loads(line) for _, line in read_lines(data / "clapnq_answers" / "items.jsonl")]
    with library(keep, "clapnq_answers", data / "clapnq_answers" / "passages.jsonl") as asking:
        for item in clap:
            yield from asking.chosen(item)
    squad = [json.loads(line) for _, line in read_lines(data / "squad2" / "queries.jsonl")]
    with library(keep, "squad2", data / "squad2" / "corpus.jsonl") as asking:
        for query in squad:
            yield asking.held(query)
        for item in clap:
            yield asking.example("foreign", str(item["_id"]), str(item["question"]), (), False)
    tasks = [json.loads(line) for _, line in read_lines(data / "mtrag_un" / "tasks.jsonl")]
    for domain in ("clapnq", "fiqa"):
        name = f"mtrag_{domain}"
        with library(keep, name, data / name / "corpus.jsonl") as asking:
            for task in tasks:
                if task["domain"] == domain and task["answerability"] != "UNDERSPECIFIED":
                    yield asking.turn(task)
            for _, line in read_lines(data / name / "conversations.jsonl"):
                yield from asking.conversation(json.loads(line))


def domain_examples(data: Path, home: Path) -> Iterator[Example]:
    """Our own questions about the domain's documents, and those of clapnq_answers asked of them."""
    own = domain_set_of(data / "documents", home).questions
    settings = read_settings().model_copy(update={"home": home})
    with open_backends(settings, "benchmarks.fit_answers") as backends:
        asking = Asking(backends)
        for one in own:
            said = tuple(Turn(Role(turn.role), turn.text) for turn in one.history)
            yield asking.example("domain", f"domain {one.question_id}", one.text, said, True)
        for _, line in read_lines(data / "clapnq_answers" / "items.jsonl"):
            item = json.loads(line)
            yield asking.example("domain", str(item["_id"]), str(item["question"]), (), False)


@contextmanager
def library(keep: Path, name: str, corpus: Path) -> Iterator["Asking"]:
    """A set's texts in a library, to be asked."""
    settings = read_settings().model_copy(update={"home": keep / name})
    with open_backends(settings, "benchmarks.fit_answers") as backends:
        take_in_set(JudgedSet(tuple(read_corpus(corpus)), (), {}), backends, settings)
        yield Asking(backends)


class Asking:
    """Questions to one library, with what is found and how it is judged."""

    def __init__(self, backends: Backends) -> None:
        assert isinstance(backends.encoder, TokenEncoder)
        self._backends = backends
        self._reader = Reader(backends.encoder, backends.library.ledger.token_signs)

    def example(
        self,
        source: str,
        group: str,
        text: str,
        history: Sequence[Turn],
        answerable: bool,
        marked: Marked | None = None,
        alone: str | None = None,
    ) -> Example:
        """What is found for a question; with `alone`, only in the source that is so called."""
        question = understood(text, history, self._backends.encoder)
        found = self._found(question, alone)
        tokens = self._reader.ask(question)
        asked = Asked(question.text, read_form(question.text), tokens)
        chunks = [chunk for passage in found for chunk in passage.chunks]
        read = self._reader.read(tokens, [chunk.stored for chunk in chunks])
        shown = tuple(Shown(r, c.cosine) for r, c in zip(read, chunks, strict=True))
        chosen = None
        if marked is not None:
            flags = [
                marked(chunk, part.start, part.end)
                for chunk, reading in zip(chunks, read, strict=True)
                for part in reading.parts
            ]
            chosen = np.array(flags, bool)
        rows = sentence_features(asked, shown)
        score = max((one.score for one in found), default=0.0)
        return Example(source, group, asked, shown, rows, chosen, answerable, score)

    def _found(self, question: StandaloneQuestion, alone: str | None) -> list[Passage]:
        found = self._backends.retriever.retrieve(
            question,
            as_of=datetime.now(UTC),
            top_k=TOP_K if alone is None else 50,
            filters=Filters(),
        )
        if alone is None:
            return found
        return [one for one in found if one.stored.source_uri.endswith(alone)]

    def chosen(self, item: Mapping[str, Any]) -> Iterator[Example]:
        """A question of clapnq_answers, asked of its passage alone and of all."""
        picked = {one for each in item["selected_sentences"] for one in each}
        spans = list(spans_of(item["passage"], item["sentences"]))
        wanted = [s for s, text in zip(spans, item["sentences"], strict=True) if text in picked]

        def marked(found: FoundChunk, start: int, end: int) -> bool:
            if not found.stored.source_uri.endswith(item["passage_id"]):
                return False
            offset = found.stored.chunk.start
            inside = sum(max(0, min(end + offset, b) - max(start + offset, a)) for a, b in wanted)
            return bool(inside * 2 > end - start)

        for source, alone in (("clapnq", item["passage_id"]), ("clapnq_all", None)):
            yield self.example(
                source, item["_id"], item["question"], (), item["answerable"], marked, alone
            )

    def held(self, query: Mapping[str, Any]) -> Example:
        """A question of squad2."""

        def marked(found: FoundChunk, start: int, end: int) -> bool:
            text = found.stored.chunk.text[start:end]
            here = found.stored.source_uri.endswith(query["source_passage"])
            return bool(here and any(answer in text for answer in query["answers"]))

        group = query["source_passage"].partition("#")[0]
        return self.example("squad2", group, query["text"], (), query["answerable"], marked)

    def turn(self, task: Mapping[str, Any]) -> Example:
        """A turn of a conversation of mtrag_un."""
        said = tuple(Turn(Role(one["role"]), one["text"]) for one in task["history"])
        answerable = task["answerability"] != "UNANSWERABLE"
        return self.example("mtrag_un", task["conversation_id"], task["question"], said, answerable)

    def conversation(self, talk: Mapping[str, Any]) -> Iterator[Example]:
        """The turns of a conversation of mtrag."""
        said: list[Turn] = []
        for turn in talk["turns"]:
            if turn["answerability"] != "CONVERSATIONAL":
                answerable = turn["answerability"] in ("ANSWERABLE", "PARTIAL")
                group = str(talk["conversation_id"])
                yield self.example("mtrag", group, turn["user"], said, answerable)
            said += [Turn(Role.USER, turn["user"]), Turn(Role.ASSISTANT, turn["reference_answer"])]


def spans_of(text: str, sentences: Sequence[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for sentence in sentences:
        start = text.find(sentence, at)
        start = at if start < 0 else start
        at = start + len(sentence)
        yield start, at


def _sentence_rows(one: Example) -> tuple[Floats, Flags | None]:
    known = one.chosen is not None and one.chosen.any()
    return one.rows, one.chosen if known else None


Rows = Sequence[tuple[Floats, Flags | None]]


def fitted(kind: str, made: Sequence[Example], rows: Rows) -> Any:
    """Trees over the rows that are labelled."""
    trust = TRUST[kind]
    lightgbm = import_module("lightgbm")
    known = [(e.source, r, c) for e, (r, c) in zip(made, rows, strict=True) if c is not None]
    counts = Counter(source for source, r, _ in known for _ in range(len(r)))
    weights = [
        np.full(len(r), trust.get(source, 1.0) * 1000 / counts[source]) for source, r, _ in known
    ]
    weight = np.concatenate(weights)
    data = lightgbm.Dataset(
        np.concatenate([r for _, r, _ in known]),
        np.concatenate([c for _, _, c in known]).astype(int),
        weight=weight * len(weight) / weight.sum(),
    )
    return lightgbm.train({**SHAPE, "num_leaves": LEAVES[kind], "seed": 1}, data, TREES[kind])


def held_out(made: Sequence[Example], kind: str, rows: Rows) -> list[Floats]:
    """The scores of all rows by trees that have seen nothing of their group."""
    part = _parts(made).tolist()
    scores: list[Floats] = [np.zeros(0, np.float32)] * len(made)
    for number in range(PARTS):
        seen = [i for i in range(len(made)) if part[i] != number]
        trees = fitted(kind, [made[i] for i in seen], [rows[i] for i in seen])
        for i in range(len(made)):
            if part[i] == number and len(rows[i][0]):
                scores[i] = trees.predict(rows[i][0], raw_score=True)
    return scores


def _parts(made: Sequence[Example]) -> NDArray[np.int64]:
    """Which part each example is tried in, those of a group in one."""
    groups = sorted({one.group for one in made})
    order = np.random.default_rng(7).permutation(len(groups))
    part = {groups[i]: number % PARTS for number, i in enumerate(order.tolist())}
    return np.array([part[one.group] for one in made])


def write(kind: str, names: Sequence[str], made: Sequence[Example], rows: Rows) -> None:
    trees = fitted(kind, made, rows).dump_model()["tree_info"]
    lines = ",\n".join(json.dumps(nodes(tree["tree_structure"], names)) for tree in trees)
    text = f'{{"features": {json.dumps(list(names))},\n"trees": [\n{lines}\n]}}\n'
    (OUT / f"{kind}.json").write_text(text, "ascii")


def auc(scores: Floats, labels: Flags) -> float:
    positive, negative = scores[labels], scores[~labels]
    wins = (positive[:, None] > negative).mean() + 0.5 * (positive[:, None] == negative).mean()
    return float(wins)


def refusal(
    made: Sequence[Example], rows: fit_refusal.Doubles
) -> tuple[fit_refusal.Doubles, dict[str, float]]:
    """The weights of all, and the thresholds, which are chosen on what was held out."""
    asked_of = np.array([one.source for one in made])
    labels = np.array([one.answerable for one in made])
    parts = _parts(made)
    odds, by_set = fit_refusal.held_out(rows, asked_of, labels, parts)
    limit = fit_refusal.threshold(odds, asked_of, labels)
    for source in sorted(set(asked_of.tolist())):
        of_it = asked_of == source
        for name, found in (("questions unseen", odds), ("sets unseen", by_set)):
            figures = fit_refusal.refusing(found[of_it], labels[of_it], limit)
            area = auc(found[of_it], labels[of_it]) if 0 < labels[of_it].mean() < 1 else 1.0
            print(
                f"{source}, {name}: AUC {area:.3f}; refused with precision {figures[0]:.2f},"
                f" recall {figures[1]:.2f}, F1 {figures[2]:.3f}; {figures[3]:.2f} of what can be"
                " answered"
            )
    limits = {
        "answers": limit,
        "sure": fit_refusal.sure(odds, asked_of, labels, limit),
        "named": fit_refusal.hardly(odds, asked_of, labels),
    }
    weights = fit_refusal.fitted(rows, asked_of, labels)
    print(weights, limits)
    return weights, limits


def chosen_by(made: Sequence[Example], chances: Sequence[Floats]) -> None:
    """Prints how well sentences are chosen."""
    for source in ("clapnq", "clapnq_all"):
        values = [
            f1_of(one.chosen, best_set(chance))
            for one, chance in zip(made, chances, strict=True)
            if one.source == source
            and one.answerable
            and one.chosen is not None
            and one.chosen.any()
        ]
        print(f"{source}: F1 of chosen sentences {np.mean(values):.3f} of {len(values)}")


def best_set(chances: Floats) -> Flags:
    """The sentences whose F1 is likely the highest."""
    order = np.argsort(-chances)
    size = np.arange(1, len(chances) + 1)
    value = 2 * np.cumsum(chances[order]) / (size + chances.sum())
    chosen = np.zeros(len(chances), bool)
    chosen[order[: 1 + int(np.argmax(value))]] = True
    return chosen


def f1_of(wanted: Flags, got: Flags) -> float:
    both = float((wanted & got).sum())
    return 2 * both / float(wanted.sum() + got.sum())


if __name__ == "__main__":
    main()
