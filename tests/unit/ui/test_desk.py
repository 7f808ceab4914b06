import httpx2

from api.schemas import DocumentList, Readiness
from tests.unit.ui.samples import document, run
from ui.client import ApiClient
from ui.desk import Desk, find_documents


class Shelves:
    """A library of many documents behind the API, three to a page."""

    def __init__(self, count: int, ends: str = "done") -> None:
        self.items = [document(title=f"Paper {n}", document_id=f"d{n}") for n in range(count)]
        self.uploads: list[int] = []
        self.pages = 0
        self.run = run()
        self.ends = ends

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/readyz":
            return self._readiness()
        if request.url.path.endswith("/events"):
            return self._events()
        if request.method == "POST":
            return self._upload(request)
        self.pages += 1
        first = int(request.url.params.get("cursor", 0))
        following = str(first + 3) if first + 3 < len(self.items) else None
        page = DocumentList(
            items=self.items[first : first + 3], next_cursor=following, total=len(self.items)
        )
        return httpx2.Response(200, text=page.model_dump_json())

    def _upload(self, request: httpx2.Request) -> httpx2.Response:
        added = request.content.count(b"filename=")
        self.uploads.append(added)
        self.run = run(added=added, chunks=added, state=self.ends)
        body = self.run.model_dump(mode="json") | {"refused": []}
        return httpx2.Response(202, json=body)

    def _events(self) -> httpx2.Response:
        text = f"event: report\ndata: {self.run.model_dump_json()}\n\n"
        return httpx2.Response(200, text=text, headers={"content-type": "text/event-stream"})

    def _readiness(self) -> httpx2.Response:
        ready = Readiness(
            status="ready",
            version="0",
            answerer="extractive",
            embedder="default",
            documents=len(self.items),
            chunks=7,
            home="/data",
        )
        return httpx2.Response(200, text=ready.model_dump_json())

    def client(self) -> ApiClient:
        transport = httpx2.MockTransport(self)
        return ApiClient(httpx2.AsyncClient(base_url="http://127.0.0.1:9", transport=transport))


async def test_a_search_reads_the_pages_until_the_library_ends() -> None:
    shelf = await find_documents(Shelves(10).client(), "paper 9", 50)

    assert [found.title for found in shelf.documents] == ["Paper 9"]
    assert (shelf.total, shelf.more) == (10, False)


async def test_a_search_stops_when_it_has_enough() -> None:
    shelves = Shelves(30)

    shelf = await find_documents(shelves.client(), "", 4)

    assert (len(shelf.documents), shelf.more, shelves.pages) == (4, True, 2)


async def test_every_word_must_be_found_in_any_order_and_case() -> None:
    client = Shelves(2).client()

    assert (await find_documents(client, "COLLEGE paper", 9)).documents
    assert not (await find_documents(client, "college nowhere", 9)).documents


async def test_an_unreachable_library_is_said_in_place() -> None:
    def refuse(_: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("refused")

    transport = httpx2.MockTransport(refuse)
    api = ApiClient(httpx2.AsyncClient(base_url="http://127.0.0.1:9", transport=transport))

    masthead, welcome, shelf = await Desk(api).overview()

    assert "Library not reachable" in masthead
    assert "cannot be reached" in welcome
    assert "attache serve" in shelf
