"""Options that several commands share."""

from typing import Annotated

import typer

AsJson = Annotated[
    bool,
    typer.Option("--json", help="Print the API's object and nothing else.", show_default=False),
]
