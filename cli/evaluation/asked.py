"""Questions with what a good answer to them is: texts and questions as JSON lines in a folder.

Texts are `{_id, title, text}` in `corpus.jsonl` or `passages.jsonl`. Questions, in `queries.jsonl`,
`items.jsonl` or a file that is named, are `{_id, text, answerable}` and may have `history`,
`answers` (words that a good answer holds), `selected_sentences` (what each of some people chose)
and `source` (the id of the text that answers).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pydantic import AliasChoices, BaseModel, Field, ValidationError

from assistant.errors import ConfigurationError
from assistant.types import Role, Turn
from cli.evaluation.judged import read_corpus, read_lines
from ingest.sources import Source

TEXTS = ("corpus.jsonl", "passages.jsonl")
QUESTIONS = ("queries.jsonl", "items.jsonl")
_SHORT = 10


class _Said(BaseModel):
    role: Role
    text: str


class Item(BaseModel):
    """A question as it stands in a file."""

    question_id: str = Field(validation_alias="_id")
    text: str = Field(validation_alias=AliasChoices("text", "question"), min_length=1)
    answerable: bool = True
    history: tuple[_Said, ...] = ()
    answers: tuple[str, ...] = ()
    chosen: tuple[tuple[str, ...], ...] = Field((), validation_alias="selected_sentences")
    source: str | None = Field(
        None, validation_alias=AliasChoices("source", "source_passage", "passage_id")
    )

    @property
    def said(self) -> tuple[Turn, ...]:
        """The conversation before it."""
        return tuple(Turn(one.role, one.text) for one in self.history)

    @property
    def short_answers(self) -> tuple[str, ...]:
        """Those of the answers that can be looked for word by word."""
        return tuple(one for one in self.answers if 0 < len(one.split()) <= _SHORT)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences that anyone chose, each once."""
        return tuple(dict.fromkeys(one for each in self.chosen for one in each if one.strip()))


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """Texts to ask, and questions with what is known of their answers."""

    corpus: tuple[Source, ...]
    items: tuple[Item, ...]


def read_answer_set(folder: Path, questions: Path | None, limit: int | None) -> AnswerSet:
    """The set in this folder; with a limit, its first questions.

    Raises:
        ConfigurationError: a file is missing or cannot be read; the message names it.
    """
    texts = _first(folder, TEXTS)
    if questions is None:
        asked = _first(folder, QUESTIONS)
    else:
        asked = questions if questions.is_file() else _first(folder, (str(questions),))
    items = tuple(islice(_items(asked), limit))
    if not items:
        raise ConfigurationError(f"{asked} holds no question. Name another file with --queries.")
    return AnswerSet(tuple(read_corpus(texts)), items)


def _first(folder: Path, names: tuple[str, ...]) -> Path:
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise ConfigurationError(f"{folder} holds no {' or '.join(names)}.")


def _items(path: Path) -> Iterator[Item]:
    for number, line in read_lines(path):
        try:
            yield Item.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "the line"
            raise ConfigurationError(
                f"{path}, line {number}: {place}: {first['msg']}. Write each question as "
                '{"_id": …, "text": …, "answerable": true or false}.'
            ) from error
