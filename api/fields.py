"""What callers may write, field by field: texts, names, days and moments, and what holds them."""

import re
from datetime import UTC, date, datetime, time
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

# A NUL or a lone surrogate cannot be stored or sent back: a pattern refuses both.
WITHOUT_NUL = r"^[^\x00]*$"
Text = Annotated[str, StringConstraints(pattern=WITHOUT_NUL)]
QuestionText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, pattern=WITHOUT_NUL)
]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=WITHOUT_NUL)]
Names = Annotated[list[Name], Field(max_length=100)]

_LANGUAGE = r"^[A-Za-z]{2,3}$"
_FOLDER = r"^[^\x00]*[^\x00./\s#][^\x00]*$|^/+$"
_NUMBER = re.compile(r"\s*[-+\d.][\d._]*(?:[eE][-+]?\d+)?\s*")


def _language(code: str) -> str:
    if not re.fullmatch(_LANGUAGE, code):
        raise PydanticCustomError("language", "write the code of the language, such as en or fr")
    return code


def _folder(folder: str) -> str:
    if not re.match(_FOLDER, folder):
        raise PydanticCustomError(
            "folder", "write it as a source_uri shows it, such as treaties/1949, or as an address"
        )
    return folder


def _written_out(kind: Literal["date_type", "datetime_type"]) -> BeforeValidator:
    """Refuses numbers, also written as text: they would be taken for seconds since 1970."""

    def check(moment: object) -> object:
        if isinstance(moment, int | float) or (
            isinstance(moment, str) and _NUMBER.fullmatch(moment)
        ):
            raise PydanticCustomError(kind, "a number is no date and no time")
        return moment

    return BeforeValidator(check)


# The patterns are also checked by hand, so that the complaint says what to write.
Language = Annotated[
    Name, AfterValidator(_language), Field(json_schema_extra={"pattern": _LANGUAGE})
]
Folder = Annotated[Name, AfterValidator(_folder), Field(json_schema_extra={"pattern": _FOLDER})]
Languages = Annotated[list[Language], Field(max_length=100)]
Folders = Annotated[list[Folder], Field(max_length=100)]
Day = Annotated[date, _written_out("date_type")]


def _day_as_its_end(moment: object) -> object:
    """The last instant of a day in UTC: whoever asks as of a day means all that it brought."""
    if isinstance(moment, str):
        try:
            return datetime.combine(date.fromisoformat(moment), time.max, UTC)
        except ValueError:
            return moment
    return moment


# Of validators before the type the last runs first: a number is refused, and never read as a day.
Moment = Annotated[
    AwareDatetime,
    BeforeValidator(_day_as_its_end),
    _written_out("datetime_type"),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "format": f} for f in ("date-time", "date")]},
        mode="validation",
    ),
]
"""A time that a caller names, or a day, which means its end in UTC."""
TopK = Annotated[StrictInt, Field(ge=1, le=50)]


class Body(BaseModel):
    """What a caller sends: unknown fields are refused, so that a typo is not silence."""

    model_config = ConfigDict(extra="forbid", strict=False)
