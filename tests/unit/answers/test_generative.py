import httpx2
import openai
import pytest

import prompts
from assistant.answers.draft import Draft
from assistant.answers.extractive import ExtractiveAnswerer
from assistant.answers.generative import GenerativeAnswerer
from assistant.answers.reading import Reader
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.standalone import resolve
from assistant.types import TextDelta
from tests.scripted import ScriptedModel
from tests.unit.shelf import Shelf

QUESTION = "When did the liaison office at Lisbon open?"


@pytest.fixture(scope="module")
def shelf(encoder: TokenLocalEncoder) -> Shelf:
    text = "The liaison office at Lisbon opened on 4 May 1993."
    return Shelf("Liaison office", [("Opening", text)], encoder)


async def compose(
    model: ScriptedModel,
    shelf: Shelf,
    encoder: TokenLocalEncoder,
    question: str = QUESTION,
    timeout_s: float = 20.0,
) -> tuple[str, Draft]:
    answerer = GenerativeAnswerer(
        "a-model",
        model,
        prompts.load("answer"),
        ExtractiveAnswerer(Reader(encoder), shelf.neighbours),
        timeout_s=timeout_s,
    )
    standalone = resolve(question, ())
    streamed, draft = "", None
    async for part in answerer.compose(standalone, shelf.passages(standalone)):
        if isinstance(part, TextDelta):
            streamed += part.text
        else:
            draft = part
    assert draft is not None
    return streamed, draft


async def test_the_model_writes_from_the_numbered_passages(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    model = ScriptedModel(reply="It opened on 4 May 1993. [1]")
    streamed, draft = await compose(model, shelf, encoder)
    assert streamed == draft.text == "It opened on 4 May 1993. [1]"
    assert draft.answered_by == "a-model"
    assert draft.prompt_version == prompts.load("answer").version
    assert "[1] Liaison office > Opening" in model.asked[0]
    assert QUESTION in model.asked[0]


async def test_the_model_is_not_asked_what_the_library_does_not_answer(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    model = ScriptedModel(reply="Paris.")
    _, draft = await compose(model, shelf, encoder, "What is the capital of France?")
    assert draft.abstained
    assert not model.asked


async def test_the_model_is_asked_where_no_sentence_by_itself_has_what_the_library_likely_answers(
    shelf: Shelf, encoder: TokenLocalEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.answers.finding.select", lambda *_, **__: [])
    _, draft = await compose(ScriptedModel(reply="On 4 May 1993. [1]"), shelf, encoder)
    assert draft.text == "On 4 May 1993. [1]"
    _, draft = await compose(ScriptedModel(reply="NOT IN THE LIBRARY"), shelf, encoder)
    assert draft.abstained


@pytest.mark.parametrize("reply", ["", "  ", "NOT IN THE LIBRARY", "NOT IN THE LIBRARY."])
async def test_a_model_without_an_answer_leaves_the_extractive_one(
    reply: str, shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    _, draft = await compose(ScriptedModel(reply=reply), shelf, encoder)
    assert draft.answered_by == "extractive"
    assert "found no answer" in (draft.note or "")


async def test_a_model_that_fails_in_the_middle_leaves_the_extractive_answer_and_says_so(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    error = openai.APIConnectionError(request=httpx2.Request("POST", "http://127.0.0.1/v1"))
    model = ScriptedModel(reply="It opened on", error=error, words=2)
    _, draft = await compose(model, shelf, encoder)
    assert draft.answered_by == "extractive"
    assert "4 May 1993" in draft.text
    assert "does not answer" in (draft.note or "")


async def test_a_reply_that_is_no_chat_completion_leaves_the_extractive_answer(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    model = ScriptedModel(reply="x", error=ValueError("No generation chunks were returned"))
    _, draft = await compose(model, shelf, encoder)
    assert draft.answered_by == "extractive"
    assert "no chat completion" in (draft.note or "")


async def test_a_slow_model_is_not_waited_for_beyond_the_time_set(
    shelf: Shelf, encoder: TokenLocalEncoder
) -> None:
    model = ScriptedModel(reply="It opened on 4 May 1993. [1]", pause_s=5.0)
    _, draft = await compose(model, shelf, encoder, timeout_s=0.05)
    assert draft.answered_by == "extractive"
    assert "ATTACHE_CHAT_TIMEOUT_S" in (draft.note or "")
