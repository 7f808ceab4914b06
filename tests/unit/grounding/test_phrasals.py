"""A verb with a particle says what one verb does, and only where it is the same."""

import pytest

from assistant.grounding.phrasals import put_alike


@pytest.mark.parametrize(
    ("text", "sentence", "put"),
    [
        ("The guild rejected it.", "It turned down the plan.", "The guild turned down it."),
        ("The guild turned down it.", "It rejected the plan.", "The guild rejected it."),
        ("The ship exploded.", "The ship blew up.", "The ship blew up."),
        ("The guild accepted it.", "It turned down the plan.", "The guild accepted it."),
        ("Reject is a town.", "It turned down the plan.", "Reject is a town."),
        ("The guild rejected it.", "It turned the plan down in May.", "The guild turned it."),
        ("He turned the old plan down.", "He rejected it.", "He rejected the old plan down."),
        ("The guild rejected it.", "It turned the cart down Mill Lane.", "The guild rejected it."),
        ("The guild rejected it.", "It turned to those down there.", "The guild rejected it."),
        ("It turned and fell down.", "It rejected the plan.", "It turned and fell down."),
    ],
)
def test_verbs_of_two_words_are_put_as_the_sentence_has_them(
    text: str, sentence: str, put: str
) -> None:
    assert put_alike(text, sentence) == put


def test_what_has_both_verbs_is_left_as_it_is() -> None:
    text = "They turned down one plan and rejected the other."
    assert put_alike(text, "They rejected it.") == text
