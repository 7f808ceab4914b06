"""Slips of the hand in a question, mended by the words that a library has."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from assistant.ports import TextEncoder
from assistant.retrieval.candidates import CandidateSearch
from assistant.retrieval.misspelled import Speller
from assistant.retrieval.standalone import resolve
from assistant.types import Filters, StandaloneQuestion

# In how many of a thousand passages a word stands.
LIBRARY = {
    "marshall": 40,
    "doctrine": 30,
    "government": 90,
    "embassy": 400,
    "embasy": 1,
    "iran": 9,
    "excel": 3,
    "waver": 2,
    "water": 900,
}
ENGLISH = {"marshall", "doctrine", "government", "embassy", "plan", "frigates", "what", "was"} | {
    "expelled"
}


@dataclass
class Words:
    """Terms are the words themselves; the rarer, the higher."""

    within: Mapping[str, int] = field(default_factory=lambda: LIBRARY)

    def terms(self, text: str) -> list[str]:
        return re.findall(r"\w+", text.lower())

    def rarity(self, terms: Sequence[str]) -> list[float]:
        return [7 - (self.within.get(term, 0) + 0.001) ** 0.5 / 3 for term in terms]


@pytest.fixture
def speller() -> Speller:
    encoder = SimpleNamespace(
        count_tokens=lambda texts: [1 if t.lower() in ENGLISH else 3 for t in texts]
    )
    search = SimpleNamespace(at=lambda *_, **__: SimpleNamespace(lexical=Words()))
    return Speller(cast(CandidateSearch, search), cast(TextEncoder, encoder))


def mended(speller: Speller, question: StandaloneQuestion) -> tuple[str, dict[str, str]]:
    found, changed = speller.mended(question, as_of=datetime.now(UTC), filters=Filters())
    return found.text, dict(changed)


def test_a_word_whose_forms_are_known_is_no_slip(speller: Speller) -> None:
    asked = "Can a government expel an envoy?"
    assert mended(speller, resolve(asked, ())) == (asked, {})


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("What was the Mashall Plan?", "What was the Marshall Plan?"),
        ("What was the Truman Doctirne?", "What was the Truman Doctrine?"),
        ("What is the goverment?", "What is the government?"),
        ("Where is the embasy?", "Where is the embassy?"),
    ],
)
def test_a_slip_is_searched_for_as_the_word_of_the_library(
    speller: Speller, asked: str, meant: str
) -> None:
    text, changed = mended(speller, resolve(asked, ()))
    assert text == meant
    assert len(changed) == 1


@pytest.mark.parametrize(
    "asked",
    [
        "What are frigates?",  # a word that this library does not have
        "Where is Iraq?",  # short, and another country is one letter away
        "What is STANAG-2067?",
        "Who was Embasy?",  # a name that the library has, though a like word is far commoner
        "Did the council waver?",  # a word that the library has, one letter from a common one
        "Who was Marshell?",  # a name that differs in a letter may be another's
    ],
)
def test_what_may_be_meant_as_it_is_written_stays(speller: Speller, asked: str) -> None:
    assert mended(speller, resolve(asked, ())) == (asked, {})


def test_what_a_follow_up_carries_is_mended_too(speller: Speller) -> None:
    asked = StandaloneQuestion(
        text="Why? — the Mashall Plan", asked="Why?", context="the Mashall Plan"
    )
    found, _ = speller.mended(asked, as_of=datetime.now(UTC), filters=Filters())
    assert found.context == "the Marshall Plan"


def test_words_that_only_goad_are_not_taken_for_slips(speller: Speller) -> None:
    held = SimpleNamespace(at=lambda *_, **__: SimpleNamespace(lexical=Words({"allors": 90})))
    other = Speller(cast(CandidateSearch, held), speller.encoder)
    assert mended(other, resolve("What is alors?", ()))[1] == {"alors": "allors"}
    assert mended(other, resolve("Et alors ?", ()))[1] == {}


def test_a_word_is_not_taken_for_the_slip_of_a_scanner(speller: Speller) -> None:
    held = SimpleNamespace(at=lambda *_, **__: SimpleNamespace(lexical=Words({"capturs": 1})))
    other = Speller(cast(CandidateSearch, held), speller.encoder)
    assert mended(other, resolve("Who paid the captors?", ()))[1] == {}
