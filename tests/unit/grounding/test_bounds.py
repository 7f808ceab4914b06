"""A figure is bounded on the side on which the span bounds it."""

import pytest

from assistant.grounding.bounds import bounded_otherwise


@pytest.mark.parametrize(
    ("sentence", "span", "given", "said"),
    [
        (
            "Each side may have at least 200 launchers.",
            "The treaty limited each side's launchers to 200.",
            "limited each side's launchers to 200",
            "at least 200",
        ),
        (
            "The army has more than 25,000 soldiers.",
            "Strength: approximately 25,000 active soldiers",
            "approximately 25,000",
            "more than 25,000",
        ),
        ("Service lasts more than 24 months.", "24-month service obligation", "24", "more than 24"),
        (
            "More than two boats may sail.",
            "One to two boats may sail.",
            "two",
            "More than two",
        ),
        (
            "No more than 30 ships sailed.",
            "At least 30 ships sailed.",
            "At least 30",
            "No more than 30",
        ),
        (
            "They paid less than $29 million.",
            "They paid roughly $29 million.",
            "roughly $29",
            "less than $29",
        ),
    ],
)
def test_another_bound_is_another_figure(sentence: str, span: str, given: str, said: str) -> None:
    told = f"The passage says “{given}”, the sentence “{said}”."
    assert bounded_otherwise(sentence, span) == told


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("It took more than 24 months.", "It took over 24 months."),
        ("Over three years the plan failed.", "For three years the plan failed."),
        ("At least 12 states signed.", "12 states signed."),
        ("At least 12 states signed.", "12 states or more signed."),
        ("More than 50 ships sailed.", "50 or more ships sailed."),
        ("Up to two vessels may sail.", "One to two vessels may sail."),
        ("About 25,000 serve.", "Approximately 25,000 serve."),
        ("More than two states joined.", "Two wars ended, and many states joined."),
    ],
)
def test_the_same_bound_in_other_words_is_none(sentence: str, span: str) -> None:
    assert not bounded_otherwise(sentence, span)
