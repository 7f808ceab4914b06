"""What was measured of each question: one JSON object a line."""

import os
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import ConfigurationError
from cli.evaluation.judged import read_lines


class RankedText(BaseModel):
    """A text that was found, with the retriever's score of its best passage."""

    model_config = ConfigDict(frozen=True)

    text_id: str = Field(alias="id")
    score: float


class QuestionRecord(BaseModel):
    """A question, how well its texts were found, and which were, best first."""

    model_config = ConfigDict(frozen=True)

    query_id: str = Field(alias="id")
    question: str = ""
    metrics: dict[str, float]
    latency_ms: float
    ranked: tuple[RankedText, ...] = ()


def require_writable(path: Path) -> None:
    """Looks before the work whether a file can be written there that is to hold its result.

    Raises:
        ConfigurationError: it cannot.
    """
    if path.is_dir():
        raise _unwritable(path, "it is a folder")
    if not path.parent.is_dir():
        raise _unwritable(path, f"there is no folder {path.parent}")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise _unwritable(path, "that is not allowed")


def write_records(path: Path, records: Sequence[QuestionRecord]) -> None:
    """Writes the records in order, in place of what the file held.

    Raises:
        ConfigurationError: the file cannot be written.
    """
    lines = (record.model_dump_json(by_alias=True) for record in records)
    try:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise _unwritable(path, error.strerror or "unknown reason") from error


def read_records(path: Path) -> dict[str, QuestionRecord]:
    """The records of a file by their question's id, in order.

    Raises:
        ConfigurationError: the file is missing, is none of ours, or has a question twice.
    """
    if not path.is_file():
        raise ConfigurationError(
            f"{path} is no file. `attache eval retrieval DIR --per-question {path}` writes one."
        )
    records: dict[str, QuestionRecord] = {}
    for number, line in read_lines(path):
        record = _parsed(line, path, number)
        if record.query_id in records:
            raise ConfigurationError(
                f"{path}, line {number}: question {record.query_id} stands there twice. "
                "Write the file anew with `attache eval retrieval`."
            )
        records[record.query_id] = record
    if not records:
        raise ConfigurationError(f"{path} holds no questions. Write it anew.")
    return records


def _parsed(line: str, path: Path, number: int) -> QuestionRecord:
    try:
        return QuestionRecord.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the line"
        raise ConfigurationError(
            f"{path}, line {number}: {field}: {first['msg']}. It should be a line that "
            "`attache eval retrieval DIR --per-question FILE` wrote."
        ) from error


def _unwritable(path: Path, reason: str) -> ConfigurationError:
    return ConfigurationError(
        f"{path} cannot be written: {reason}. Name another file with --per-question."
    )
