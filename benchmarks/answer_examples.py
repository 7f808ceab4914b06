"""Judged questions as they are asked of libraries, with what is found and what answers them.

For `fit_answers`. Each set's texts are taken into a library of their own by the product's ingest,
and asked with the product's retrieval.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answers.features import Asked, Shown, sentence_features
from assistant.answers.forms import read_form
from assistant.answers.reading import Reader
from assistant.answers.words import stems
from assistant.backends import Backends, open_backends
from assistant.ports import TokenEncoder
from assistant.retrieval.topic import understood
from assistant.settings import read_settings
from assistant.types import Filters, FoundChunk, Passage, Role, StandaloneQuestion, Turn
from benchmarks.domain import Span, domain_set_of
from cli.evaluation.judged import JudgedSet, read_corpus, read_lines
from cli.evaluation.retrieval import take_in_set

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
TOP_K = 8
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
    own = domain_set_of(data / "documents", home)
    settings = read_settings().model_copy(update={"home": home})
    with open_backends(settings, "benchmarks.fit_answers") as backends:
        asking = Asking(backends)
        for one in own.questions:
            said = tuple(Turn(Role(turn.role), turn.text) for turn in one.history)
            marked = within(own.spans[one.question_id], data / "documents")
            name = f"domain {one.question_id}"
            yield asking.example("domain", name, one.text, said, True, marked)
        for _, line in read_lines(data / "clapnq_answers" / "items.jsonl"):
            item = json.loads(line)
            yield asking.example("domain", str(item["_id"]), str(item["question"]), (), False)


def within(spans: Sequence[Span], documents: Path) -> Marked:
    """Whether most of a sentence stands in one of the spans of documents, or the other way."""
    named = {(documents / one.source).resolve().as_uri() for one in spans}
    by_source = [((documents / one.source).resolve().as_uri(), one) for one in spans]

    def marked(found: FoundChunk, start: int, end: int) -> bool:
        if found.stored.source_uri not in named:
            return False
        offset = found.stored.chunk.start
        return any(
            2 * (min(end + offset, one.end) - max(start + offset, one.start))
            > min(end - start, one.end - one.start)
            for source, one in by_source
            if source == found.stored.source_uri
        )

    return marked


def retold(answer: str, passages: Sequence[str]) -> Marked:
    """Whether most of a sentence's words are in an answer that people wrote from these passages."""
    told = stems(answer)

    def marked(found: FoundChunk, start: int, end: int) -> bool:
        own = stems(found.stored.chunk.text[start:end])
        here = found.stored.source_uri.endswith(tuple(passages))
        return bool(passages and here and len(own) > 1 and 2 * len(own & told) > len(own))

    return marked


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
        shown = tuple(Shown(r, c.cosine, c.score) for r, c in zip(read, chunks, strict=True))
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
                marked = retold(turn["reference_answer"], turn["gold_doc_ids"])
                yield self.example("mtrag", group, turn["user"], said, answerable, marked)
            said += [Turn(Role.USER, turn["user"]), Turn(Role.ASSISTANT, turn["reference_answer"])]


def spans_of(text: str, sentences: Sequence[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for sentence in sentences:
        start = text.find(sentence, at)
        start = at if start < 0 else start
        at = start + len(sentence)
        yield start, at
