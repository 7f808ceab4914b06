"""Who has left since is told beside what names him, and two days of one event disagree."""

from dataclasses import replace

import pytest

from assistant.answers.disagreement import contradiction
from assistant.answers.extractive import ExtractiveAnswerer
from assistant.answers.forms import read_form
from assistant.answers.overtaken import with_leavers
from assistant.answers.pool import Pooled
from assistant.answers.reading import Reader
from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.standalone import resolve
from tests.unit.answers.test_standing import passage
from tests.unit.shelf import Shelf

ASKED = "Who commands Fort Holm?"
COMMANDS = passage("a", 0.6, ("The commander of Fort Holm is Colonel Ida Auk.", 0.6))
LEFT = "Colonel Auk left the fort in January 1926."
REPLACED = "She was replaced by Colonel Jon Skua."


def report(*texts: str) -> list[Pooled]:
    """The sentences in a report on the fort."""
    sentences = passage("b", 0.5, *((text, 0.1) for text in texts))
    chunk = replace(
        sentences[0].source.stored.chunk,
        headings=("Inspection of Fort Holm",),
        text=" ".join(texts),
    )
    stored = replace(sentences[0].source.stored, chunk=chunk)
    return [replace(one, source=replace(one.source, stored=stored)) for one in sentences]


def test_who_left_since_is_told_with_who_came_then() -> None:
    told = with_leavers(read_form(ASKED), COMMANDS, [*COMMANDS, *report(LEFT, REPLACED)])
    assert [one.text for one in told] == [COMMANDS[0].text, LEFT, REPLACED]


def test_who_replaced_somebody_is_told_by_the_very_next_sentence() -> None:
    pool = [*COMMANDS, *report(LEFT, "It snowed that day.", REPLACED)]
    told = with_leavers(read_form(ASKED), COMMANDS, pool)
    assert [one.text for one in told] == [COMMANDS[0].text, LEFT]


def test_who_left_something_else_is_not_told() -> None:
    choir = passage("c", 0.5, ("Colonel Auk left the choir in May 1926.", 0.1))
    assert with_leavers(read_form(ASKED), COMMANDS, [*COMMANDS, *choir]) == COMMANDS


def test_an_answer_to_who_has_it_from_two_documents(encoder: TokenLocalEncoder) -> None:
    note = Shelf("Note on Fort Holm", [("Fort Holm", COMMANDS[0].text)], encoder)
    later = Shelf("Inspection of Fort Holm", [("Fort Holm", f"{LEFT} {REPLACED}")], encoder)
    asked = resolve(ASKED, ())
    answerer = ExtractiveAnswerer(Reader(encoder), note.neighbours)
    told = answerer.draft(asked, [*note.passages(asked), *later.passages(asked)]).text
    assert COMMANDS[0].text in told
    assert f"{LEFT} [2] {REPLACED} [3]" in told


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (ASKED, "Colonel Gull left the fort."),
        ("Where is Fort Holm?", LEFT),
        (ASKED, "Auk praised Gull, who left the fort in 1926."),
    ],
)
def test_what_others_did_or_nobody_asked_for_is_not_added(asked: str, said: str) -> None:
    told = with_leavers(read_form(asked), COMMANDS, [*COMMANDS, *report(said)])
    assert told == COMMANDS


@pytest.mark.parametrize(
    ("one", "other", "about"),
    [
        (
            "Fort Holm was opened on 12 May 1919.",
            "Fort Holm was opened on June 3, 1919.",
            "the date",
        ),
        ("Fort Holm was opened on 12 May 1919.", "Fort Holm was opened on May 12, 1919.", None),
        ("Fort Holm was opened on 12 May 1919.", "Fort Holm was opened in May 1919.", None),
        ("Fort Holm was opened on 12 May 1919.", "Fort Holm was closed on 3 June 1919.", None),
        ("Le fort Holm ouvert le 4 avril 1919.", "Le fort Holm ouvert April 4, 1919.", None),
    ],
)
def test_two_days_of_one_year_disagree(one: str, other: str, about: str | None) -> None:
    assert contradiction(one, other) == about
