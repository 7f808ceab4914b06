"""The API's objects on standard output."""

import sys

from pydantic import BaseModel


def print_json(body: BaseModel) -> None:
    """Writes the object as the API would send it, and nothing else, in UTF-8."""
    sys.stdout.flush()
    sys.stdout.buffer.write(body.model_dump_json(indent=2).encode() + b"\n")
    sys.stdout.buffer.flush()
