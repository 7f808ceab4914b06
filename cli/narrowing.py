"""Options that narrow what is searched, and what they mean."""

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.types import DocumentId, Filters

_CODE = re.compile(r"[a-z]{2,3}", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)

Documents = Annotated[
    list[str] | None,
    typer.Option(
        "--document",
        metavar="ID",
        help="Only this document, by its id or how it begins.",
        show_default=False,
    ),
]
Issuers = Annotated[
    list[str] | None,
    typer.Option("--issuer", metavar="NAME", help="Only of this issuer.", show_default=False),
]
Languages = Annotated[
    list[str] | None,
    typer.Option("--language", metavar="CODE", help="Only in it: en, fr.", show_default=False),
]
Markings = Annotated[
    list[str] | None,
    typer.Option("--marking", metavar="TEXT", help="Only so marked.", show_default=False),
]
Folders = Annotated[
    list[str] | None,
    typer.Option(
        "--folder",
        metavar="PATH",
        help="Only from this folder or archive, or from addresses that begin so.",
        show_default=False,
    ),
]
First = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="Published then or later.", show_default=False),
]
Last = Annotated[
    str | None,
    typer.Option("--to", metavar="DATE", help="Published then or earlier.", show_default=False),
]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the options say; a document may be named by how its id begins."""

    documents: list[str] | None = None
    issuers: list[str] | None = None
    languages: list[str] | None = None
    markings: list[str] | None = None
    folders: list[str] | None = None
    first: str | None = None
    last: str | None = None

    def filters(self) -> Filters:
        """The filters these are.

        Raises:
            typer.BadParameter: a date or language is none, or the days are in the wrong order.
        """
        first, last = _day(self.first), _day(self.last)
        if first and last and first > last:
            raise typer.BadParameter("--from is later than --to. Exchange the two.")
        return Filters(
            document_ids=tuple(map(DocumentId, self.documents or ())),
            issuers=tuple(self.issuers or ()),
            languages=tuple(map(_language, self.languages or ())),
            markings=tuple(self.markings or ()),
            published_from=first,
            published_to=last,
            folders=tuple(map(_folder, self.folders or ())),
        )


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise typer.BadParameter(f"{written!r} is no date. Write it like 2024-06-30.") from error


def _language(written: str) -> str:
    if not _CODE.fullmatch(written):
        raise typer.BadParameter(f"{written!r} is no language. Write its code, such as en or fr.")
    return written


def _folder(written: str) -> str:
    """An address as it is; a path from the root, as ingested files are named."""
    if not written.strip():
        raise typer.BadParameter("The folder of --folder is empty. Name one, or leave it out.")
    if _ADDRESS.match(written) and not os.path.lexists(written):
        return written
    return str(Path(written).expanduser().resolve())
