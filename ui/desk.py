"""The library view: finding documents, opening one, its versions and its places."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from time import monotonic

from api.document_schemas import DocumentOut
from ui.client import ApiClient
from ui.place import Place
from ui.problems import ApiProblem
from ui.shelves import Shelf
from ui.visit import Message, number_of, part_of, text_of

SHELF_STEP = 50
SEARCHED_MOST = 20_000
_FRESH_S = 5.0
_LISTINGS = 16

Listing = tuple[DocumentOut, ...]


class Listings:
    """The documents of the library as each visitor sees them, asked for anew every few seconds."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, bool], tuple[float, Listing]] = OrderedDict()

    async def of(self, client: ApiClient, *, anew: bool = False, removed: bool = False) -> Listing:
        """All documents, or all that were removed, by title, up to `SEARCHED_MOST` of them."""
        name = client.key, removed
        if anew:  # what was removed or restored is in the one and not in the other
            self._held.pop((client.key, not removed), None)
        held = self._held.get(name)
        if held and not anew and monotonic() - held[0] < _FRESH_S:
            return held[1]
        page = await client.documents(removed=removed)
        found = list(page.items)
        while page.next_cursor and len(found) < SEARCHED_MOST:
            page = await client.documents(page.next_cursor, removed=removed)
            found += page.items
        self._held[name] = monotonic(), tuple(found)
        self._held.move_to_end(name)
        while len(self._held) > _LISTINGS:
            self._held.popitem(last=False)
        return tuple(found)


def shelf_of(documents: Sequence[DocumentOut], message: Message) -> Shelf:
    """The documents that the page asked for: by words and filters, in the wished order."""
    words = text_of(message, "words").strip()
    chosen = {name: str(value) for name, value in part_of(message, "filters").items() if value}
    terms = words.casefold().split()
    found = [d for d in documents if _matches(d, terms) and _passes(d, chosen)]
    found = _sorted(found, text_of(message, "sort"))
    limit = max(SHELF_STEP, number_of(message, "limit"))
    return Shelf(tuple(found[:limit]), len(documents), len(found), words, narrowed=bool(chosen))


async def place_of(client: ApiClient, message: Message) -> Place:
    """What the viewer shows of a version, at the place the page asked for."""
    document_id, version_id = text_of(message, "document"), text_of(message, "version")
    start, end = number_of(message, "start"), number_of(message, "end")
    text, periods = await asyncio.gather(
        client.text(document_id, version_id), client.versions(document_id)
    )
    version = next((p for p in periods.items if p.version_id == version_id), periods.items[0])
    standing = next((p for p in periods.items if p.valid_to is None), None)
    start = min(max(start, 0), len(text))
    place = Place(version, text, start, min(max(end, start), len(text)), (), standing)
    if not place.paged or place.start == place.end:
        return place
    try:
        found = await client.boxes(document_id, version_id, place.start, place.end)
    except ApiProblem:  # its text is shown all the same
        return place
    first = found.boxes[0].page if found.boxes else 1
    return Place(version, text, place.start, place.end, found.boxes, standing, first)


def _matches(document: DocumentOut, terms: Sequence[str]) -> bool:
    where = f"{document.title} {document.issuer or ''} {document.source_uri}".casefold()
    return all(term in where for term in terms)


def _passes(document: DocumentOut, chosen: Mapping[str, str]) -> bool:
    wanted = {
        "issuer": document.issuer,
        "marking": document.marking,
        "language": document.language,
    }
    if any(chosen.get(name) not in (None, value) for name, value in wanted.items()):
        return False
    day = document.published_on.isoformat() if document.published_on else ""
    low, high = chosen.get("from", ""), chosen.get("to", "")
    return not ((low or high) and not day) and (not low or day >= low) and (not high or day <= high)


def _sorted(documents: list[DocumentOut], order: str) -> list[DocumentOut]:
    """By title as they come; by date of publication or of arrival, newest first; by issuer."""
    if order == "published":
        return sorted(
            documents,
            key=lambda d: d.published_on.toordinal() if d.published_on else 0,
            reverse=True,
        )
    if order == "added":
        return sorted(documents, key=lambda d: d.valid_from, reverse=True)
    if order == "issuer":
        return sorted(documents, key=lambda d: (d.issuer is None, (d.issuer or "").casefold()))
    return documents
