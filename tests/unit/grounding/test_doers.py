"""Who does it is whom the span names before the verb, or behind "by"."""

import pytest

from assistant.grounding.doers import done_by_another


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
