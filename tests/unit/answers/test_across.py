"""Which of many did something is told by the documents about those who did."""

from dataclasses import replace

import pytest

from assistant.answers.across import one_of_each
from assistant.answers.forms import read_form
from assistant.answers.layout import Group, lay_out
from assistant.answers.pool import Pooled
from assistant.answers.remarks import missing_of
from assistant.phrases import phrase
from assistant.types import Metadata
from tests.unit.answers.test_standing import passage

SAID = {
    "Ana Bull": "Bull received the Great Tern Prize in 1911 for her work on harbours.",
    "Ole Lund": "Lund died in 1920 after he had been honoured with the Great Tern Prize.",
    "Per Holm": "Holm spoke of the prize and left the coast in 1913.",
}
ASKED = "Which Wardens of the Coast won the Great Tern Prize?"


def biographies(
    said: dict[str, str], series: str = "Lives of the Wardens of the Coast"
) -> list[Pooled]:
    made = []
    for name, text in said.items():
        (one,) = passage(name, 0.5, (text, 0.3))
        stored = replace(one.source.stored, metadata=Metadata(f"{series}: {name}"))
        made.append(replace(one, source=replace(one.source, stored=stored)))
    return made


def test_each_of_those_who_did_it_is_told() -> None:
    pool = biographies(SAID)
    assert one_of_each(read_form(ASKED), pool) == pool[:2]


def test_others_may_be_told_of_where_nobody_looked() -> None:
    pool, form = biographies(SAID), read_form(ASKED)
    assert phrase("more-open") in missing_of(form, pool[:2], ASKED)
    assert phrase("more-open") not in missing_of(form, pool[:1], ASKED)


@pytest.mark.parametrize(
    "question",
    [
        "Who won the Great Tern Prize?",
        "Which harbours won the Great Tern Prize?",
        "Which Wardens of the Coast have not won the Great Tern Prize?",
        "Which Wardens of the Coast sold the Tern Fleet?",
    ],
)
def test_no_others_are_told(question: str) -> None:
    assert one_of_each(read_form(question), biographies(SAID)) == []


def test_what_documents_of_one_kind_say_is_no_list_of_another() -> None:
    pool = biographies(SAID, "Great Tern Prize")
    assert one_of_each(read_form(ASKED), pool) == []


def test_whom_a_sentence_does_not_name_is_named_before_it() -> None:
    said = {**SAID, "Ole Lund": "After the war, the Great Tern Prize was won a second time."}
    chosen = one_of_each(read_form(ASKED), biographies(said))
    text = lay_out([Group(read_form(ASKED), chosen, as_list=False)]).text
    assert "Ole Lund — After the war" in text
    assert "Ana Bull — " not in text
