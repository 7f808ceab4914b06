"""What is forbidden or allowed has to be told, and that it is."""

import pytest

from assistant.grounding.rules import ruled_otherwise, tells_the_rule

TRANSIT = "Third States shall accord to bags in transit the same protection as the receiving State."
CLOSED = "The official bag shall not be opened or detained."
PREAMBLE = (
    "Recalling the use of nuclear energy for peaceful purposes, Convinced that a treaty to prevent "
    "the spread of weapons must follow, Affirming that force shall be refrained from,"
)
USES = "The parties may not use nuclear energy for war."


@pytest.mark.parametrize(
    ("sentence", "span", "wrong"),
    [
        ("The convention allows the receiving State to open the official bag.", TRANSIT, True),
        ("The treaty forbids them to use nuclear energy for any purpose.", PREAMBLE, True),
        ("The receiving State may open the official bag.", TRANSIT, True),
        ("The receiving State may protect bags in transit.", TRANSIT, False),
        ("The act keeps officials from opening the bag.", TRANSIT, False),
        ("The convention forbids the receiving State to open the official bag.", CLOSED, False),
        ("The treaty forbids them to use nuclear energy for war.", USES, False),
        ("The act allows them to open it.", "They may open the bag.", False),
        ("People may not realize it.", "They do know little of it.", False),
    ],
)
def test_what_is_ruled_is_told(sentence: str, span: str, wrong: bool) -> None:
    assert bool(ruled_otherwise(sentence, span)) == wrong


def test_what_is_forbidden_is_told_by_who_denies_it() -> None:
    forbids = "The convention forbids the State to open the official bag."
    assert tells_the_rule(forbids, CLOSED)
    assert not tells_the_rule(forbids, TRANSIT)
    assert not tells_the_rule("The convention allows the State to open the bag.", CLOSED)
