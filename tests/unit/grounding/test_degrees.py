"""Bounds and restrictions in other words are the same ones, and of the same side alone."""

import pytest

from assistant.grounding.degrees import bounded_alike
from assistant.grounding.denied_there import exempt_nowhere


@pytest.mark.parametrize(
    ("text", "sentence", "put"),
    [
        ("for a maximum period of two weeks", "It stays for at most two weeks.", "for at most two"),
        ("no longer than 30 days", "It stays for not more than 30 days.", "not more than 30 days"),
        ("a minimum of six guards", "It has at least six guards.", "at least six guards"),
        ("a minimum of six guards", "It has at most six guards.", "a minimum of six guards"),
        ("a maximum of effort", "It has at most six guards.", "a maximum of effort"),
        ("it is no longer there", "It has at most six guards.", "it is no longer there"),
        ("solely in respect of tolls", "It rules only on tolls.", "only in respect of tolls"),
        (
            "for at most two and only for six",
            "Solely the guild pays.",
            "for at most two and solely",
        ),
    ],
)
def test_a_bound_is_put_as_the_sentence_has_it(text: str, sentence: str, put: str) -> None:
    assert put in bounded_alike(text, sentence)


@pytest.mark.parametrize(
    ("span", "wrong"),
    [
        ("The guards of Lund shall respect the laws of Norden.", True),
        ("The guards of Lund are not subject to the laws of Norden.", False),
        ("The laws of Norden free the guards of Lund from tolls.", False),
        ("The guards of Lund enjoy immunity in Norden.", False),
    ],
)
def test_nobody_is_exempt_from_what_a_text_lays_on_all(span: str, *, wrong: bool) -> None:
    said = "The guards of Lund are exempt from the laws of Norden."
    assert bool(exempt_nowhere(said, span)) == wrong
    assert not exempt_nowhere("The guards of Lund respect the laws of Norden.", span)
