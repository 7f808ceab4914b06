"""Puts a refused request into words: which field, and what to do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MAX_COMPLAINTS = 5
MAX_NAME_CHARS = 60

_TIME = "is not a time with a zone; write it like 2026-01-31T12:00:00Z."
_DATE = "is not a date; write it like 2026-01-31."
_OBJECT = "is not a JSON object; send one, with Content-Type: application/json."
_ADVICE = {
    "missing": "is missing; add it.",
    "extra_forbidden": "is not a field of this request; remove it or correct its name.",
    "string_too_short": "is empty; write something in it.",
    "string_pattern_mismatch": "has a NUL character; remove it.",
    "string_unicode": "has half of a surrogate pair; send whole Unicode characters.",
    "timezone_aware": _TIME,
    "datetime_type": _TIME,
    "datetime_parsing": _TIME,
    "datetime_from_date_parsing": _TIME,
    "datetime_object_invalid": _TIME,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "json_invalid": "is not valid JSON; send one JSON object.",
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dict_type": _OBJECT,
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """One field at fault, its path dotted, and a sentence that says what to do.

    `kind` is what the checker calls what is wrong.
    """

    field: str
    sentence: str
    kind: str = ""


def explain(details: Sequence[object]) -> list[Complaint]:
    """Complaints for pydantic's error details, the first few; what was sent is not repeated."""
    return [_complaint(d) for d in details[:MAX_COMPLAINTS] if isinstance(d, Mapping)]


def _complaint(detail: Mapping[str, object]) -> Complaint:
    kind, place = str(detail["type"]), detail["loc"]
    steps = [_printable(str(step)) for step in place] if isinstance(place, tuple) else []
    where, steps = (steps[0], steps[1:]) if steps else ("body", [])
    if kind == "json_invalid":  # its place is a count of characters, not a field
        steps = []
    field = ".".join(steps) or where
    subject = ".".join(steps) or f"The {where}"
    message = str(detail["msg"])
    if "UploadFile" in message:
        return Complaint(field, f"{subject} is not a file; send a file name with it.", kind)
    advice = _ADVICE.get(kind) or f"is refused: {_lowered(message)}."
    return Complaint(field, f"{subject} {advice}", kind)


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:].rstrip(".")


def _printable(name: str) -> str:
    cut = name if len(name) <= MAX_NAME_CHARS else f"{name[:MAX_NAME_CHARS]}…"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in cut)
