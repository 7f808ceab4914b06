"""Questions of our own over public documents, made a judged set for a library that holds them.

    python -m benchmarks.domain ../shared/data/documents HOME FOLDER

A question names the passages that answer it by document and by the hash of their words, so that
nothing of a document is copied. Written to FOLDER are `queries.jsonl`, `qrels.tsv`, whose
documents are paths below the documents' folder, and `spans.jsonl`, where in the text each answer
stands. Every passage that cannot be found is named, and then the exit code is 1.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256 as digest
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import ConfigurationError
from assistant.library.ledger import LEDGER_FILE, open_ledger
from cli.evaluation.judged import read_lines

QUESTIONS = Path(__file__).with_name("domain_questions")
WORD = re.compile(r"[^\W_]+")


class Named(BaseModel):
    """A passage: its document below the folder, how many words it has, and their hash."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    source: str
    words: int = Field(ge=1)
    sha256: str


class Said(BaseModel):
    """A turn of the conversation before a question."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    role: str
    text: str


class Question(BaseModel):
    """A question with every passage that answers it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    question_id: str = Field(alias="_id")
    text: str
    language: str
    kind: str
    history: tuple[Said, ...] = ()
    passages: tuple[Named, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a document's text, which answer a question."""

    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A passage that could not be found, and why not."""

    question_id: str
    passage: Named
    why: str

    def __str__(self) -> str:
        return f"{self.question_id}: {self.passage.source}, {self.passage.words} words: {self.why}"


@dataclass(frozen=True, slots=True)
class DomainSet:
    """Questions, the spans that answer each by its id, and what could not be found."""

    questions: tuple[Question, ...]
    spans: Mapping[str, tuple[Span, ...]]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, lower-cased, with a space between two, and where each stands.

    `places` are first and last byte in `joined`, then first and last character in the text.
    """

    joined: bytes
    places: Sequence[tuple[int, int, int, int]] = field(repr=False)

    @classmethod
    def of(cls, text: str) -> Self:
        """The words of this text."""
        # A few letters have a lower case of two characters, so places are counted by letter.
        origin = [at for at, letter in enumerate(text) for _ in letter.lower()]
        words: list[bytes] = []
        places: list[tuple[int, int, int, int]] = []
        begin = 0
        for found in WORD.finditer(text.lower()):
            word = found[0].encode()
            end = begin + len(word)
            places.append((begin, end, origin[found.start()], origin[found.end() - 1] + 1))
            words.append(word)
            begin = end + 1
        return cls(b" ".join(words), places)

    def find(self, count: int, sha256: str) -> tuple[int, int] | None:
        """The first run of so many words with this hash, as characters of the text."""
        for first, last in zip(self.places, self.places[count - 1 :], strict=False):
            if digest(self.joined[first[0] : last[1]]).hexdigest() == sha256:
                return first[2], last[3]
        return None


def locate(text: str, words: int, sha256: str) -> tuple[int, int] | None:
    """The first run of so many words with this hash: its first character, and after its last."""
    return Words.of(text).find(words, sha256)


def read_questions(folder: Path = QUESTIONS) -> tuple[Question, ...]:
    """The questions of every file of a folder, in order.

    Raises:
        ConfigurationError: a file holds something else; the message names the line.
    """
    found: list[Question] = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in read_lines(path):
            try:
                found.append(Question.model_validate_json(line))
            except ValidationError as error:
                raise ConfigurationError(f"{path}, line {number}: {error}") from error
    return tuple(found)


def domain_set(questions: Sequence[Question], text_of: Callable[[str], str | None]) -> DomainSet:
    """The set over these texts; `text_of` gives a document's text, or None where there is none."""
    kept: dict[str, Words | None] = {}
    spans: dict[str, tuple[Span, ...]] = {}
    missing: list[Missing] = []
    for question in questions:
        found: list[Span] = []
        for passage in question.passages:
            if passage.source not in kept:
                text = text_of(passage.source)
                kept[passage.source] = None if text is None else Words.of(text)
            place = _place(kept[passage.source], passage)
            if isinstance(place, str):
                missing.append(Missing(question.question_id, passage, place))
            else:
                found.append(Span(passage.source, *place))
        spans[question.question_id] = tuple(found)
    return DomainSet(tuple(questions), spans, tuple(missing))


def _place(words: Words | None, passage: Named) -> tuple[int, int] | str:
    if words is None:
        return "the library does not hold this document. Ingest the folder first."
    return words.find(passage.words, passage.sha256) or (
        "its text does not hold these words. It is another edition, or was read differently."
    )


def domain_set_of(
    documents: Path, home: Path, questions: Sequence[Question] | None = None
) -> DomainSet:
    """The set over the standing texts of the library in this data directory.

    Raises:
        ConfigurationError: there is no library.
    """
    if not (home / LEDGER_FILE).is_file():
        raise ConfigurationError(f"{home} holds no library. Run attache ingest {documents} first.")
    ledger = open_ledger(home)
    try:
        standing = ledger.sources()

        def text_of(source: str) -> str | None:
            state = standing.get((documents.resolve() / source).as_uri())
            return None if state is None else ledger.text(state.document_id, state.version_id)

        return domain_set(read_questions() if questions is None else questions, text_of)
    finally:
        ledger.close()


def write_set(made: DomainSet, folder: Path) -> None:
    """Writes the questions that have an answer, their judgements and the answers' spans."""
    folder.mkdir(parents=True, exist_ok=True)
    asked = [question for question in made.questions if made.spans[question.question_id]]
    _write(
        folder / "queries.jsonl",
        (one.model_dump_json(by_alias=True, exclude={"passages"}) for one in asked),
    )
    judged = [(one.question_id, span) for one in asked for span in made.spans[one.question_id]]
    rows = dict.fromkeys(f"{name}\t{span.source}\t1" for name, span in judged)
    _write(folder / "qrels.tsv", ("query-id\tcorpus-id\tscore", *rows))
    _write(
        folder / "spans.jsonl",
        (
            json.dumps({"query": name, "source": span.source, "start": span.start, "end": span.end})
            for name, span in judged
        ),
    )


def _write(path: Path, lines: Iterator[str] | Sequence[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def main() -> int:
    """Writes the set; 1 where a passage is missing."""
    parser = argparse.ArgumentParser(description="Makes the questions a judged set.")
    parser.add_argument("documents", type=Path, help="the folder that was ingested")
    parser.add_argument("home", type=Path, help="the data directory of the library")
    parser.add_argument("folder", type=Path, help="where the set is written")
    options = parser.parse_args()
    made = domain_set_of(options.documents, options.home)
    write_set(made, options.folder)
    for each in made.missing:
        print(each, file=sys.stderr)
    print(f"{len(made.questions)} questions, {sum(map(len, made.spans.values()))} passages found")
    return 1 if made.missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
