"""Who somebody was is told by his own document and by his whole name, a middle name within."""

from dataclasses import replace

from assistant.answers.forms import read_form
from assistant.answers.pool import Pooled
from assistant.answers.selection import select
from assistant.answers.words import stems, together
from assistant.types import Metadata
from tests.unit.answers.test_standing import passage

ASKED = "Who was Anna Tern?"
SERVED = ("Anna Maria Tern served as captain of the fleet from 1849.", 0.3)
CHILD = ("Tern grew up in Gullport and went to school there.", 0.5)
PASSING = ("The guild had three strong captains: Gull, Anna Tern and Jon Auk.", 0.4)


def about(title: str, pool: list[Pooled]) -> list[Pooled]:
    """The sentences in a document of that title."""
    stored = replace(pool[0].source.stored, metadata=Metadata(title))
    return [replace(one, source=replace(one.source, stored=stored)) for one in pool]


def test_a_middle_name_does_not_part_a_name() -> None:
    wanted = stems("Anna Tern")
    assert together(wanted, "Anna Maria Tern served.", 1)
    assert not together(wanted, "Anna Maria Tern served.")
    assert not together(wanted, "Anna went out and saw a tern.", 1)


def test_who_somebody_was_opens_on_the_sentence_that_opens_on_him() -> None:
    own = about("Anna Maria Tern", passage("a", 0.6, SERVED, CHILD))
    pool = [*own, *passage("b", 0.3, PASSING)]
    chosen = select(read_form(ASKED), pool, sure=True)
    assert chosen[0] == own[0]
    assert own[1] in chosen


def test_a_surname_alone_is_his_in_his_own_document_only() -> None:
    own = about("Anna Maria Tern", passage("a", 0.6, CHILD))
    other = about("Anna and the birds", passage("c", 0.6, CHILD))
    passing = passage("b", 0.3, PASSING)
    assert own[0] in select(read_form(ASKED), [*own, *passing], sure=True)
    assert select(read_form(ASKED), [*other, *passing], sure=True) == passing
