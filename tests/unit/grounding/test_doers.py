"""Who does it is whom the span names before the verb, or behind "by"."""

import pytest

from assistant.grounding.doers import done_by_another, done_to_doer


@pytest.mark.parametrize(
    ("sentence", "span", "given", "said"),
    [
        (
            "Israel insisted on withdrawal to the old borders.",
            "Egypt insisted on an Israel withdrawal to the old borders for more security.",
            "Egypt",
            "Israel",
        ),
        (
            "The operation was launched by the United Kingdom.",
            "The United States launched the operation, with the United Kingdom following suit.",
            "United States",
            "United Kingdom",
        ),
        (
            "Norton signed the second accord.",
            "He rejected the view of Norton. Although Carver and Bright, in 1979, signed the second"
            " accord, it was never ratified.",
            "Carver and Bright",
            "Norton",
        ),
        (
            "Norton opened the archive.",
            "The archive was opened by Carver, whom Norton had named.",
            "Carver",
            "Norton",
        ),
        (
            "Danish forces captured Riga from the Swedish on 14 June 1702.",
            "After three weeks, Swedish forces captured Riga, on June 14, from Danish troops.",
            "Swedish",
            "Danish",
        ),
    ],
)
def test_another_name_before_the_same_verb_is_another_doer(
    sentence: str, span: str, given: str, said: str
) -> None:
    told = f"The passage says {given} here, the sentence {said}."
    assert done_by_another(sentence, span, span) == told


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("Bright signed the accord.", "Carver and Bright, in 1979, signed the accord."),
        ("Bright signed the accord.", "Carver signed the accord with Bright in 1979."),
        ("Bright met the envoy.", "Carver met the envoy, as Bright knew."),
        # Who acts for a state is not told.
        ("France recognized the republic.", "Bright of France recognized the republic."),
        ("France recognized the republic.", "Bright recognized the republic, as France wished."),
        ("Bright signed the accord.", "Its president signed the accord, as Bright knew."),
        ("Bright signed the accord.", "Carver signed the lease. Bright left."),
        ("Bright signed the accord.", "Bright drafted and, in 1979, signed the accord."),
    ],
)
def test_who_may_be_the_same_or_do_it_together_is_no_other(sentence: str, span: str) -> None:
    assert not done_by_another(sentence, span, span)


@pytest.mark.parametrize(
    ("sentence", "span", "wrong"),
    [
        (
            "Norway invaded Sweden in 1808.",
            "In 1808, Sweden, a poor land of the north, invaded its equally poor neighbor, Norway.",
            True,
        ),
        (
            "Norway launched a war against Sweden.",
            "Its government launched a war against Norway in hopes of land.",
            True,
        ),
        ("Norway invaded Sweden.", "Norway was invaded by Swedish troops.", True),
        ("Sweden was invaded by Norway.", "Swedish troops invaded Norway.", True),
        ("Sweden invaded Norway.", "Sweden, a poor country, invaded its neighbor, Norway.", False),
        ("Sweden invaded Norway.", "Norway was invaded by Swedish troops.", False),
        ("Norway was invaded by Sweden.", "Swedish troops invaded Norway.", False),
        # Another thing is done, another does it, or both do it in turn.
        ("Norway launched a war against Sweden.", "Sweden launched a ship to Norway.", False),
        ("Norway invaded Sweden.", "Sweden invaded Norway. Norway invaded Sweden.", False),
        ("Norway met Sweden.", "Sweden met Norway.", False),
        ("Norway invaded Sweden.", "Denmark invaded Sweden, and Norway did.", False),
    ],
)
def test_whom_it_is_done_to_does_not_do_it(sentence: str, span: str, wrong: bool) -> None:
    assert bool(done_to_doer(sentence, span)) == wrong


def test_what_a_clause_tells_of_a_thing_is_not_done_with_it() -> None:
    said = "Upper Norden held a fair with Lund in 1905."
    assert not done_to_doer(said, "The Lunds held a fair that made Upper Norden rich.")
