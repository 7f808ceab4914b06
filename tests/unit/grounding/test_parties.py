"""The states of a treaty by the part they have in it: sending, receiving, host."""

import pytest

from assistant.grounding.parties import called_alike, in_their_names, parties_of
from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.verify import find
from assistant.models.encoder import LocalEncoder

ENTRY = (
    "The authorities of the receiving State shall accept as valid, without test or fee, the "
    "driving licences of the Personnel of the sending State. The Personnel of the sending State "
    "shall have the same freedom of movement as nationals of the receiving State."
)
PARTIES = {"sending": "Denmark", "receiving": "Chad"}


@pytest.mark.parametrize(
    "text",
    [
        "3. The term “sending State” means the Kingdom of Denmark.\n"
        "4. The term “receiving State” means the Republic of Chad.",
        "1. Receiving State: the Republic of Chad. 2. Sending State: the Kingdom of Denmark.",
        "The Republic of Chad, hereinafter referred to as “the Receiving State” and the Kingdom of "
        "Denmark, hereinafter referred to as “the Sending State”, have agreed.",
    ],
)
def test_a_treaty_says_which_state_is_which_party(text: str) -> None:
    assert parties_of([text]) == PARTIES


def test_a_party_that_may_be_any_state_is_none() -> None:
    text = "“sending State” means the Contracting Party to which the force belongs;"
    assert parties_of([text]) == {}


def test_what_the_parties_do_is_read_with_their_names() -> None:
    read = in_their_names("The Personnel of the sending State shall obey the host State.", PARTIES)
    assert read == "The Personnel of Denmark shall obey Chad."


def test_two_words_for_one_party_are_put_alike() -> None:
    text = "The receiving State may require their names."
    assert (
        called_alike(text, "The host country may ask.")
        == "The host country may require their names."
    )
    both = "The host State and the receiving State agree."
    assert called_alike(both, "The host country may ask.") == both


@pytest.mark.parametrize(
    ("sentence", "carried"),
    [
        ("Chad has to accept the driving licences of Danish personnel without a test.", True),
        ("Danish personnel may move as freely in Chad as its nationals.", True),
        ("Denmark has to accept the driving licences of Chadian personnel without a test.", False),
        ("Chad has to accept the driving licences of Swedish personnel without a test.", False),
        ("The host state has to accept the driving licences of the personnel.", True),
    ],
)
def test_a_sentence_with_the_names_is_held_against_the_parties(
    sentence: str, carried: bool, encoder: LocalEncoder
) -> None:
    texts = Evidence([EvidenceText(ENTRY, "Driving permits", None, PARTIES)], encoder)
    assert (find(sentence, texts).span is not None) is carried
    assert all(span.text in ENTRY for span in find(sentence, texts).spans)
