"""Makes `assistant/answers/weights.json` from the development sets.

    python -m benchmarks.fit_answers ../shared/data

Two logistic regressions. The first says how likely a sentence belongs to the answer, from
clapnq_answers (the sentences that people chose) and squad2 (the sentence that holds the answer).
The second says how likely the library answers at all, from the same two sets, each with its
answerable and unanswerable questions, from questions of one set asked of the other's texts, and
from the turns of the mtrag conversations with the passages their annotators were shown.
Half of the questions are fitted; the other half is what the figures printed are of.
"""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answers.features import (
    ANSWER_FEATURES,
    SENTENCE_FEATURES,
    Matrix,
    SentenceInput,
    answer_features,
    sentence_features,
)
from assistant.answers.question import QuestionForm, read_form
from assistant.grounding.sentences import sentences
from assistant.models.encoder import LocalEncoder, open_local_encoder
from assistant.retrieval.retriever import question_vector
from assistant.retrieval.standalone import resolve
from assistant.settings import Settings
from assistant.types import Role, Turn

Flags = NDArray[np.bool_]

_SQUAD_QUESTIONS = 1600
_PASSAGES = 4
# squad2's unanswerable questions were made to deceive; of mtrag's turns nine in ten are answerable.
# Few people ask the one, and few libraries are as the other.
_ANSWER_TRUST = {"squad2": 0.3, "mtrag": 0.2}
# Its sentences are chosen among four passages, as in use; clapnq's among those of one.
_SENTENCE_TRUST = {"squad2": 2.0}
_SENTENCES = 40
_RIDGE = 10.0
_STEPS = 30


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with its sentences, their vectors and its own."""

    title: str
    text: str
    sentences: tuple[str, ...]
    vectors: Matrix
    vector: Matrix
    title_vector: Matrix


@dataclass(frozen=True, slots=True)
class Example:
    """A question, the sentences before it, which of them answer, and whether any does."""

    form: QuestionForm
    inputs: tuple[SentenceInput, ...]
    chosen: tuple[bool, ...] | None
    answerable: bool
    source: str


def read(path: Path) -> list[dict[str, object]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def prepare(
    encoder: LocalEncoder, texts: Sequence[tuple[str, str, tuple[str, ...]]]
) -> list[Passage]:
    flat = [one for _, _, split in texts for one in split]
    vectors = iter(np.asarray(encoder.embed_documents(flat), dtype=np.float32))
    whole = np.asarray(encoder.embed_documents([f"{t}\n{x}" for t, x, _ in texts]), np.float32)
    titles = np.asarray(encoder.embed_documents([t for t, _, _ in texts]), dtype=np.float32)
    return [
        Passage(t, x, split, np.stack([next(vectors) for _ in split]), whole[i], titles[i])
        for i, (t, x, split) in enumerate(texts)
    ]


def inputs_of(question: Matrix, passages: Sequence[Passage]) -> Iterator[SentenceInput]:
    for passage in passages:
        for i, text in enumerate(passage.sentences):
            yield SentenceInput(
                text=text,
                context=passage.title,
                passage=passage.text,
                passage_score=float(passage.vector @ question),
                cosine=float(passage.vectors[i] @ question),
                context_cosine=float(passage.title_vector @ question),
                first=i == 0,
            )


def nearest(question: Matrix, passages: Sequence[Passage], among: Matrix) -> list[Passage]:
    return [passages[i] for i in np.argsort(-(among @ question))[:_PASSAGES]]


def fit(rows: Matrix, labels: Matrix, weights: Matrix) -> tuple[Matrix, float]:
    """Ridge logistic regression by Newton's method: coefficients and intercept."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-6
    x = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))]).astype(np.float64)
    beta = np.zeros(x.shape[1])
    penalty = np.diag([_RIDGE] * rows.shape[1] + [0.0])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (weights * (p - labels)) + penalty @ beta
        hessian = (x * (weights * p * (1 - p))[:, None]).T @ x + penalty
        beta -= np.linalg.solve(hessian, gradient)
    coefficients = beta[:-1] / spread
    return coefficients, float(beta[-1] - mean @ coefficients)


def predict(rows: Matrix, coefficients: Matrix, intercept: float) -> Matrix:
    chances: Matrix = 1 / (1 + np.exp(-(rows @ coefficients + intercept)))
    return chances


def auc(scores: Matrix, labels: Flags) -> float:
    positive, negative = scores[labels], scores[~labels]
    wins = (positive[:, None] > negative).mean() + 0.5 * (positive[:, None] == negative).mean()
    return float(wins)


def examples(encoder: LocalEncoder, data: Path) -> list[Example]:
    items = read(data / "clapnq_answers" / "items.jsonl")
    clap = prepare(
        encoder,
        [(str(i["title"]), str(i["passage"]), tuple(i["sentences"])) for i in items],  # type: ignore[arg-type]
    )
    corpus = read(data / "squad2" / "corpus.jsonl")
    squad = prepare(
        encoder,
        [
            (str(c["title"]), str(c["text"]), tuple(s.text for s in sentences(str(c["text"]))))
            for c in corpus
        ],
    )
    matrix = np.stack([p.vector for p in squad])
    queries = read(data / "squad2" / "queries.jsonl")[::2][:_SQUAD_QUESTIONS]
    asked = [str(i["question"]) for i in items] + [str(q["text"]) for q in queries]
    vectors = np.asarray(encoder.embed_documents(asked), dtype=np.float32)
    made: list[Example] = list(conversations(encoder, data))
    for i, item in enumerate(items):
        form, question = read_form(asked[i]), vectors[i]
        chosen = {s for one in item["selected_sentences"] for s in one}  # type: ignore[attr-defined]
        inputs = tuple(inputs_of(question, [clap[i]]))
        picked = tuple(one.text in chosen for one in inputs)
        made.append(Example(form, inputs, picked, bool(item["answerable"]), "clapnq"))
        foreign = tuple(inputs_of(question, nearest(question, squad, matrix)))
        made.append(Example(form, foreign, None, False, "foreign"))
    for j, query in enumerate(queries, start=len(items)):
        form, question = read_form(asked[j]), vectors[j]
        inputs = tuple(inputs_of(question, nearest(question, squad, matrix)))
        answers = [str(a) for a in query["answers"]]  # type: ignore[attr-defined]
        source = next(c for c in corpus if c["_id"] == query["source_passage"])["text"]
        held = tuple(
            one.passage == source and any(a in one.text for a in answers) for one in inputs
        )
        made.append(Example(form, inputs, held, bool(query["answerable"]), "squad2"))
    return made


def conversations(encoder: LocalEncoder, data: Path) -> Iterator[Example]:
    for name in ("mtrag_clapnq", "mtrag_fiqa", "mtrag_cloud"):
        talks = [turns_of(one) for one in read(data / name / "conversations.jsonl")]
        shelf = shown(encoder, data / name / "corpus.jsonl", talks)
        for talk in talks:
            history: list[Turn] = []
            for turn in talk:
                question = resolve(str(turn["user"]), history)
                history += [
                    Turn(Role.USER, str(turn["user"])),
                    Turn(Role.ASSISTANT, str(turn["reference_answer"])),
                ]
                pool = [shelf[one] for one in passage_ids(turn) if one in shelf]
                if not pool or turn["answerability"] == "CONVERSATIONAL":
                    continue
                vector = np.asarray(question_vector(question, encoder), dtype=np.float32)
                inputs = tuple(inputs_of(vector, pool))
                answerable = turn["answerability"] in ("ANSWERABLE", "PARTIAL")
                yield Example(read_form(question.text), inputs, None, answerable, "mtrag")


def turns_of(conversation: dict[str, object]) -> list[dict[str, object]]:
    turns: list[dict[str, object]] = conversation["turns"]  # type: ignore[assignment]
    return turns


def passage_ids(turn: dict[str, object]) -> list[str]:
    gold: list[str] = turn["gold_doc_ids"]  # type: ignore[assignment]
    seen: list[dict[str, str]] = turn["shown_passages"]  # type: ignore[assignment]
    return list(dict.fromkeys([*gold, *(one["doc_id"] for one in seen)]))


def shown(
    encoder: LocalEncoder, corpus: Path, talks: Sequence[Sequence[dict[str, object]]]
) -> dict[str, Passage]:
    """Every passage that an annotator saw, prepared once."""
    wanted = {one for talk in talks for turn in talk for one in passage_ids(turn)}
    texts: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    for record in read(corpus):
        text = str(record["text"])
        split = tuple(s.text for s in sentences(text))[:_SENTENCES]
        if record["_id"] in wanted and split:
            texts[str(record["_id"])] = (str(record["title"])[:100], text, split)
    return dict(zip(texts, prepare(encoder, list(texts.values())), strict=True))


def main(data: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        made = examples(open_local_encoder(Settings(home=Path(home))), data)
    rows = [sentence_features(e.form, e.inputs) for e in made]
    fitted = [i for i, e in enumerate(made) if i % 4 < 2]
    held = [i for i, e in enumerate(made) if i % 4 >= 2]
    labelled = [i for i in fitted if made[i].answerable and any(made[i].chosen or ())]
    sentence = fit(
        np.vstack([rows[i] for i in labelled]),
        np.array([c for i in labelled for c in made[i].chosen or ()], dtype=float),
        balanced([made[i].source for i in labelled for _ in made[i].inputs], _SENTENCE_TRUST),
    )
    chances = [predict(row, *sentence) for row in rows]
    answer_rows = np.stack(
        [answer_features(e.form, e.inputs, c.tolist()) for e, c in zip(made, chances, strict=True)]
    )
    labels = np.array([e.answerable for e in made])
    answer = fit(
        answer_rows[fitted],
        labels[fitted].astype(float),
        balanced([made[i].source for i in fitted], _ANSWER_TRUST),
    )
    report(made, chances, predict(answer_rows, *answer), labels, held)
    weights = {
        "sentence": named(SENTENCE_FEATURES, sentence),
        "answer": named(ANSWER_FEATURES, answer),
    }
    target = Path("assistant/answers/weights.json")
    target.write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")


def balanced(sources: Sequence[str], trust: Mapping[str, float]) -> Matrix:
    """Weights with which each set counts by its trust, however many rows it has."""
    counts = Counter(sources)
    return np.array([trust.get(s, 1.0) * 1000 / counts[s] for s in sources])


def named(names: Sequence[str], fitted: tuple[Matrix, float]) -> dict[str, float]:
    values = [*fitted[0], fitted[1]]
    return {n: round(float(v), 4) for n, v in zip([*names, "intercept"], values, strict=True)}


def report(
    made: Sequence[Example],
    chances: Sequence[Matrix],
    scores: Matrix,
    labels: Flags,
    held: Sequence[int],
) -> None:
    for source in ("clapnq", "squad2", "mtrag"):
        part = np.array([i for i in held if made[i].source == source])
        print(f"{source}: answerable or not, AUC {auc(scores[part], labels[part]):.3f}")
    part = np.array([i for i in held if made[i].source == "foreign" or made[i].answerable])
    print(f"foreign questions against answerable ones, AUC {auc(scores[part], labels[part]):.3f}")
    groups: dict[str, list[int]] = {}
    for i in held:
        groups.setdefault(made[i].source + "-+"[made[i].answerable], []).append(i)
    for threshold in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6):
        refused = {name: np.mean(scores[group] < threshold) for name, group in groups.items()}
        shares = ", ".join(f"{name} {share:.2f}" for name, share in sorted(refused.items()))
        print(f"refused below {threshold}: {shares}")
    for floor in (0.2, 0.25, 0.3, 0.4):
        values = [
            f1(np.asarray(made[i].chosen), select(chances[i], floor))
            for i in groups["clapnq+"]
            if any(made[i].chosen or ())
        ]
        print(f"clapnq sentences, floor {floor}: F1 {np.mean(values):.3f}")


def select(chances: Matrix, floor: float) -> Flags:
    chosen: Flags = chances >= floor
    chosen[np.argmax(chances)] = True
    return chosen


def f1(wanted: Flags, got: Flags) -> float:
    both = float((wanted & got).sum())
    return 2 * both / float(wanted.sum() + got.sum())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
