"""Documents by what a user writes of their ids."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from assistant.errors import DocumentNotFoundError
from assistant.library.ledger import SqlLedger
from assistant.types import DocumentId, DocumentPage, Filters, Version

_PAGE = 200


def standing(ledger: SqlLedger) -> Iterator[Version]:
    """Every document that stands, by title."""
    yield from _paged(partial(ledger.documents, _PAGE))


def removed(ledger: SqlLedger) -> Iterator[Version]:
    """Every document that was removed and can be restored, by the version that stood last."""
    yield from _paged(partial(ledger.removed, _PAGE))


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


def _paged(page_after: Callable[[str | None], DocumentPage]) -> Iterator[Version]:
    page = page_after(None)
    yield from page.items
    while page.next_cursor:
        page = page_after(page.next_cursor)
        yield from page.items


def with_whole_ids(filters: Filters, ledger: SqlLedger) -> Filters:
    """The same with the whole ids of the documents it is narrowed to. Raises as `find`."""
    whole = tuple(find(ledger, each).document_id for each in filters.document_ids)
    return replace(filters, document_ids=whole)
