"""A judged set: a folder with `corpus.jsonl`, queries as JSON lines, and `qrels.tsv`."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, Field, ValidationError

from assistant.errors import ConfigurationError
from assistant.types import Role, Turn
from ingest.sources import Source

SCHEME = "corpus:"
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Query:
    """A question of the set, with the conversation before it."""

    query_id: str
    text: str
    history: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """A corpus, its judged queries, and the judgements: query id to document id to score."""

    corpus: tuple[Source, ...]
    queries: tuple[Query, ...]
    judgements: Mapping[str, Mapping[str, float]]


class _Text(BaseModel):
    text_id: str = Field(alias="_id")
    title: str = ""
    text: str


class _Said(BaseModel):
    role: str
    text: str


class _Asked(BaseModel):
    query_id: str = Field(alias="_id")
    text: str
    history: list[_Said] = []


def read_judged_set(folder: Path, queries: Path | None, limit: int | None) -> JudgedSet:
    """The set in this folder; with a limit, its first texts and what is judged among them.

    Raises:
        ConfigurationError: a file is missing or cannot be read; the message names it.
    """
    asked_in = _queries_file(folder, queries)
    corpus = tuple(islice(read_corpus(_required(folder / "corpus.jsonl")), limit))
    among = {source.uri.removeprefix(SCHEME) for source in corpus}
    judgements = {
        query_id: kept
        for query_id, judged in _judgements(_required(folder / "qrels.tsv")).items()
        if (kept := {one: score for one, score in judged.items() if one in among or not limit})
        and max(kept.values()) > 0
    }
    asked = tuple(query for query in _queries(asked_in) if query.query_id in judgements)
    if not asked:
        raise ConfigurationError(
            f"No query of {asked_in} is judged in {folder / 'qrels.tsv'}. Name another file with "
            "--queries, or raise --limit."
        )
    return JudgedSet(corpus, asked, judgements)


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that hold something, with their numbers from 1.

    Raises:
        ConfigurationError: the file is not UTF-8.
    """
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} is not UTF-8. Convert it.") from error


def _queries_file(folder: Path, named: Path | None) -> Path:
    if named is not None:
        return _required(named if named.exists() else folder / named)
    usual = folder / "queries.jsonl"
    if usual.is_file():
        return usual
    return next(iter(sorted(folder.glob("queries*.jsonl"))), None) or _required(usual)


def _required(path: Path) -> Path:
    if path.is_file():
        return path
    raise ConfigurationError(
        f"{path} is missing. A judged set is a folder with corpus.jsonl, qrels.tsv and "
        "queries.jsonl (or the file that --queries names)."
    )


def read_corpus(path: Path) -> Iterator[Source]:
    """The texts of a corpus, each a source. Raises `ConfigurationError`."""
    changed = path.stat().st_mtime_ns
    for number, line in read_lines(path):
        text = _parsed(_Text, line, path, number)
        yield source_of(number, text.text_id, text.text, text.title, changed)


def source_of(number: int, text_id: str, text: str, title: str = "", changed: int = 0) -> Source:
    """A text of a corpus as a source; `number` is its place, `changed` its time in ns."""
    data = text.encode()
    uri = f"{SCHEME}{text_id}"
    return Source(uri, f"{number}.txt", len(data), changed, None, data, title or None)


def _queries(path: Path) -> Iterator[Query]:
    for number, line in read_lines(path):
        asked = _parsed(_Asked, line, path, number)
        history = tuple(
            Turn(Role.USER if said.role == "user" else Role.ASSISTANT, said.text)
            for said in asked.history
        )
        yield Query(asked.query_id, asked.text, history)


def _judgements(path: Path) -> dict[str, dict[str, float]]:
    judgements: dict[str, dict[str, float]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows, None)  # the header
        for row in filter(None, rows):
            try:
                query_id, text_id, score = row[0], row[1], float(row[2])
            except (IndexError, ValueError) as error:
                raise ConfigurationError(
                    f"{path}, line {rows.line_num}: {row} is not a query's id, a text's id and a "
                    "score, parted by tabs. Correct it."
                ) from error
            judgements.setdefault(query_id, {})[text_id] = score
    return judgements


def _parsed(model: type[M], line: str, path: Path, number: int) -> M:
    try:
        return model.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the line"
        raise ConfigurationError(f"{path}, line {number}: {field}: {first['msg']}.") from error
