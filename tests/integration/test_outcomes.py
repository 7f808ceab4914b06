"""What becomes of a question: answered, in part, not at all, asked back. On a real library."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.backends import Backends, open_backends
from assistant.settings import Settings
from assistant.types import Answer, Answered, Filters, Question, Role, TextDelta, Turn
from tests.integration.test_assistant import take_in

TEXTS = {
    "office": """---
title: The liaison office at Lisbon
issuer: A ministry
date: 2019-02-01
---
# The liaison office at Lisbon

The liaison office at Lisbon opened on 4 May 1993. The liaison office at Lisbon has 12 officers.
""",
    "review": """---
title: Review of liaison offices
issuer: An inspector
date: 2021-06-30
---
# Review of liaison offices

The liaison office at Lisbon has 15 officers, and shares a building with two embassies.
""",
    "aurora": """# Aurora Exercise

The Aurora Exercise took place in September 2017 and brought together 19,000 soldiers.
""",
    "borealis": """# Borealis Exercise

The Borealis Exercise took place in March 2019 in the far north, with 7,000 soldiers.
""",
    "hns": """# Host nation support

Host nation support is the help that a state gives to foreign forces on its territory.
The plan for Host Nation Support (HNS) is agreed before the first soldier arrives.
""",
    "survey": """# Surveys of need

A Humanitarian Needs Survey (HNS) is a count of what people lack after a disaster. A Humanitarian
Needs Survey (HNS) is repeated each month.
""",
}


@pytest.fixture(scope="module")
def backends(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backends]:
    folder: Path = tmp_path_factory.mktemp("documents")
    for name, text in TEXTS.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    with open_backends(Settings(home=tmp_path_factory.mktemp("home")), "a test") as opened:
        take_in(opened, folder)
        yield opened


async def test_each_of_two_questions_is_answered(backends: Backends) -> None:
    answer = await backends.assistant.answer(
        Question("When did the liaison office at Lisbon open and when was the Aurora Exercise?")
    )
    assert answer.outcome == "answered"
    assert "4 May 1993" in answer.text
    assert "September 2017" in answer.text


async def test_of_two_questions_the_one_without_an_answer_is_named(backends: Backends) -> None:
    question = Question(
        "When did the liaison office at Lisbon open and what is the capital of Mongolia?"
    )
    events = [event async for event in backends.assistant.ask(question)]
    assert isinstance(events[-1], Answered)
    answer = events[-1].answer
    assert answer.outcome == "partly_answered"
    assert not answer.abstained
    assert "4 May 1993" in answer.text
    assert answer.missing == ("The library does not answer “What is the capital of Mongolia?”.",)
    assert answer.text.endswith(answer.missing[0])
    assert "".join(e.text for e in events if isinstance(e, TextDelta)) == answer.text


async def test_markers_of_several_answers_are_numbered_through(backends: Backends) -> None:
    answer = await backends.assistant.answer(
        Question("When was the Aurora Exercise? When was the Borealis Exercise?")
    )
    markers = [citation.marker for citation in answer.citations]
    assert markers == list(range(1, len(markers) + 1))
    for sentence in answer.sentences:
        assert answer.text[sentence.start : sentence.end] == sentence.text
    assert len(answer.passages) <= 8
    assert [p.rank for p in answer.passages] == list(range(1, len(answer.passages) + 1))
    assert [p.score for p in answer.passages] == sorted(
        (p.score for p in answer.passages), reverse=True
    )


async def test_sources_that_contradict_each_other_are_both_quoted(backends: Backends) -> None:
    answer = await backends.assistant.answer(
        Question("How many officers does the liaison office at Lisbon have?")
    )
    assert "12 officers" in answer.text
    assert "15 officers" in answer.text
    (found,) = answer.disagreements
    assert found.about == "the figure"
    quotes = {citation.marker: citation for citation in answer.citations}
    assert found.later is not None
    assert "15 officers" in quotes[found.later].quote
    assert "(A ministry, 2019-02-01)" in answer.text
    assert "(An inspector, 2021-06-30)" in answer.text


async def test_a_kind_of_thing_of_which_there_are_several_is_asked_back(
    backends: Backends,
) -> None:
    answer = await backends.assistant.answer(Question("When did the exercise take place?"))
    assert answer.outcome == "unclear"
    assert answer.abstained
    assert set(answer.readings) == {
        "When did the Aurora Exercise take place?",
        "When did the Borealis Exercise take place?",
    }
    for reading in answer.readings:
        assert not (await backends.assistant.answer(Question(reading))).abstained


async def test_an_acronym_with_two_meanings_is_asked_back(backends: Backends) -> None:
    answer = await backends.assistant.answer(Question("HNS"))
    assert answer.outcome == "unclear"
    assert set(answer.readings) == {
        "What is the Host Nation Support (HNS)?",
        "What is the Humanitarian Needs Survey (HNS)?",
    }


async def test_a_name_alone_is_answered_where_the_library_says_what_it_is(
    backends: Backends,
) -> None:
    answer = await backends.assistant.answer(Question("host nation support"))
    assert answer.outcome == "answered"
    assert answer.standalone_question == "What is host nation support?"
    assert "help that a state gives" in answer.text


async def test_a_question_that_says_nothing_is_asked_back(backends: Backends) -> None:
    answer = await backends.assistant.answer(Question("what about it?"))
    assert answer.outcome == "unclear"
    assert not answer.citations


async def test_what_is_not_answered_says_what_was_searched(backends: Backends) -> None:
    text = "What is the capital of France?"
    answer = await backends.assistant.answer(Question(text))
    assert answer.outcome == "not_answered"
    assert answer.text.endswith("Searched: all documents.")
    narrowed = await backends.assistant.answer(
        Question(text, as_of=datetime.now(UTC), filters=Filters(issuers=("An inspector",)))
    )
    assert "Searched: documents (by An inspector) as of " in narrowed.text


async def test_a_greeting_is_courtesy(backends: Backends) -> None:
    answer = await backends.assistant.answer(Question(" Hello "))
    assert (answer.outcome, answer.standalone_question) == ("courtesy", "Hello")


async def after(backends: Backends, *said: str) -> Answer:
    """The answer to the last of what is said, each after the answers before it."""
    turns: tuple[Turn, ...] = ()
    for text in said[:-1]:
        told = await backends.assistant.answer(Question(text, turns))
        turns = (*turns, Turn(Role.USER, text), Turn(Role.ASSISTANT, told.text))
    return await backends.assistant.answer(Question(said[-1], turns))


async def test_the_sources_of_the_last_answer_are_told_by_name_with_their_quotations(
    backends: Backends,
) -> None:
    first = "When did the liaison office at Lisbon open?"
    answer = await after(backends, first, "Thanks. Source?")
    assert answer.text == (
        "“The liaison office at Lisbon” (A ministry, 2019-02-01): "
        "The liaison office at Lisbon opened on 4 May 1993. [1]"
    )
    assert (answer.outcome, answer.standalone_question) == ("answered", first)
    assert [one.verdict for one in answer.sentences] == ["quoted"]
    quoted = answer.sentences[0]
    assert answer.text[quoted.start : quoted.end] == answer.citations[0].quote


async def test_the_last_answer_is_told_shorter_in_its_own_sentences(backends: Backends) -> None:
    asked = "How many officers does the liaison office at Lisbon have?"
    whole, short = await after(backends, asked), await after(backends, asked, "summarise that")
    assert 0 < len(short.sentences) < len(whole.sentences)
    assert {one.text for one in short.sentences} < {one.text for one in whole.sentences}


async def test_what_was_not_answered_has_no_sources(backends: Backends) -> None:
    answer = await after(backends, "What is the capital of France?", "source?")
    assert (answer.outcome, answer.passages) == ("courtesy", ())
    assert "quotes no document" in answer.text


async def test_a_slip_of_the_hand_is_mended_and_told(backends: Backends) -> None:
    answer = await backends.assistant.answer(Question(text="What is host nation suport?"))
    assert answer.outcome == "answered"
    assert answer.question == "What is host nation suport?"
    assert answer.note == "Searched for “support” in place of “suport”."
