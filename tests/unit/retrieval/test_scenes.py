"""What is set before a question is no part of a name in it, and what puts it right is asked."""

import pytest

from assistant.models.encoder import TokenLocalEncoder
from assistant.retrieval.names import names_in
from assistant.retrieval.put_right import put_right
from assistant.retrieval.scenes import scene_of
from assistant.retrieval.topic import understood
from assistant.types import Role, Turn

TRIESTE = "Trieste 1954: what happened to the Free Territory according to the memorandum?"
EXCHANGE = "What did the Swiss and Danish governments agree about pilots?"


@pytest.mark.parametrize(
    ("text", "scene"),
    [
        (TRIESTE, "Trieste 1954"),
        ("Chad: when did the United States recognize it?", "Chad"),
        ("The Moon Agreement: who may inspect the stations?", "The Moon Agreement"),
        ("Quick question: what is the Moon Agreement?", ""),
        ("Freelancer: should I open an account?", ""),
        ("Who signed the treaty: France or Spain?", ""),
    ],
)
def test_a_name_before_a_colon_sets_the_scene(text: str, scene: str) -> None:
    assert scene_of(text)[0] == scene


@pytest.mark.parametrize(
    ("said", "asked", "reading"),
    [
        (
            [TRIESTE],
            "Who took over its harbour?",
            "Who took over the harbour of the Free Territory?",
        ),
        ([TRIESTE], "And who got command?", "And who got command? — Trieste 1954"),
        (
            [TRIESTE],
            "OK, different subject. Who signed the letter that sent all these papers?",
            "Who signed the letter that sent all these papers?",
        ),
        (
            ["Chad: when did the United States recognize it?"],
            "Who was the first minister?",
            "Who was the first minister? — Chad",
        ),
        (["How long is Ghana's coastline?"], "and Togo's?", "How long is Togo's coastline?"),
        (
            ["What is Ghana?", "What about its army, how large is it?"],
            "and Togo's?",
            "How large is Togo’s army?",
        ),
        ([EXCHANGE], "When did they meet?", "When did the Swiss and Danish governments meet?"),
        (
            ["Who trains staffs? I mean the 1990 chairman's manual - what is it for?"],
            "Whom does it bind?",
            "Whom does the 1990 chairman's manual bind?",
        ),
    ],
)
def test_a_follow_up_reads_with_what_was_set_before(
    said: list[str], asked: str, reading: str, encoder: TokenLocalEncoder
) -> None:
    history = [Turn(Role.USER, text) for text in said]
    assert understood(asked, history, encoder).text == reading


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "Who trains staffs? I mean the 1990 chairman's manual - what is it for?",
            "What is the 1990 chairman's manual for?",
        ),
        (
            "What of transit? Sorry, I meant the Moon Agreement: who may inspect stations?",
            "The Moon Agreement: who may inspect stations?",
        ),
        ("When did he resign? No, I'm asking about Hay. Who was he?", "Who was Hay?"),
        ("What does it mean? I mean it.", ""),
        ("Who signed it? And who ratified it?", ""),
    ],
)
def test_a_message_that_puts_itself_right_asks_what_it_means(text: str, meant: str) -> None:
    assert put_right(text)[1] == meant


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Alma Ata's declaration, whose seat did it give away?", ["Alma Ata's"]),
        ("Compare France and Chad", ["France and Chad"]),
        ("Which Chad treaty was signed?", ["Chad"]),
    ],
)
def test_no_word_of_a_name_that_opens_a_question_is_left_out(text: str, names: list[str]) -> None:
    assert [one.group() for one in names_in(text)] == names
