"""The API's objects on standard output."""

import sys

from pydantic import BaseModel


def print_json(body: BaseModel, *, on_one_line: bool = False) -> None:
    """Writes the object as the API would send it, and nothing else, in UTF-8."""
    text = body.model_dump_json(indent=None if on_one_line else 2, by_alias=True)
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()
