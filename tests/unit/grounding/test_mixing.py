"""What is said of one thing is not carried as said of another."""

import pytest

from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.subjects import unnamed_subject
from assistant.grounding.verify import find
from assistant.models.encoder import LocalEncoder

TEXT = (
    "Exports rose by 5 per cent and imports fell by 3 per cent. The council approved the plan. "
    "The mayor rejected the plan. Slow procedures delay every decision. Rapid turnover of staff "
    "weakens personal trust."
)
CFE = "The CFE Treaty was signed in Paris on 19 November 1990."


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("Exports fell by 3 per cent.", "The passage says 5, the sentence 3."),
        ("The council rejected the plan.", "The passage says mayor here, the sentence council."),
        (
            "Slow procedures weaken personal trust.",
            "The passage says Rapid here, the sentence Slow.",
        ),
    ],
)
def test_one_clause_s_subject_is_not_another_s(
    sentence: str, problem: str, encoder: LocalEncoder
) -> None:
    found = find(sentence, Evidence([EvidenceText(TEXT)], encoder))
    assert found.verdict == "unsupported"
    assert found.problem == problem


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Imports fell by 3 per cent.", TEXT),
        ("The mayor rejected the plan.", f"{TEXT} It was a good one."),
        ("Imports fell by 3 per cent.", "Imports and exports of arms fell by 3 per cent."),
    ],
)
def test_what_is_said_of_it_is_carried(sentence: str, text: str, encoder: LocalEncoder) -> None:
    assert find(sentence, Evidence([EvidenceText(text)], encoder)).verdict != "unsupported"


def test_it_stands_for_what_the_text_before_has_named(encoder: LocalEncoder) -> None:
    sentence = "It was signed in Paris on 19 November 1990."
    texts = Evidence([EvidenceText(CFE)], encoder)
    other = "The Stockholm Document was adopted in 1986. "
    assert find(sentence, texts, before=other).verdict == "unsupported"
    assert find(sentence, texts, before="The CFE Treaty limits arms. ").verdict == "supported"
    assert find(sentence, texts).verdict == "supported"


@pytest.mark.parametrize(
    ("sentence", "before"),
    [
        ("It is important that the CFE Treaty was signed in Paris.", "Europe was divided. "),
        ("It was signed in Paris, the CFE Treaty.", "Europe was divided. "),
        ("It was signed in Paris on 19 November 1990.", ""),
        ("The treaty was signed in Paris on 19 November 1990.", "Europe was divided. "),
    ],
)
def test_where_it_stands_for_nothing_or_is_named_nothing_is_wrong(
    sentence: str, before: str
) -> None:
    assert unnamed_subject(sentence, before, CFE) == ""


def test_a_word_for_when_that_opens_a_sentence_is_no_other_subject(encoder: LocalEncoder) -> None:
    text = "Colonel Dray founded the town of Wells. Later, he built a bridge across the river."
    found = find(
        "Colonel Dray built a bridge across the river.", Evidence([EvidenceText(text)], encoder)
    )
    assert found.verdict == "supported"
