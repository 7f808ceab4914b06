"""What is said to have been done by somebody was done by him where a passage says so."""

import pytest

from assistant.grounding.agents import done_by_him

SPAN = (
    "Skua was beaten in races for the Council of Ribe in 1866, but was appointed warden of Lund by "
    "President Ole Tern in 1869."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Skua was beaten by Ole Tern.",
        "Skua was replaced as warden of Lund by Ole Tern.",
    ],
)
def test_who_did_another_deed_has_not_done_this_one(sentence: str) -> None:
    assert done_by_him(sentence, SPAN)
    assert done_by_him(sentence, f"{SPAN} He was a judge for the rest of Tern’s term.")
    assert done_by_him(sentence, f"{SPAN} He left with the Tern government.")


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("Skua was appointed warden by Ole Tern.", SPAN),
        ("Skua was named warden by Ole Tern.", SPAN),
        # By whom it was is told elsewhere, maybe of this deed.
        ("Skua was beaten by Ole Tern.", f"{SPAN} Tern beat him in both."),
        ("Skua was beaten in two races.", SPAN),
        ("The wall was built by Lund.", "It was a guarded wall . Built by Lund, it stood long."),
    ],
)
def test_who_did_it_has(sentence: str, span: str) -> None:
    assert not done_by_him(sentence, span)
