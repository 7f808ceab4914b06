import json
from datetime import UTC, datetime

import httpx2

from api.answer_schemas import PassageOut, SearchResponse
from api.document_schemas import DocumentList
from tests.unit.ui.samples import SAY, document, passage
from ui.client import ApiClient
from ui.examples import EXAMPLES, Examples, render_examples
from ui.words import Words

HEADING = "How is dough left to rise?"


class Shelf:
    """A library of one document that answers some questions, and counts what it is asked."""

    def __init__(self, *answered: str) -> None:
        self.answered = answered
        self.searches = 0

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.method == "GET":
            page = DocumentList(items=[document(title="Bread")], next_cursor=None, total=1)
            return httpx2.Response(200, text=page.model_dump_json())
        self.searches += 1
        question = json.loads(request.content)["question"]
        score = 0.9 if question in self.answered else 0.1
        found = [passage(headings=["Bread", HEADING], score=score)]
        return httpx2.Response(200, text=_response(question, found).model_dump_json())

    def client(self) -> ApiClient:
        transport = httpx2.MockTransport(self)
        return ApiClient(httpx2.AsyncClient(base_url="http://127.0.0.1:9", transport=transport))


def _response(question: str, passages: list[PassageOut]) -> SearchResponse:
    return SearchResponse(
        question=question,
        standalone_question=question,
        as_of=datetime(2026, 5, 4, tzinfo=UTC),
        passages=passages,
        timings_ms={},
    )


async def test_a_library_of_the_subject_offers_the_questions_that_it_answers() -> None:
    shelf = Shelf(*EXAMPLES[1:])
    examples = Examples()

    assert await examples.of(SAY, shelf.client()) == list(EXAMPLES[1:])
    asked = shelf.searches
    await examples.of(SAY, shelf.client())
    assert shelf.searches == asked


async def test_another_library_offers_what_its_own_headings_ask() -> None:
    examples, shelf = Examples(), Shelf(HEADING)
    assert await examples.of(SAY, shelf.client()) == [HEADING]

    shelf.answered = ()
    assert await examples.of(SAY, shelf.client()) == [], "what is closed by now is not offered"


async def test_a_library_that_answers_none_offers_none() -> None:
    assert await Examples().of(Words("fr"), Shelf().client()) == []


def test_an_example_asks_itself_and_is_never_markup() -> None:
    html = render_examples(["What is <b>?"])

    assert html.count("What is &lt;b&gt;?") == 2
    assert 'data-ask="What is &lt;b&gt;?"' in html
