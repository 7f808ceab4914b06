import httpx2
import pytest

from api.document_schemas import DocumentList, DocumentOut
from tests.unit.ui.samples import document
from ui.client import ApiClient
from ui.desk import SHELF_STEP, Listings, shelf_of


class Shelves:
    """A library of many documents behind the API, three to a page."""

    def __init__(self, count: int) -> None:
        self.items = [document(title=f"Paper {n}", document_id=f"d{n}") for n in range(count)]
        self.pages = 0

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.pages += 1
        first = int(request.url.params.get("cursor", 0))
        following = str(first + 3) if first + 3 < len(self.items) else None
        page = DocumentList(
            items=self.items[first : first + 3], next_cursor=following, total=len(self.items)
        )
        return httpx2.Response(200, text=page.model_dump_json())

    def client(self, key: str = "") -> ApiClient:
        transport = httpx2.MockTransport(self)
        return ApiClient(
            httpx2.AsyncClient(base_url="http://127.0.0.1:9", transport=transport), key
        )


async def test_a_listing_is_read_to_its_end_and_then_kept_for_its_reader() -> None:
    shelves, listings = Shelves(10), Listings()

    assert len(await listings.of(shelves.client())) == 10
    await listings.of(shelves.client())
    assert shelves.pages == 4

    await listings.of(shelves.client("another"))
    assert shelves.pages == 8
    await listings.of(shelves.client(), anew=True)
    assert shelves.pages == 12


PAPERS = [
    document(title="A", issuer="NATO", published_on="2020-01-01", marking="X", language="en"),
    document(title="B", issuer="EU", published_on="2022-01-01", language="fr"),
    document(title="C", issuer=None, published_on=None, language=None),
]


def titles(papers: list[DocumentOut], **message: object) -> list[str]:
    return [found.title for found in shelf_of(papers, message).documents]


def test_every_word_must_be_found_in_any_order_and_case() -> None:
    assert titles(PAPERS, words="NATO a") == ["A"]
    assert titles(PAPERS, words="nato nowhere") == []


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"issuer": "EU"}, ["B"]),
        ({"marking": "X"}, ["A"]),
        ({"language": "fr"}, ["B"]),
        ({"from": "2021-01-01"}, ["B"]),
        ({"to": "2021-01-01"}, ["A"]),
        ({"issuer": "NATO", "language": "fr"}, []),
    ],
)
def test_filters_narrow_the_shelf(filters: dict[str, str], found: list[str]) -> None:
    assert titles(PAPERS, filters=filters) == found


@pytest.mark.parametrize(
    ("sort", "found"), [("title", "ABC"), ("published", "BAC"), ("issuer", "BAC")]
)
def test_the_shelf_is_sorted_as_wished(sort: str, found: str) -> None:
    assert titles(PAPERS, sort=sort) == list(found)


def test_a_long_shelf_is_shown_in_steps() -> None:
    shelf = shelf_of([document()] * 1000, {"limit": 100})

    assert (len(shelf.documents), shelf.found, shelf.total) == (100, 1000, 1000)
    assert len(shelf_of([document()] * 1000, {}).documents) == SHELF_STEP
