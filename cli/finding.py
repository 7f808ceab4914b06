"""Documents by what a user writes of their ids."""

from collections.abc import Iterator

from assistant.errors import DocumentNotFoundError
from assistant.library.ledger import SqlLedger
from assistant.types import DocumentId, Version

_PAGE = 200


def standing(ledger: SqlLedger) -> Iterator[Version]:
    """Every document that stands, by title."""
    page = ledger.documents(_PAGE)
    yield from page.items
    while page.next_cursor:
        page = ledger.documents(_PAGE, page.next_cursor)
        yield from page.items


def find(ledger: SqlLedger, name: str) -> Version:
    """The document of this id, or the only one whose id begins so, first of those that stand.

    Raises:
        DocumentNotFoundError: there is none, or several.
    """
    try:
        return ledger.document(DocumentId(name))
    except DocumentNotFoundError:
        found = [one for one in standing(ledger) if name and one.document_id.startswith(name)]
        found = found or [ledger.document(each) for each in ledger.retired(name)]
    match found:
        case [version]:
            return version
        case []:
            raise DocumentNotFoundError(
                f"The library has no document {name!r}. `attache documents list` shows all."
            )
        case _:
            raise DocumentNotFoundError(
                f"{len(found)} documents begin with {name!r}. Write more of the id."
            )
